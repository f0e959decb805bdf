import { describe, expect, test } from 'vitest';
import { sketch } from '@/lib/check/testing/graphs';
import { startBackend } from '@/lib/engine/backend';
import type { Params } from '@/lib/graph/schema';
import { planOf, record } from '@/lib/train/testing/train';
import { defined } from '@/lib/util/assert';

/** A critic that plays against its gradient penalty alone, on points of the plane. */
function game(
  layers: readonly { readonly kind: string; readonly params?: Params }[],
  penalty: Params,
  rate = 0.05,
) {
  const ids = layers.map((_, i) => `layer-${i}`);
  const path = ['in', ...ids, 'out'];
  return planOf(
    sketch({
      settings: { batchSize: 16, iterations: 1000 },
      networks: [{ id: 'D' }],
      nodes: [
        { id: 'real', kind: 'dataset', params: { source: 'ring' } },
        { id: 'fake', kind: 'latent', params: { shape: [2] } },
        { id: 'score', kind: 'call', params: { network: 'D' } },
        { id: 'penalty', kind: 'gradient-penalty', params: { network: 'D', ...penalty } },
        { id: 'sgd', kind: 'sgd', params: { learningRate: rate } },
        { id: 'see', kind: 'view-values' },
        { id: 'in', kind: 'network-input', network: 'D' },
        ...layers.map((layer, i) => ({ id: `layer-${i}`, network: 'D', ...layer })),
        { id: 'out', kind: 'network-output', network: 'D' },
      ],
      wires: [
        ...path.slice(1).map((id, i) => `${path[i]}.out > ${id}.in`),
        'real.x > score.x',
        'score.out > see.in',
        'real.x > penalty.real',
        'fake.out > penalty.fake',
        'penalty.out > sgd.loss',
        'D.theta > sgd.theta',
      ],
    }),
  );
}

const linear = [{ kind: 'dense', params: { units: 1, useBias: false } }];
const deep = [
  { kind: 'dense', params: { units: 8 } },
  { kind: 'leaky-relu' },
  { kind: 'dense', params: { units: 8 } },
  { kind: 'tanh' },
  { kind: 'dense', params: { units: 1 } },
];

async function play(backend: 'cpu' | 'wasm', plan: ReturnType<typeof game>, iterations: number) {
  const { tf } = await startBackend(backend);
  const { loop, losses } = record(tf, plan);
  const { arrays } = await loop.game.readState();
  for (let i = 0; i < iterations; i++) await loop.step();
  const { data } = await loop.checkpoint();
  loop.dispose();
  const weights = (from: typeof arrays) =>
    [...from].filter(([name]) => name.startsWith('weights/')).flatMap(([, { values }]) => [...values]);
  return { losses: defined(losses.sgd, 'losses'), before: weights(arrays), after: weights(data.arrays) };
}

describe('a gradient penalty', () => {
  test('that counts in every third update is three times itself there, and nothing between (I15)', async () => {
    const lazy = await play('cpu', game(linear, { weight: 2, every: 3 }, 0), 7);
    const { losses } = await play('cpu', game(linear, { weight: 2 }, 0), 7);
    expect(lazy.losses).toEqual(losses.map((loss, i) => (i % 3 === 0 ? expect.closeTo(3 * loss, 4) : 0)));
    expect(lazy.losses[0]).toBeGreaterThan(0);
  });

  test.each(['cpu', 'wasm'] as const)(
    'on %s: of f(x) = w·x it is weight (|w| - target)²',
    async (backend) => {
      for (const [at, target, weight] of [
        ['interpolated', 1, 10],
        ['real', 0, 0.5],
        ['fake', 3, 2],
      ] as const) {
        const { losses, before, after } = await play(backend, game(linear, { at, target, weight }, 1e-3), 1);
        const norm = Math.hypot(...before);
        expect(losses[0]).toBeCloseTo(weight * (norm - target) ** 2, 4);
        // One step of 1e-3 along 2 weight (|w| - target) w / |w|.
        before.forEach((w, i) => {
          const gradient = (2 * weight * (norm - target) * w) / norm;
          expect(after[i]).toBeCloseTo(w - 1e-3 * gradient, 6);
        });
      }
    },
  );

  test('is of the slope in one input, where another is made from the same', async () => {
    const plan = planOf(
      sketch({
        settings: { batchSize: 16, iterations: 10 },
        networks: [{ id: 'D' }],
        nodes: [
          { id: 'real', kind: 'dataset', params: { source: 'ring' } },
          { id: 'triple', kind: 'scale', params: { factor: 3 } },
          {
            id: 'penalty',
            kind: 'gradient-penalty',
            params: { network: 'D', input: 'x', output: 'score', at: 'real', target: 0, weight: 1 },
          },
          { id: 'sgd', kind: 'sgd', params: { learningRate: 0 } },
          { id: 'score', kind: 'call', params: { network: 'D' } },
          { id: 'see', kind: 'view-values' },
          { id: 'x', kind: 'network-input', network: 'D', params: { name: 'x' } },
          { id: 'given', kind: 'network-input', network: 'D', params: { name: 'given' } },
          { id: 'sum', kind: 'add', network: 'D' },
          { id: 'layer', kind: 'dense', network: 'D', params: { units: 1, useBias: false } },
          { id: 'out', kind: 'network-output', network: 'D', params: { name: 'score' } },
        ],
        wires: [
          'x.out > sum.in',
          'given.out > sum.in',
          'sum.out > layer.in',
          'layer.out > out.in',
          'real.x > triple.in',
          'real.x > penalty.real',
          'triple.out > penalty.given',
          'real.x > score.x',
          'triple.out > score.given',
          'score.score > see.in',
          'penalty.out > sgd.loss',
          'D.theta > sgd.theta',
        ],
      }),
    );
    const { losses, before } = await play('cpu', plan, 1);
    expect(losses[0]).toBeCloseTo(Math.hypot(...before) ** 2, 4);
  });

  test('one-sided, it lets slopes below the target be', async () => {
    const { losses, before, after } = await play('cpu', game(linear, { target: 100, sided: 'one' }), 3);
    expect(losses).toEqual([0, 0, 0]);
    expect(after).toEqual(before);
  });

  test('is differentiated: the slope of a deep critic moves to the target', async () => {
    const { losses } = await play('wasm', game(deep, { weight: 1, target: 2 }), 300);
    const late = losses.slice(-20).reduce((sum, loss) => sum + loss, 0) / 20;
    expect(losses[0]).toBeGreaterThan(0.2);
    expect(late).toBeLessThan(0.25 * (losses[0] as number));
  });

  test('is the same on every backend, random points included', async () => {
    const [cpu, wasm] = [await play('cpu', game(deep, {}), 2), await play('wasm', game(deep, {}), 2)];
    expect(Math.max(...cpu.after.map((w, i) => Math.abs(w - (wasm.after[i] ?? Number.NaN))))).toBeLessThan(
      1e-5,
    );
    expect(cpu.after).not.toEqual(cpu.before);
  });

  test('of a critic whose gradient is zero, it has finite gradients', async () => {
    const zero = [{ kind: 'dense' }, { kind: 'dense', params: { units: 1, init: 'zeros' } }];
    const { losses, after } = await play('cpu', game(zero, {}), 2);
    expect(losses[0]).toBeCloseTo(10, 4);
    expect(after.every(Number.isFinite)).toBe(true);
  });
});
