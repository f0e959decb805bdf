import { beforeAll, expect, test } from 'vitest';
import { sketch } from '@/lib/check/testing/graphs';
import { type Engine, startBackend } from '@/lib/engine/backend';
import type { Tensor } from '@/lib/nodes/define';
import { decodeCheckpoint, encodeCheckpoint } from '@/lib/train/checkpoint';
import { planOf } from '@/lib/train/testing/train';
import { defined } from '@/lib/util/assert';
import { type CompiledGame, createGame } from './game';

let engine: Engine;
beforeAll(async () => {
  engine = await startBackend('cpu');
});

const RATE = 0.01;

/** G learns a point through two branches, of which the second fades in from the 4th to the 8th of 12 iterations. */
const growing = () =>
  planOf(
    sketch({
      settings: { batchSize: 4, iterations: 12 },
      networks: [{ id: 'G' }],
      nodes: [
        { id: 'z', kind: 'latent', params: { shape: [2] } },
        { id: 'data', kind: 'dataset', params: { source: 'ring' } },
        { id: 'fake', kind: 'call', params: { network: 'G' } },
        { id: 'far', kind: 'mean-squared-error' },
        {
          id: 'adam',
          kind: 'adam',
          params: { learningRate: RATE, beta1: 0, beta2: 0.99 },
        },
        { id: 'in', kind: 'network-input', network: 'G', params: { name: 'z' } },
        { id: 'low', kind: 'dense', network: 'G', params: { units: 2 } },
        { id: 'wide', kind: 'dense', network: 'G', params: { units: 3 } },
        { id: 'high', kind: 'dense', network: 'G', params: { units: 2 } },
        {
          id: 'grow',
          kind: 'progressive-blend',
          network: 'G',
          params: { alpha: { from: 0, to: 1, curve: 'linear', start: 0.34, end: 0.66 } },
        },
        { id: 'out', kind: 'network-output', network: 'G', params: { name: 'x' } },
      ],
      wires: [
        'in.out > low.in',
        'in.out > wide.in',
        'wide.out > high.in',
        'low.out > grow.low',
        'high.out > grow.high',
        'grow.out > out.in',
        'z.out > fake.z',
        'fake.x > far.a',
        'data.x > far.b',
        'far.out > adam.loss',
        'G.theta > adam.theta',
      ],
    }),
  );

/** The layers that one iteration evaluates. */
function iterate(game: CompiledGame): ReadonlySet<string> {
  const seen = new Set<string>();
  const hooks = {
    sample() {},
    hook:
      () =>
      ({ node }: { readonly node: string }, tensor: Tensor) => {
        seen.add(node);
        return tensor;
      },
    loss() {},
    gradient() {},
    moved() {},
  };
  for (const { loss } of game.iterate(hooks)) loss.dispose();
  return seen;
}

const weightsOf = (game: CompiledGame, layer: string): number[] =>
  ['kernel', 'bias'].flatMap((name) => [
    ...defined(game.state.weights.get(`${layer}.${name}`), `${layer}.${name}`).dataSync(),
  ]);

/** The largest change of a layer's weights over an iteration, and what was evaluated. */
function step(game: CompiledGame) {
  const layers = ['low', 'wide', 'high'];
  const before = layers.map((layer) => weightsOf(game, layer));
  const seen = iterate(game);
  const moved = layers.map((layer, i) =>
    Math.max(...weightsOf(game, layer).map((value, k) => Math.abs(value - (before[i]?.[k] ?? Number.NaN)))),
  );
  return { seen: layers.filter((layer) => seen.has(layer)), moved };
}

test('a branch whose share is 0 is neither computed nor updated; its optimizer begins with it', () => {
  const game = createGame(engine.tf, growing());
  for (let i = 0; i < 5; i++) {
    const { seen, moved } = step(game);
    expect(seen).toEqual(['low']);
    expect(moved.map((size) => size > 0)).toEqual([true, false, false]);
  }
  expect(Object.fromEntries(game.state.steps)).toMatchObject({ adam: 5, 'adam/high.kernel': 0 });
  // Adam's first step is the rate; with a count of 6 and fresh moments it would be ten times that.
  const first = step(game);
  expect(first.seen).toEqual(['low', 'wide', 'high']);
  expect(first.moved[2]).toBeGreaterThan(0.99 * RATE);
  expect(first.moved[2]).toBeLessThan(1.01 * RATE);
  for (let i = 6; i < 8; i++) expect(step(game).seen).toEqual(['low', 'wide', 'high']);
  for (let i = 8; i < 12; i++) {
    const { seen, moved } = step(game);
    expect(seen).toEqual(['wide', 'high']);
    expect(moved.map((size) => size > 0)).toEqual([false, true, true]);
  }
  expect(Object.fromEntries(game.state.steps)).toEqual({
    adam: 12,
    'adam/low.kernel': 8,
    'adam/low.bias': 8,
    'adam/wide.kernel': 7,
    'adam/wide.bias': 7,
    'adam/high.kernel': 7,
    'adam/high.bias': 7,
  });
  game.dispose();
});

test('goes on from a checkpoint and from a snapshot bit for bit', async () => {
  const game = createGame(engine.tf, growing());
  for (let i = 0; i < 3; i++) iterate(game);
  const early = game.snapshot();
  for (let i = 3; i < 7; i++) iterate(game);
  const saved = encodeCheckpoint({
    fingerprint: '',
    counters: { ...game.counters },
    edits: [],
    data: await game.readState(),
  });
  const finish = () => {
    while (game.counters.iteration < 12) iterate(game);
    return ['low', 'wide', 'high'].map((layer) => weightsOf(game, layer));
  };
  const ended = finish();
  game.restore(early);
  expect(finish()).toEqual(ended);

  const again = createGame(engine.tf, growing());
  const decoded = decodeCheckpoint(saved);
  if (!decoded.ok) throw new Error(decoded.reason);
  again.writeState(decoded.checkpoint.data);
  Object.assign(again.counters, decoded.checkpoint.counters);
  while (again.counters.iteration < 12) iterate(again);
  expect(['low', 'wide', 'high'].map((layer) => weightsOf(again, layer))).toEqual(ended);
  again.dispose();
  game.dispose();
});
