import type { Checked } from '@/lib/check/checked';
import { compilePlan } from '@/lib/compile/compile';
import type { Plan, Ref } from '@/lib/compile/plan';
import { refKey } from '@/lib/compile/tf/tasks';
import { startBackend } from '@/lib/engine/backend';
import type { Graph } from '@/lib/graph/schema';
import type { Checkpoint } from '@/lib/train/checkpoint';
import { createHeadlessLoop } from '@/lib/train/headless';
import { generatedBy } from '@/lib/train/sample-set';
import type { TrainingLoop } from '@/lib/train/training-loop';
import { readCheckpointOf } from './checkpoint-files';
import { openData, provideData } from './data-files';
import { checkLoaded, loadGraph } from './load';
import { UsageError } from './usage';

/** Options of commands that look at a trained game. */
export const trainedOptions = {
  checkpoint: { type: 'string' },
  of: { type: 'string' },
  weights: { type: 'string' },
  data: { type: 'string', multiple: true, default: [] as string[] },
} as const;

interface Trained {
  readonly graph: Graph;
  readonly checked: Checked;
  readonly plan: Plan;
  readonly checkpoint: Checkpoint;
  readonly loop: TrainingLoop;
  close(): void;
}

/** A graph with the weights of a checkpoint; undefined where the graph has errors, which are printed. */
export async function openTrained(
  name: string | undefined,
  values: { checkpoint?: string | undefined; weights?: string | undefined; data: readonly string[] },
): Promise<Trained | undefined> {
  const { checkpoint: path, weights } = values;
  if (path === undefined) throw new UsageError('Which run? --checkpoint takes the folder of train --out.');
  weightsOf(weights);
  const graph = await loadGraph(name);
  if (!graph) return undefined;
  const checked = checkLoaded(graph);
  if (!checked) return undefined;
  const plan = compilePlan(checked);
  await provideData(plan, await Promise.all(values.data.map(openData)));
  const checkpoint = readCheckpointOf(plan, path, `--checkpoint ${path}`);
  const engine = await startBackend('wasm');
  const loop = createHeadlessLoop(engine.tf, plan);
  loop.restore(checkpoint);
  return {
    graph,
    checked,
    plan,
    checkpoint,
    loop,
    close() {
      loop.dispose();
      engine.dispose();
    },
  };
}

/** Whose samples: the trained weights, or their average; as the graph says where nothing is asked for. */
export function weightsOf(text: string | undefined): { weights?: 'live' | 'ema' } {
  if (text === undefined) return {};
  if (text === 'trained') return { weights: 'live' };
  if (text === 'averaged') return { weights: 'ema' };
  throw new UsageError(`--weights is trained or averaged, not "${text}".`);
}

/** What is asked for, else the first of what the game makes. */
export function sampledOf(plan: Plan, of: string | undefined): Ref {
  if (of === undefined) {
    const [shown] = generatedBy(plan);
    if (shown) return shown;
    throw new UsageError('Nothing here makes samples: say what to sample by --of NODE.PORT.');
  }
  const found = plan.game.flatMap(({ id, outputShapes }) =>
    Object.entries(outputShapes).flatMap(([port, { batch }]) => (batch === 1 ? [{ node: id, port }] : [])),
  );
  const asked = found.find((ref) => refKey(ref) === of);
  if (asked) return asked;
  throw new UsageError(`--of ${of}: the game has no such output. It has ${found.map(refKey).join(', ')}.`);
}
