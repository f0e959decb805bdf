import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plan } from '@/lib/compile/plan';
import type { Engine } from '@/lib/engine/backend';
import { formatGraph } from '@/lib/graph/parse';
import type { Graph } from '@/lib/graph/schema';
import { digestOf } from '@/lib/train/checkpoint';
import { createCheckpointing } from '@/lib/train/checkpointing';
import { createHeadlessLoop } from '@/lib/train/headless';
import type { LossCurves } from '@/lib/train/losses';
import { createTail } from '@/lib/train/tail';
import type { TrainingLoop } from '@/lib/train/training-loop';
import { readCheckpointOf, writeCheckpoint } from './checkpoint-files';
import { onInterruption } from './interruption';
import { formatDiagnostic } from './load';
import { createOutput } from './output';
import { createEventFile } from './tensorboard';
import type { Until } from './until';

interface TrainingOptions {
  /** What is trained, to be kept beside what comes of it. */
  readonly graph: Graph;
  readonly out: string | undefined;
  readonly resume: string | undefined;
  readonly until: Until | undefined;
  /** The folder of an event file. */
  readonly tensorboard: string | undefined;
}

/**
 * One run from start to its last line on standard output. Returns the exit status. With --out a checkpoint is
 * written every ten seconds, so that a process that is killed loses no more.
 */
export async function runTraining(
  engine: Engine,
  plan: Plan,
  { graph, out, resume, until, tensorboard }: TrainingOptions,
): Promise<number> {
  const output = createOutput(out);
  if (out !== undefined) output.attempt(() => writeFileSync(join(out, 'graph.json'), formatGraph(graph)));
  const events = tensorboard === undefined ? undefined : createEventFile(tensorboard, output.attempt);
  const tail = createTail(plan);
  const started = performance.now();
  let isFailed = false;
  /** The iteration of the newest checkpoint. */
  let kept: number | undefined;
  let isInterrupted = false;
  let isMet: boolean | null = until ? false : null;

  const checkpointing = createCheckpointing({
    write: out === undefined ? undefined : (checkpoint) => void writeCheckpoint(out, checkpoint),
    mark: () => loop.mark(),
    take: () => loop.checkpoint(),
    saved: (iteration) => {
      kept = iteration;
    },
    notSaved: (message) => output.fault(`The checkpoint could not be written: ${message}`),
  });
  let tenths = 0;
  let looking: Promise<void> = Promise.resolve();
  /** Pictures for TensorBoard, at every tenth of the way. */
  const lookAtTenths = (iteration: number) => {
    const passed = Math.floor((10 * iteration) / plan.settings.iterations);
    if (!events || passed <= tenths || passed >= 10) return;
    tenths = passed;
    looking = looking.then(() => loop.look());
  };
  const loop = createHeadlessLoop(engine.tf, plan, {
    progress({ iteration, iterationsPerSecond, losses }) {
      tail.add(losses);
      events?.losses(losses);
      lookAtTenths(iteration);
      output.progress(iteration, plan.settings.iterations, iterationsPerSecond, lastOf(losses));
      checkpointing.saveIfDue();
    },
    pictures(iteration, pictures) {
      output.pictures(pictures);
      events?.pictures(iteration, pictures);
    },
    metrics(iteration, values) {
      output.metrics(iteration, values);
      events?.metrics(iteration, values);
      if (!until?.isMet(values) || isMet) return;
      isMet = true;
      void loop.pause();
    },
    failed(_, diagnostic) {
      isFailed = true;
      output.say(formatDiagnostic(diagnostic));
    },
  });
  if (resume !== undefined) restore(loop, resume, plan);
  const { iterations } = plan.settings;
  const reached = () => loop.game.counters.iteration;
  if (reached() >= iterations)
    output.say(
      `${resume} stands at iteration ${reached()}, and --iterations is ${iterations}: nothing to train.`,
    );

  onInterruption(() => {
    isInterrupted = true;
    void loop.pause();
  });
  await loop.play();

  await checkpointing.save();
  // The seed gives iteration 0 too; still, who asked for files finds one.
  if (out !== undefined && kept === undefined && !output.isFaulty()) {
    writeCheckpoint(out, await loop.checkpoint());
    kept = reached();
  }
  await looking;
  if (isFailed || isInterrupted) {
    const how = isInterrupted ? 'Interrupted' : 'Stopped';
    output.say(`${how} at iteration ${reached()}. ${whatIsKept(out, kept)}`);
    return isFailed || output.isFaulty() ? 3 : 130;
  }
  if (out !== undefined || events) await loop.look();
  output.end();
  const result = {
    iterations: reached(),
    seconds: round((performance.now() - started) / 1000),
    msPerIteration: round(loop.msPerIteration()),
    losses: tail.means(),
    metrics: await loop.measure(),
    backend: engine.name,
    seed: plan.settings.seed,
    digest: digestOf(await loop.game.readState()),
    until: isMet,
  };
  loop.dispose();
  process.stdout.write(`${JSON.stringify(result)}\n`);
  return output.isFaulty() ? 3 : 0;
}

const round = (value: number): number => Number(value.toFixed(3));

const lastOf = (losses: LossCurves): Record<string, number> =>
  Object.fromEntries(
    Object.entries(losses).map(([player, { values }]) => [player, values.at(-1) ?? Number.NaN]),
  );

function restore(loop: TrainingLoop, path: string, plan: Plan): void {
  loop.restore(readCheckpointOf(plan, path, `--resume ${path}`));
}

function whatIsKept(out: string | undefined, kept: number | undefined): string {
  if (out === undefined) return 'Nothing was kept; --out DIR keeps checkpoints.';
  if (kept === undefined) return 'No checkpoint was written.';
  return `The checkpoint of iteration ${kept} is in ${out}: go on with --resume ${out}.`;
}
