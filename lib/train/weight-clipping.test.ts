import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseDocumentValue } from '@/lib/check/parse';
import { createGame } from '@/lib/compile/tf/game';
import { type Engine, startBackend } from '@/lib/engine/backend';
import { row } from '@/lib/examples/row';
import type { Graph } from '@/lib/graph/schema';
import { defined } from '@/lib/util/assert';
import { planOf } from './testing/train';

/**
 * WGAN's critic 1-64-64-1 between N(μ, 1) and N(0, 1), with weights within c. The leaky ReLU has no slope above 1,
 * so that none of the critic is above c³h².
 */
const [CLIP, UNITS, STEPS] = [0.1, 64, 60];
const BOUND = CLIP ** 3 * UNITS ** 2;

let engine: Engine;
beforeAll(async () => {
  engine = await startBackend('wasm');
});
afterAll(() => engine.dispose());

function criticGame(mean: number, clipWeights: number | null): Graph {
  const layer = ['dense', { units: UNITS, init: 'torch' }] as const;
  const critic = row(
    'D',
    [layer, ['leaky-relu'], layer, ['leaky-relu'], ['dense', { units: 1 }]],
    ['x', 'score'],
  );
  const parsed = parseDocumentValue({
    format: 'ganvas',
    version: 2,
    title: 'Critic',
    settings: { batchSize: 256, iterations: STEPS },
    networks: [{ id: 'D', name: 'Critic', color: 'amber', at: [0, 0], size: [critic.width, 110] }],
    nodes: [
      ...critic.nodes,
      {
        id: 'data',
        kind: 'dataset',
        at: [0, 0],
        params: { source: 'gaussian', options: { mean, sd: 1 } },
      },
      { id: 'noise', kind: 'latent', at: [0, 0], params: { shape: [1] } },
      { id: 'd-real', kind: 'call', at: [0, 0], params: { network: 'D' } },
      { id: 'd-fake', kind: 'call', at: [0, 0], params: { network: 'D' } },
      { id: 'loss', kind: 'loss-wasserstein', at: [0, 0] },
      { id: 'move', kind: 'rmsprop', at: [0, 0], params: { learningRate: 5e-3, clipWeights } },
    ],
    wires: [
      ...critic.wires,
      ['data.x', 'd-real.x'],
      ['noise.out', 'd-fake.x'],
      ['d-real.score', 'loss.real'],
      ['d-fake.score', 'loss.fake'],
      ['loss.d', 'move.loss'],
      ['D.theta', 'move.theta'],
    ],
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  return parsed.graph;
}

/** The largest weight after any step, the largest slope between samples, and what the critic says is the distance. */
async function trained(mean: number, clipWeights: number | null) {
  const game = createGame(engine.tf, planOf(criticGame(mean, clipWeights)));
  let largest = 0;
  for (let i = 0; i < STEPS; i++) {
    for (const { loss } of game.iterate()) loss.dispose();
    const { arrays } = await game.readState();
    for (const [name, { values }] of arrays)
      if (name.startsWith('weights/'))
        for (const value of values) largest = Math.max(largest, Math.abs(value));
  }
  const ports = ['data.x', 'd-real.score', 'd-fake.score'].map((name) => name.split('.'));
  const read = await game.read(
    ports.map(([node = '', port = '']) => ({ node, port })),
    2_000,
  );
  const [x, real, fake] = [...read.values()].map(({ data }) => data);
  const order = [...defined(x, 'x').keys()].sort((a, b) => (x?.[a] ?? 0) - (x?.[b] ?? 0));
  let slope = 0;
  for (let i = 20; i < order.length; i += 20) {
    const [a = 0, b = 0] = [order[i - 20], order[i]];
    const run = (x?.[b] ?? 0) - (x?.[a] ?? 0);
    if (run > 0) slope = Math.max(slope, Math.abs((real?.[b] ?? 0) - (real?.[a] ?? 0)) / run);
  }
  const meanOf = (values: Float32Array | undefined) =>
    defined(values, 'scores').reduce((sum, value) => sum + value, 0) / 2_000;
  game.dispose();
  return { largest, slope, estimate: meanOf(real) - meanOf(fake) };
}

describe('a critic whose weights are clipped', () => {
  test('keeps each within c after every step, its slope within c³h², and grows with the distance', async () => {
    const found = [];
    for (const mean of [0, 0.5, 1, 2]) found.push(await trained(mean, CLIP));
    for (const { largest, slope } of found) {
      expect(largest).toBeLessThanOrEqual(Math.fround(CLIP));
      expect(slope).toBeLessThanOrEqual(BOUND * (1 + 1e-3));
    }
    const [none = 0, half = 0, one = 0, two = 0] = found.map(({ estimate }) => estimate);
    expect(one).toBeGreaterThan(half);
    expect(two).toBeGreaterThan(one);
    expect(Math.abs(none)).toBeLessThan(0.05 * one);
    for (const [i, mean] of [0.5, 1, 2].entries()) expect(found[i + 1]?.estimate).toBeLessThan(BOUND * mean);
  });

  test('is steeper without', async () => {
    const { largest, slope } = await trained(1, null);
    expect(largest).toBeGreaterThan(2 * CLIP);
    expect(slope).toBeGreaterThan(2 * BOUND);
  });
});
