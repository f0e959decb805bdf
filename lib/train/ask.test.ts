import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Plan } from '@/lib/compile/plan';
import { type CompiledGame, createGame } from '@/lib/compile/tf/game';
import { type Engine, startBackend } from '@/lib/engine/backend';
import { defined } from '@/lib/util/assert';
import { type AnswerTo, type Ask, answer } from './ask';
import { decodeCheckpoint, digestOf } from './checkpoint';
import { hasFeatures } from './nearest-examples';
import { createObserver } from './observe';
import { classInputs, drawSet, generatedBy, PROBED } from './sample-set';
import { loadExample, planOf } from './testing/train';
import { createWholeStates } from './whole-states';

let engine: Engine;
const games: CompiledGame[] = [];
const gameOf = (id: string): { plan: Plan; game: CompiledGame; of: { node: string; port: string } } => {
  const plan = planOf(loadExample(id, { batchSize: 8 }));
  const game = createGame(engine.tf, plan);
  games.push(game);
  return { plan, game, of: defined(generatedBy(plan)[0], 'fakes') };
};
const asking = async <A extends Ask>(game: CompiledGame, ask: A) => {
  const { checkpoint } = createWholeStates({
    plan: game.plan,
    game,
    isBegun: () => false,
    hasUnread: () => false,
    trustReads() {},
  });
  return (await answer(
    { game, measure: createObserver(game, () => 0).metrics, checkpoint, lookBack: async () => ({}) },
    ask,
  )) as AnswerTo<A>;
};
beforeAll(async () => {
  engine = await startBackend('wasm');
});
afterAll(() => {
  for (const game of games) game.dispose();
});

test('a sample is the same in any company, and no state is touched', async () => {
  const { game, of } = gameOf('dcgan-glyphs');
  const before = digestOf(await game.readState());
  const many = await asking(game, { type: 'samples', of, numbers: [3, 4, 5] });
  const one = await asking(game, { type: 'samples', of, numbers: [4] });
  const size = one.samples.data.length;
  const second = many.samples.data.subarray(size, 2 * size);
  expect(
    Math.max(...second.map((value, i) => Math.abs(value - (one.samples.data[i] as number)))),
  ).toBeLessThan(1e-5);
  expect(many.samples.data.subarray(0, size)).not.toEqual(second);
  expect(digestOf(await game.readState())).toBe(before);
  const tensors = engine.tf.memory().numTensors;
  await asking(game, { type: 'samples', of, numbers: [4] });
  expect(engine.tf.memory().numTensors).toBe(tensors);
});

test('the state is all that a run goes on from', async () => {
  const { game } = gameOf('ring');
  const decoded = decodeCheckpoint(await asking(game, { type: 'state' }));
  expect(decoded.ok && digestOf(decoded.checkpoint.data)).toBe(digestOf(await game.readState()));
});

test('what is given takes the place of what is drawn', async () => {
  const { game, of } = gameOf('ring');
  const drawn = await asking(game, { type: 'samples', of, numbers: [0, 1] });
  const [[at, z] = ['', undefined]] = Object.entries(drawn.read);
  const size = (z?.data.length ?? 0) / 2;
  const swapped = new Float32Array([...(z?.data.subarray(size) ?? []), ...(z?.data.subarray(0, size) ?? [])]);
  const { samples } = await asking(game, { type: 'samples', of, numbers: [8, 9], given: { [at]: swapped } });
  const [a, b] = [drawn.samples.data.subarray(0, 2), drawn.samples.data.subarray(2)];
  expect([...samples.data]).toEqual([...b, ...a]);
});

test('as many samples of every class where a game has labels', async () => {
  const { plan, game, of } = gameOf('conditional-gan');
  const probed = await game.makeSamples({ of, numbers: PROBED });
  const [perClass] = classInputs(plan, probed);
  const classes = defined(perClass, 'classes').names.length;
  const set = await drawSet((request) => game.makeSamples(request), {
    of,
    first: 5,
    count: 2,
    perClass: defined(perClass, 'classes'),
  });
  expect(set.dims[0]).toBe(2 * classes);
  expect(set.seeds.slice(0, 4)).toEqual([5, 6, 5, 6]);
  expect(set.classes?.slice(0, 3)).toEqual([perClass?.names[0], perClass?.names[0], perClass?.names[1]]);
  // The same noise under another label is another sample.
  expect(set.data.subarray(0, 2)).not.toEqual(set.data.subarray(4, 6));
  const { game: unlabelled, plan: ring, of: fake } = gameOf('ring');
  expect(classInputs(ring, await unlabelled.makeSamples({ of: fake, numbers: PROBED }))).toEqual([]);
});

