// First, for its setting of zod: the page's policy forbids eval.
import '@/lib/graph/schema';
import { checkGraph } from '@/lib/check/check';
import { parseDocumentValue } from '@/lib/check/parse';
import { compilePlan } from '@/lib/compile/compile';
import { createGame } from '@/lib/compile/tf/game';
import { startBackend } from '@/lib/engine/backend';
import type { BackendName } from '@/lib/engine/backend-name';
import { examples } from '@/lib/examples/catalogue';
import type { Graph } from '@/lib/graph/schema';
import type { Tf } from '@/lib/nodes/define';
import { assert } from '@/lib/util/assert';

/** The first losses of examples that have every kind of all of them, in small batches, on one of the browser's backends. */
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
  for (const { id, document } of coverKinds(examples)) {
    const start = performance.now();
    const losses = await trainExample(tf, document, updates);
    trained.push({ id, losses, seconds: (performance.now() - start) / 1000 });
  }
  return trained;
};

/** One example after another that has the most kinds which those before it lack. */
function coverKinds(all: typeof examples): typeof examples {
  const kinds = all.map(({ document }) => new Set(readGraph(document).nodes.map(({ kind }) => kind)));
  const missing = new Set(kinds.flatMap((own) => [...own]));
  const chosen: (typeof examples)[number][] = [];
  while (missing.size > 0) {
    const counts = kinds.map((own) => [...own].filter((kind) => missing.has(kind)).length);
    const best = counts.indexOf(Math.max(...counts));
    for (const kind of kinds[best] ?? []) missing.delete(kind);
    chosen.push(...all.slice(best, best + 1));
  }
  return chosen;
}

async function trainExample(tf: Tf, document: unknown, updates: number): Promise<number[]> {
  const { settings, ...rest } = readGraph(document);
  const batchSize = Math.min(BATCH, settings.batchSize);
  const graph = { ...rest, settings: { ...settings, batchSize } };
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

function readGraph(document: unknown): Graph {
  const parsed = parseDocumentValue(document);
  assert(parsed.ok, 'an example that opens');
  return parsed.graph;
}
