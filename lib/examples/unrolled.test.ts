import { beforeAll, describe, expect, test } from 'vitest';
import { parseDocumentValue } from '@/lib/check/parse';
import { createGame } from '@/lib/compile/tf/game';
import { type Engine, startBackend } from '@/lib/engine/backend';
import type { Graph } from '@/lib/graph/schema';
import { loadExample, planOf, withParams } from '@/lib/train/testing/train';
import { defined } from '@/lib/util/assert';

/**
 * f = φθ - λφ²/2, which φ climbs: K steps of rate η ahead it stands at φ_K = φ₀ρᴷ + (θ/λ)(1 - ρᴷ), ρ = 1 - ηλ,
 * and the derivative of f_K by θ through all of them has a closed form.
 */
let engine: Engine;
beforeAll(async () => {
  engine = await startBackend('cpu');
});

const [THETA, PHI, ETA, LAMBDA] = [0.7, -0.3, 0.1, 0.5];

const ahead = (steps: number): number => {
  const power = (1 - ETA * LAMBDA) ** steps;
  return PHI * power + (THETA / LAMBDA) * (1 - power);
};

/** df_K/dθ = φ_K + (θ - λφ_K)(1 - ρᴷ)/λ; without the way through the steps it would be φ_K alone. */
const exact = (steps: number): number => {
  const power = (1 - ETA * LAMBDA) ** steps;
  return ahead(steps) + ((THETA - LAMBDA * ahead(steps)) * (1 - power)) / LAMBDA;
};

const document = (unroll: number) => ({
  format: 'ganvas',
  version: 1,
  title: 'f = φθ - λφ²/2',
  settings: { seed: 1, batchSize: 1, iterations: 1, update: 'simultaneous' },
  networks: [
    { id: 'G', name: 'θ', color: 'violet', at: [0, 300], size: [300, 100] },
    { id: 'D', name: 'φ', color: 'amber', at: [400, 300], size: [400, 200] },
  ],
  nodes: [
    { id: 'call-g', kind: 'call', at: [0, 0], params: { network: 'G' } },
    { id: 'call-d', kind: 'call', at: [200, 0], params: { network: 'D' } },
    { id: 'product', kind: 'mean', at: [400, 0] },
    { id: 'square', kind: 'mean', at: [400, 100] },
    { id: 'f', kind: 'weighted-sum', at: [600, 0], params: { terms: { product: 1, square: -LAMBDA / 2 } } },
    { id: 'minus', kind: 'weighted-sum', at: [600, 100], params: { terms: { f: -1 } } },
    { id: 'move-g', kind: 'sgd', at: [800, 0], params: { learningRate: 1, unroll } },
    { id: 'move-d', kind: 'sgd', at: [800, 100], params: { learningRate: ETA, order: 1 } },
    { id: 'theta', kind: 'parameter', network: 'G', at: [20, 30], params: { value: THETA } },
    { id: 'g-out', kind: 'network-output', network: 'G', at: [150, 30], params: { name: 'theta' } },
    { id: 'd-in', kind: 'network-input', network: 'D', at: [20, 30], params: { name: 'theta' } },
    { id: 'phi', kind: 'parameter', network: 'D', at: [20, 100], params: { value: PHI } },
    { id: 'd-product', kind: 'multiply', network: 'D', at: [150, 30] },
    { id: 'd-square', kind: 'multiply', network: 'D', at: [150, 100] },
    { id: 'd-out', kind: 'network-output', network: 'D', at: [280, 30], params: { name: 'product' } },
    { id: 'd-out-2', kind: 'network-output', network: 'D', at: [280, 100], params: { name: 'square' } },
  ],
  wires: [
    ['theta.out', 'g-out.in'],
    ['d-in.out', 'd-product.in'],
    ['phi.out', 'd-product.in'],
    ['phi.out', 'd-square.in'],
    ['phi.out', 'd-square.in'],
    ['d-product.out', 'd-out.in'],
    ['d-square.out', 'd-out-2.in'],
    ['call-g.theta', 'call-d.theta'],
    ['call-d.product', 'product.in'],
    ['call-d.square', 'square.in'],
    ['product.out', 'f.product'],
    ['square.out', 'f.square'],
    ['f.out', 'minus.f'],
    ['f.out', 'move-g.loss'],
    ['minus.out', 'move-d.loss'],
    ['G.theta', 'move-g.theta'],
    ['D.theta', 'move-d.theta'],
    ['move-d.look-ahead', 'move-g.opponent'],
  ],
});

/** df/dθ as the player sees it: its step of rate 1. */
function derivative(unroll: number): { readonly value: number; readonly phi: number } {
  const parsed = parseDocumentValue(document(unroll));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  const game = createGame(engine.tf, planOf(parsed.graph));
  const at = (key: string) => defined(game.state.weights.get(key), key).dataSync()[0] as number;
  const before = at('theta.value');
  for (const { loss } of game.iterate()) loss.dispose();
  const found = { value: before - at('theta.value'), phi: at('phi.value') };
  game.dispose();
  return found;
}

describe('the derivative through K steps of the opponent', () => {
  test.each([
    [0, -0.3],
    [1, -0.13425],
    [5, 0.382147],
    [10, 0.790574],
    [20, exact(20)],
  ])('K %i: the closed form, %d', (steps, stated) => {
    expect(exact(steps)).toBeCloseTo(stated, 6);
    const { value, phi } = derivative(steps);
    expect(Math.abs(value / exact(steps) - 1)).toBeLessThan(1e-5);
    // The opponent itself makes one plain step.
    expect(phi).toBeCloseTo(PHI + ETA * (THETA - LAMBDA * PHI), 6);
  });

  test('is not what stopping the gradient at the steps would give', () => {
    expect(Math.abs(derivative(1).value - ahead(1))).toBeGreaterThan(0.05);
    expect(Math.abs(derivative(5).value - ahead(5))).toBeGreaterThan(0.05);
  });

  test('far ahead it is θ/λ', () => {
    expect(exact(50)).toBeCloseTo(1.389935, 6);
    expect(exact(1000)).toBeCloseTo(THETA / LAMBDA, 9);
  });
});

/** G's weights after three iterations, end to end. */
function playedG(graph: Graph): number[] {
  const game = createGame(engine.tf, planOf(graph));
  for (let i = 0; i < 3; i++) for (const { loss } of game.iterate()) loss.dispose();
  const weights = [...game.state.weights].filter(([key]) => key.startsWith('g-'));
  const values = weights.flatMap(([, weight]) => [...weight.dataSync()]);
  game.dispose();
  return values;
}

describe('the unrolled game', () => {
  const example = (unroll: number): Graph =>
    withParams(loadExample('unrolled-gan', { batchSize: 16 }), { 'adam-g': { unroll } });

  /** Minimax as anybody would wire it: G by the loss's own cost, nobody looks ahead. */
  const plain: Graph = {
    ...example(0),
    wires: example(0).wires.flatMap(([from, to]) => {
      if (to === 'adam-g.opponent') return [];
      return to === 'adam-g.loss' ? [['loss.g', to] as const] : [[from, to] as const];
    }),
  };

  test('with K 0 is the plain game', () => {
    const expected = playedG(plain);
    expect(playedG(example(0))).toEqual(expected);
    const ahead = playedG(example(1));
    expect(Math.max(...ahead.map((w, i) => Math.abs(w - (expected[i] ?? Number.NaN))))).toBeGreaterThan(1e-4);
  });
});