test('a search finds what makes a sample, and a mask leaves the rest out of it', async () => {
  const { game, of } = gameOf('gan-lab');
  const { samples, read } = await asking(game, { type: 'samples', of, numbers: [7] });
  const [at = ''] = Object.keys(read);
  const search = {
    type: 'search',
    of,
    numbers: [1],
    at,
    target: samples.data,
    steps: 150,
    learningRate: 0.1,
    smooth: 0,
  } as const;
  const start = await asking(game, { ...search, steps: 1 });
  const found = await asking(game, search);
  expect(found.costs[0]).toBeLessThan(1e-3);
  expect(found.costs[0]).toBeLessThan((start.costs[0] as number) / 10);
  const free = await asking(game, { ...search, mask: Float32Array.of(0, 0) });
  expect(free.costs).toEqual([0]);
});

test('directions are steps of the noise, the one that changes most first', async () => {
  const { game, of } = gameOf('dcgan-glyphs');
  const [at = ''] = Object.keys((await game.makeSamples({ of, numbers: [0] })).read);
  const steps = await asking(game, { type: 'directions', of, at, count: 3 });
  expect(steps).toHaveLength(3);
  for (const step of steps) expect(step.every(Number.isFinite)).toBe(true);
  // Directions of an untrained first layer are near to orthogonal in the noise too.
  const [a, b] = steps as [Float32Array, Float32Array];
  const dot = (x: Float32Array, y: Float32Array) =>
    x.reduce((sum, value, i) => sum + value * (y[i] as number), 0);
  expect(Math.abs(dot(a, b)) / Math.sqrt(dot(a, a) * dot(b, b))).toBeLessThan(0.5);
});

const numbers = { type: 'nearest', by: 'numbers' } as const;

test('the nearest example of a data point is itself', async () => {
  const { game, plan } = gameOf('ring');
  const data = defined(
    plan.game.find(({ outputShapes }) => outputShapes.x?.dims[0] === 2 && 'labels' in outputShapes),
    'data',
  );
  const { x = new Float32Array() } = game.drawRows(data.id, [17]);
  const found = await asking(game, { ...numbers, samples: Float32Array.of(...x, 50, 50), dims: [2] });
  expect(found?.examples.subarray(0, 2)).toEqual(x);
  expect(found?.distances[0]).toBe(0);
  expect(found?.distances[1]).toBeGreaterThan(40);
  expect(await asking(game, { ...numbers, samples: new Float32Array(3), dims: [3] })).toBeUndefined();
});

test('the nearest example by features is that of the features of a classifier', async () => {
  const { game, plan } = gameOf('dcgan-glyphs');
  const dims = [28, 28, 1];
  expect(hasFeatures(plan, dims)).toBe(true);
  expect(hasFeatures(plan, [3])).toBe(false);
  const data = defined(
    plan.game.find(({ outputShapes }) => outputShapes.x?.dims[0] === 28),
    'data',
  );
  const { x = new Float32Array() } = game.drawRows(data.id, [17]);
  // The same glyph two pixels further.
  const moved = x.map((_, i) => (i % 28 < 2 ? -1 : (x[i - 2] as number)));
  const ask = { type: 'nearest', samples: moved, dims } as const;
  const [found, other] = [
    await asking(game, { ...ask, by: 'features' }),
    await asking(game, { ...ask, by: 'numbers' }),
  ];
  const same = await asking(game, { ...ask, by: 'features', samples: x });
  expect(same?.distances[0]).toBe(0);
  expect(same?.examples).toEqual(x);
  expect(found?.distances[0]).toBeGreaterThan(0);
  expect(found?.distances[0]).not.toBe(other?.distances[0]);
  const unlabelled = { type: 'nearest', by: 'features', samples: new Float32Array(3), dims: [3] } as const;
  expect(await asking(game, unlabelled)).toBeUndefined();
});

test('metrics of now, and how far the run had come', async () => {
  const { game } = gameOf('gan-lab');
  const { iteration, values } = await asking(game, { type: 'metrics' });
  expect(iteration).toBe(0);
  expect(Object.values(values).flatMap((each) => Object.values(each))).not.toEqual([]);
});
