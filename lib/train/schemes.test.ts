import { beforeAll, describe, expect, test } from 'vitest';
import { type Engine, startBackend } from '@/lib/engine/backend';
import type { Settings } from '@/lib/graph/schema';
import { digestOf } from './checkpoint';
import { loadExample, planOf, record, withParams } from './testing/train';

let engine: Engine;
beforeAll(async () => {
  engine = await startBackend('cpu');
});

/** GAN Lab's game, smooth (tanh for ReLU, so that no kink spoils a difference), G first or D first. */
function game(settings: Partial<Settings>, first: 'sgd-d' | 'sgd-g' = 'sgd-d') {
  const graph = withParams(loadExample('gan-lab', { iterations: 5, batchSize: 6, ...settings }), {
    'sgd-d': { steps: 1, order: first === 'sgd-d' ? 0 : 1 },
    'sgd-g': { steps: 1, order: first === 'sgd-d' ? 1 : 0 },
  });
  const smooth = graph.nodes.map((node) => (node.kind === 'relu' ? { ...node, kind: 'tanh' } : node));
  return planOf({ ...graph, nodes: smooth });
}

async function digestAfter(plan: ReturnType<typeof game>, iterations: number): Promise<string> {
  const { loop } = record(engine.tf, plan);
  for (let i = 0; i < iterations; i++) await loop.step();
  const digest = digestOf((await loop.checkpoint()).data);
  loop.dispose();
  return digest;
}

type Weights = ReadonlyMap<string, Float32Array>;

async function weightsAfter(
  plan: ReturnType<typeof game>,
  iterations: number,
  from?: Weights,
): Promise<Weights> {
  const { loop } = record(engine.tf, plan);
  const { arrays, steps } = await loop.game.readState();
  if (from)
    loop.game.writeState({
      arrays: new Map(
        [...from].map(([name, values]) => [name, { shape: arrays.get(name)?.shape ?? [], values }]),
      ),
      steps,
    });
  for (let i = 0; i < iterations; i++) await loop.step();
  const { data } = await loop.checkpoint();
  loop.dispose();
  const weights = [...data.arrays].filter(([name]) => name.startsWith('weights/'));
  return new Map(weights.map(([name, { values }]) => [name, values]));
}

const combine = (a: Weights, b: Weights, f: (x: number, y: number) => number): Weights =>
  new Map([...a].map(([name, values]) => [name, values.map((x, i) => f(x, b.get(name)?.[i] ?? Number.NaN))]));
const minus = (a: Weights, b: Weights): Weights => combine(a, b, (x, y) => x - y);
const moved = (a: Weights, b: Weights, step: number): Weights => combine(a, b, (x, y) => x + step * y);
const dot = (a: Float32Array, b: Float32Array): number => a.reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0);
const largestDifference = (a: Weights, b: Weights): number =>
  Math.max(...[...minus(a, b).values()].map((values) => Math.max(...values.map(Math.abs))));

