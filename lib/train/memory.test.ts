import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkGraph } from '@/lib/check/check';
import { parseDocumentValue } from '@/lib/check/parse';
import { compilePlan } from '@/lib/compile/compile';
import { type Engine, startBackend } from '@/lib/engine/backend';
import type { Graph } from '@/lib/graph/schema';
import { createHeadlessLoop } from './headless';
import { watchPeak } from './testing/peak';
import { loadExample } from './testing/train';

/** What a run really takes on the WASM heap, against the check's estimate. */
let engine: Engine;
beforeAll(async () => {
  engine = await startBackend('wasm');
});

function game(name: string): Graph {
  const path = new URL(`../../bench/games/${name}.json`, import.meta.url);
  const parsed = parseDocumentValue(JSON.parse(readFileSync(path, 'utf8')));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  return parsed.graph;
}

/** The most bytes at once while a game trains and is looked at. */
async function measure(graph: Graph, iterations: number) {
  const checked = checkGraph(graph);
  const peak = watchPeak(engine.tf);
  const loop = createHeadlessLoop(engine.tf, compilePlan(checked));
  loop.setTarget(iterations);
  await loop.play();
  await loop.look();
  loop.dispose();
  peak.stop();
  return { real: peak.most(), left: peak.now(), estimate: checked.cost.bytes };
}

const batchOf = (graph: Graph, batchSize: number): Graph => ({
  ...graph,
  settings: { ...graph.settings, batchSize },
});

const virtual = (graph: Graph): Graph => ({
  ...graph,
  nodes: graph.nodes.map((node) =>
    node.kind === 'batch-norm' ? { ...node, kind: 'virtual-batch-norm', params: {} } : node,
  ),
});

// 41 iterations: three generations of the state are held from the 40th on.
const games: readonly [string, () => Graph, number][] = [
  ['ring, which keeps an average', () => loadExample('ring'), 41],
  ['GAN Lab’s game', () => loadExample('gan-lab'), 41],
  ['an MLP on the plane', () => game('mlp-2d'), 41],
  ['an MLP on the plane at batch 1,000', () => batchOf(game('mlp-2d'), 1000), 41],
  ['an MLP on the plane with a gradient penalty', () => game('mlp-2d-gp'), 41],
  ['an MLP on 784 numbers', () => game('mlp-784'), 41],
  ['a DCGAN on 28 pixels', () => game('dcgan-28'), 41],
  ['a DCGAN with virtual batch norm', () => virtual(loadExample('dcgan-glyphs', { batchSize: 8 })), 41],
  ['a DCGAN on 32 pixels in colour, at batch 4', () => batchOf(game('dcgan-32'), 4), 41],
];

describe('the peak of a run is within 1.5 times the estimate, both ways', () => {
  it.each(games)('%s', { timeout: 120_000 }, async (_, graph, iterations) => {
    const { real, left, estimate } = await measure(graph(), iterations);
    console.log(
      `    ${(real / 1e6).toFixed(2)} MB, estimated ${(estimate / 1e6).toFixed(2)}: ${(real / estimate).toFixed(2)}`,
    );
    expect(left).toBe(0);
    expect(real / estimate).toBeLessThan(1.5);
    expect(real / estimate).toBeGreaterThan(1 / 1.5);
  });
});

it('memory is flat over 3,000 iterations', { timeout: 120_000 }, async () => {
  const peak = watchPeak(engine.tf);
  const plan = compilePlan(checkGraph(loadExample('gan-lab', { batchSize: 8 })));
  const loop = createHeadlessLoop(engine.tf, { ...plan, metrics: [] });
  const figures: object[] = [];
  for (const target of [500, 1_000, 2_000, 3_000]) {
    loop.setTarget(target);
    await loop.play();
    figures.push({ now: peak.now(), most: peak.most(), heap: peak.heap() });
  }
  loop.dispose();
  peak.stop();
  expect(new Set(figures.map((figure) => JSON.stringify(figure))).size).toBe(1);
});
