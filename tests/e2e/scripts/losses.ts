// First, for its setting of zod: the page's policy forbids eval.
import '@/lib/graph/schema';
import { checkGraph } from '@/lib/check/check';
import { parseDocumentValue } from '@/lib/check/parse';
import { compilePlan } from '@/lib/compile/compile';
import { createGame } from '@/lib/compile/tf/game';
import { startBackend } from '@/lib/engine/backend';
import type { BackendName } from '@/lib/engine/backend-name';
import { examples } from '@/lib/examples/catalogue';
import type { Tf } from '@/lib/nodes/define';
import { assert } from '@/lib/util/assert';

/** The first losses of every example, in small batches, on one of the browser's backends. */
export interface Trained {
  readonly id: string;
  readonly losses: readonly number[];
  readonly seconds: number;
}

declare global {
  interface Window {
    trainExamples(backend: BackendName, updates: number): Promise<readonly Trained[]>;
  }
}

/** A larger one runs the same shaders, and a GPU in software takes minutes for it. */
const BATCH = 16;

window.trainExamples = async (backend, updates) => {
  const { tf } = await startBackend(backend, {
    assets: new URL(process.env.GANVAS_WASM ?? '', window.location.href).href,
  });
  assert(tf.getBackend() === backend, `tfjs on ${backend}`);
  const trained: Trained[] = [];
  for (const { id, document } of examples) {
    const start = performance.now();
    const losses = await trainExample(tf, document, updates);
    trained.push({ id, losses, seconds: (performance.now() - start) / 1000 });
  }
  return trained;
};

async function trainExample(tf: Tf, document: unknown, updates: number): Promise<number[]> {
  const parsed = parseDocumentValue(document);
  assert(parsed.ok, 'an example that opens');
  const { settings } = parsed.graph;
  const batchSize = Math.min(BATCH, settings.batchSize);
  const graph = { ...parsed.graph, settings: { ...settings, batchSize } };
  const game = createGame(tf, compilePlan(checkGraph(graph)));
  const losses: number[] = [];
  while (losses.length < updates)
    for (const { loss } of game.iterate()) {
      losses.push(...(await loss.data()));
      loss.dispose();
      if (losses.length >= updates) break;
    }
  game.dispose();
  return losses;
}