describe('iteration semantics', () => {
  test('alternating: who moves first matters', async () => {
    const update = 'alternating' as const;
    // One batch for both orders, so that nothing but the order differs.
    const batches = 'per-iteration' as const;
    expect(await digestAfter(game({ update, batches }), 1)).not.toBe(
      await digestAfter(game({ update, batches }, 'sgd-g'), 1),
    );
  });

  test.each(['simultaneous', 'extragradient', 'consensus'] as const)(
    '%s: the order is of no account',
    async (update) => {
      const [a, b] = [
        await weightsAfter(game({ update }), 2),
        await weightsAfter(game({ update }, 'sgd-g'), 2),
      ];
      expect(largestDifference(a, b)).toBeLessThan(1e-6);
      // The comparison is sharp enough: another scheme ends elsewhere.
      const other = await weightsAfter(game({ update: 'alternating' }), 2);
      expect(largestDifference(a, other)).toBeGreaterThan(1e-5);
    },
  );

  test('consensus adds the gradient of half the squared norm of all gradients', async () => {
    const rates = {
      'sgd-d': { learningRate: 1, steps: 1 },
      'sgd-g': { learningRate: 1, steps: 1, order: 1 },
    };
    const planFor = (update: Settings['update']) => {
      const graph = withParams(loadExample('gan-lab', { batchSize: 6, update, consensus: 1 }), rates);
      const smooth = graph.nodes.map((node) => (node.kind === 'relu' ? { ...node, kind: 'tanh' } : node));
      return planOf({ ...graph, nodes: smooth });
    };
    const start = await weightsAfter(planFor('simultaneous'), 0);
    // With rate 1 and no momentum a step is minus the direction followed.
    const direction = async (update: Settings['update'], from: Weights) =>
      minus(from, await weightsAfter(planFor(update), 1, from));
    const pull = minus(await direction('consensus', start), await direction('simultaneous', start));
    const halfSquare = async (from: Weights) =>
      [...(await direction('simultaneous', from)).values()].reduce((sum, v) => sum + dot(v, v), 0) / 2;
    const expected = [...pull.values()].reduce((sum, v) => sum + dot(v, v), 0);
    // A move of length 0.01 in all: short of curvature, and the difference stands well above float32's rounding.
    const step = 0.01 / Math.sqrt(expected);
    const up = await halfSquare(moved(start, pull, step));
    const down = await halfSquare(moved(start, pull, -step));
    expect(expected).toBeGreaterThan(0);
    expect(Math.abs((up - down) / (2 * step) - expected) / expected).toBeLessThan(2e-2);
  });

  test('consensus with strength 0 is simultaneous', async () => {
    expect(await digestAfter(game({ update: 'consensus', consensus: 0 }), 2)).toBe(
      await digestAfter(game({ update: 'simultaneous' }), 2),
    );
  });

  test('a ramp of its strength is read at each iteration', async () => {
    const off = { from: 0, to: 0.5, curve: 'step', start: 0, end: 0.2 } as const;
    const run = (settings: Partial<Settings>, iterations: number) => digestAfter(game(settings), iterations);
    const ramped = { update: 'consensus', consensus: off } as const;
    expect(await run(ramped, 1)).toBe(await run({ update: 'simultaneous' }, 1));
    expect(await run(ramped, 2)).not.toBe(await run({ update: 'simultaneous' }, 2));
  });

  test('extragradient follows the gradient half a step ahead', async () => {
    const ahead = await digestAfter(game({ update: 'extragradient' }), 1);
    expect(ahead).not.toBe(await digestAfter(game({ update: 'simultaneous' }), 1));
  });

  test('per-update draws afresh for each update, per-iteration shares one batch', async () => {
    const update = 'alternating' as const;
    expect(await digestAfter(game({ update, batches: 'per-update' }), 2)).not.toBe(
      await digestAfter(game({ update, batches: 'per-iteration' }), 2),
    );
  });

  test('steps: a player with k steps makes k updates an iteration', async () => {
    const graph = withParams(loadExample('gan-lab', { iterations: 3, batchSize: 4 }), {
      'sgd-d': { steps: 4 },
    });
    const { loop } = record(engine.tf, planOf(graph));
    await loop.play();
    expect(Object.fromEntries(loop.game.state.steps)).toEqual({ 'sgd-d': 12, 'sgd-g': 3 });
    expect(loop.game.counters).toEqual({ iteration: 3, updates: 15 });
    loop.dispose();
  });

  test('an optimizer moves only the θ wired to it; a muted one stands still', async () => {
    const graph = loadExample('gan-lab', { iterations: 2, batchSize: 4 });
    const muted = graph.nodes.map((node) =>
      node.id === 'sgd-g' ? { ...node, state: 'muted' as const } : node,
    );
    const { loop, losses } = record(engine.tf, planOf({ ...graph, nodes: muted }));
    const before = (await loop.checkpoint()).data.arrays;
    await loop.play();
    const after = (await loop.checkpoint()).data.arrays;
    for (const [name, { values }] of before) {
      const same = values.every((value, i) => value === after.get(name)?.values[i]);
      if (name.startsWith('weights/g-')) expect(same, name).toBe(true);
      if (name === 'weights/d-dense-3.kernel') expect(same, name).toBe(false);
    }
    expect(losses['sgd-g']).toHaveLength(2);
    loop.dispose();
  });

  test('the average follows θ by its decay, from a copy', async () => {
    const graph = loadExample('ring', { iterations: 1, batchSize: 4 });
    const { loop } = record(engine.tf, planOf(graph));
    const start = (await loop.checkpoint()).data.arrays;
    await loop.step();
    const end = (await loop.checkpoint()).data.arrays;
    const key = 'g-dense-4.kernel';
    const [from, to, average] = [
      start.get(`weights/${key}`),
      end.get(`weights/${key}`),
      end.get(`averages/${key}`),
    ];
    average?.values.forEach((value, i) => {
      expect(value).toBeCloseTo(0.999 * (from?.values[i] ?? 0) + 0.001 * (to?.values[i] ?? 0), 6);
    });
    expect(start.get(`averages/${key}`)?.values).toEqual(from?.values);
    expect(from?.values).not.toEqual(to?.values);
    loop.dispose();
  });

  test('moving statistics advance once per train-mode call, only in updates of their own network', async () => {
    const graph = loadExample('dcgan-glyphs', { iterations: 1, batchSize: 4 });
    const { loop } = record(engine.tf, planOf(graph));
    const buffers = async () => {
      const { arrays } = (await loop.checkpoint()).data;
      return [...arrays]
        .filter(([name]) => name.startsWith('buffers/'))
        .map(([name, { values }]) => [name, values] as const);
    };
    const changed = (a: Awaited<ReturnType<typeof buffers>>, b: typeof a) =>
      a
        .filter(([, values], i) => values.some((value, j) => value !== b[i]?.[1][j]))
        .map(([name]) => name.slice(8, 9));
    const before = await buffers();
    const iteration = loop.game.iterate();
    iteration.next().value?.loss.dispose();
    const read = await loop.game.readState();
    const afterD = [...read.arrays]
      .filter(([name]) => name.startsWith('buffers/'))
      .map(([name, { values }]) => [name, values] as const);
    expect(new Set(changed(before, afterD))).toEqual(new Set(['d']));
    iteration.next().value?.loss.dispose();
    iteration.next();
    expect(new Set(changed(afterD, await buffers()))).toEqual(new Set(['g']));
    loop.dispose();
  });
});
