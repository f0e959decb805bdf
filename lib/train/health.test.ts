import { beforeAll, describe, expect, test } from 'vitest';
import { startBackend } from '@/lib/engine/backend';
import type { Tf } from '@/lib/nodes/define';
import { createStream } from '@/lib/util/random';
import { digestOf } from './checkpoint';
import { createWatch } from './detectors/detectors';
import { createHeadlessLoop } from './headless';
import { createHealthChecks, type Health } from './health';
import { duelsOf } from './plan-duels';
import { sampleFigures } from './sample-figures';
import { scoreFigures } from './score-figures';
import { loadExample, planOf } from './testing/train';

let tf: Tf;
beforeAll(async () => {
  tf = (await startBackend('wasm')).tf;
});

const stream = createStream(7);
const points = (rows: number, at: (row: number) => readonly [number, number]) => ({
  data: Float32Array.from({ length: 2 * rows }, (_, i) => at(i >> 1)[i % 2] as number),
  dims: [rows, 2],
  label: 'points',
});
/** `count` Gaussians on a circle of radius 2. */
const ring = (count: number) => {
  const centers = Array.from({ length: 400 }, () => Math.floor(stream.uniform() * count));
  return points(400, (row) => {
    const angle = (2 * Math.PI * (centers[row] as number)) / 8;
    return [2 * Math.cos(angle) + 0.1 * stream.normal(), 2 * Math.sin(angle) + 0.1 * stream.normal()];
  });
};

describe('figures of samples', () => {
  test('are those of the data where fakes have its distribution', () => {
    const { distinct, covered, x, y } = sampleFigures(ring(8), ring(8)) as Record<string, number>;
    expect(distinct).toBeGreaterThan(35);
    expect(distinct).toBeLessThan(70);
    expect(covered).toBe(1);
    expect(Math.hypot(x as number, y as number)).toBeLessThan(0.3);
  });

  test('say how many modes of eight are left out', () => {
    const { covered } = sampleFigures(ring(8), ring(4)) as Record<string, number>;
    expect(covered).toBeGreaterThan(0.4);
    expect(covered).toBeLessThan(0.6);
  });

  test('of one point are of one example', () => {
    const { distinct } = sampleFigures(
      ring(8),
      points(400, () => [2, 0]),
    ) as Record<string, number>;
    expect(distinct).toBe(1);
  });
});

test('figures of scores: chance, means as probabilities, shares on the right side', () => {
  const boundary = { at: 0, isReversed: false, isLogit: true };
  const figures = scoreFigures(Float32Array.of(2, 1, -1, 3), Float32Array.of(-2, -1, 1, -3), boundary);
  // 16 pairs: 2 and 3 are above all, 1 above 3 and level with one, -1 above 2 and level with one.
  expect(figures).toMatchObject({ auc: (4 + 4 + 3.5 + 2.5) / 16, realRight: 0.75, fakeRight: 0.75 });
  expect((figures.real as number) + (figures.fake as number)).toBeCloseTo(1, 6);
  const reversed = scoreFigures(Float32Array.of(0.1), Float32Array.of(0.9), {
    at: 0.5,
    isReversed: true,
    isLogit: false,
  });
  expect(reversed).toMatchObject({ auc: 1, realRight: 1, fakeRight: 1 });
});

describe('duels of a plan', () => {
  test('who judges what, and where a score says “real”', () => {
    expect(duelsOf(planOf(loadExample('ring')))).toEqual([
      {
        loss: 'loss',
        scores: { real: { node: 'd-real', port: 'score' }, fake: { node: 'd-fake', port: 'score' } },
        samples: { real: { node: 'data', port: 'x' }, fake: { node: 'fake', port: 'x' } },
        discriminator: 'D',
        discriminatorPlayer: 'adam-d',
        generatorPlayer: 'adam-g',
        boundary: { at: 0, isReversed: false, isLogit: true },
      },
    ]);
  });

  test('a critic’s scores have no boundary, nor have relativistic ones', () => {
    for (const example of ['wgan-gp', 'adversarial-flow'])
      for (const { boundary } of duelsOf(planOf(loadExample(example)))) expect(boundary).toBeUndefined();
    expect(duelsOf(planOf(loadExample('cyclegan')))).toHaveLength(2);
  });
});

test('checks leave a run as it is, bit for bit, and see its gradients and units', async () => {
  const plan = planOf(loadExample('ring', { iterations: 6, batchSize: 16 }));
  const digest = async (isChecked: boolean) => {
    const loop = createHeadlessLoop(tf, plan);
    const checks = createHealthChecks(loop.game, () => 0);
    const seen: Health[] = [];
    for (let i = 0; i < 3; i++) {
      if (isChecked) seen.push(await checks.now());
      await loop.step();
    }
    const result = digestOf(await loop.game.readState());
    const { numTensors } = tf.memory();
    if (isChecked) await checks.now();
    expect(tf.memory().numTensors).toBe(numTensors);
    loop.dispose();
    return { result, seen };
  };
  const [plain, watched] = [await digest(false), await digest(true)];
  expect(watched.result).toBe(plain.result);
  expect(watched.seen[0]?.figures).toMatchObject({
    'gradient.adam-g': expect.any(Number),
    'weights.D': expect.any(Number),
    'off.g-act-1': expect.any(Number),
    'loss.auc': expect.any(Number),
  });
});

test('what a metric reports is in the next check, and in no other', async () => {
  const plan = planOf(loadExample('ac-gan-glyphs', { batchSize: 2 }));
  const loop = createHeadlessLoop(tf, plan);
  const checks = createHealthChecks(loop.game, () => 0);
  checks.note({ quality: { classifierError: 0.3, coverage: 10 }, accuracy: { error: 0.4 } });
  expect((await checks.now()).figures['judge.quality']).toBe(0.3);
  expect(Object.keys((await checks.now()).figures).filter((name) => name.startsWith('judge.'))).toEqual([]);
  loop.dispose();
});

test('a judge that errs on unseen data is found, with its error', () => {
  const judged = (error: number): Health => ({ iteration: 10, figures: { 'judge.quality': error } });
  expect(createWatch([]).add(judged(0.05))).toEqual([]);
  const [found] = createWatch([]).add(judged(0.34));
  expect(found).toMatchObject({ detector: 'weak-judge', node: 'quality' });
  expect(found?.message).toContain('34 %');
});

test('a failure is reported once for each node, until the game is changed', () => {
  const bad = (iteration: number): Health => ({ iteration, figures: { 'examples.norm': 2 } });
  const watch = createWatch([]);
  expect(watch.add(bad(10)).map(({ detector, node }) => [detector, node])).toEqual([
    ['few-examples', 'norm'],
  ]);
  expect(watch.add(bad(20))).toEqual([]);
  watch.forget();
  expect(watch.add(bad(30))).toHaveLength(1);
});

test('a failure says where the first of the checks was that it was found by', () => {
  const watch = createWatch([]);
  const found = [10, 20, 30, 40, 50].flatMap((iteration) =>
    watch.add({ iteration, figures: { 'off.relu': iteration === 10 ? 0 : 1 } }),
  );
  expect(found).toMatchObject([{ detector: 'dead-units', iteration: 50, since: 20 }]);
});

test('a layer of which a few units are enough is not called dead', () => {
  const offFor = (share: number) => {
    const watch = createWatch([]);
    return [10, 20, 30, 40].flatMap((iteration) => watch.add({ iteration, figures: { 'off.relu': share } }));
  };
  expect(offFor(0.73)).toEqual([]);
  expect(offFor(0.9).map(({ detector }) => detector)).toEqual(['dead-units']);
});
