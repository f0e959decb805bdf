import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCurves, smooth } from './curves';

test('short runs keep every iteration', () => {
  const history = createCurves(16);
  history.append('d', [0, 1, 2], [0.5, 0.25, 0.125]);
  expect([...history.curve('d').iterations]).toEqual([0, 1, 2]);
  expect([...history.curve('d').values]).toEqual([0.5, 0.25, 0.125]);
  expect(history.last('d')).toBe(0.125);
});

test('several updates in one iteration are averaged', () => {
  const history = createCurves(16);
  history.append('d', [1, 1, 2, 2], [1, 3, 10, 20]);
  expect([...history.curve('d').values]).toEqual([2, 15]);
});

test('a million updates stay within the capacity and keep their mean', () => {
  const history = createCurves(1024);
  const chunk = 10_000;
  for (let start = 0; start < 1_000_000; start += chunk) {
    const iterations = Float64Array.from({ length: chunk }, (_, i) => start + i);
    history.append('g', iterations, iterations);
  }
  const { iterations, values } = history.curve('g');
  expect(values.length).toBeLessThanOrEqual(1024);
  expect(values.length).toBeGreaterThan(256);
  expect(iterations.at(-1)).toBeGreaterThanOrEqual(1_000_000 - history.stride);
  // The mean of bucket i of stride s over 0 … n is (i + ½) s - ½.
  expect(values[100]).toBeCloseTo(100.5 * history.stride - 0.5, 6);
});

test('series share one grid, with gaps where a series has no value', () => {
  const history = createCurves(16);
  history.append('d', [0, 1, 2, 3], [1, 2, 3, 4]);
  history.append('g', [1, 3], [20, 40]);
  const [iterations, d, g] = history.table(['d', 'g']);
  expect([...(iterations as Float64Array)]).toEqual([0, 1, 2, 3]);
  expect([...(d as Float64Array)]).toEqual([1, 2, 3, 4]);
  expect([...(g as Float64Array)]).toEqual([Number.NaN, 20, Number.NaN, 40]);
});

test('what is seldom measured stays at its iteration, on a coarse grid and kept', () => {
  const measured = Array.from({ length: 11 }, (_, i) => 500 * i);
  const history = createCurves(1024);
  history.append('modes', measured, measured);
  expect(history.stride).toBe(8);
  expect([...history.curve('modes').iterations]).toEqual(measured);
  expect([...(history.table(['modes'])[0] ?? [])].filter((at) => at % 8 !== 0)).toEqual([
    500, 1500, 2500, 3500, 4500,
  ]);

  const again = createCurves(1024);
  again.restore(history.keep());
  for (const each of [history, again]) each.append('modes', [700_000], [1]);
  expect(history.stride).toBe(1024);
  // Two to a bucket, named by the first.
  expect([...again.curve('modes').iterations]).toEqual([0, 1500, 2500, 3500, 4500, 700_000]);
  expect(again.curve('modes')).toEqual(history.curve('modes'));

  // Runs of before say where buckets begin.
  const { firsts: _, ...older } = history.keep();
  again.restore(older);
  expect([...again.curve('modes').iterations].slice(0, 3)).toEqual([0, 1024, 2048]);
});

test('going back to a checkpoint forgets what came after it', () => {
  const history = createCurves(16);
  history.append('d', [0, 1, 2, 3], [1, 2, 3, 4]);
  history.truncate(2);
  history.append('d', [2], [30]);
  expect([...history.curve('d').values]).toEqual([1, 2, 30]);
});

test('the sum over buckets is the sum over values, whatever the order of merging', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 1, maxLength: 300 }), (values) => {
      const history = createCurves(32);
      values.forEach((value, i) => {
        history.append('x', [i], [value]);
      });
      const { values: means } = history.curve('x');
      const stride = history.stride;
      const total = [...means].reduce(
        (sum, mean, i) => sum + mean * Math.min(stride, values.length - i * stride),
        0,
      );
      expect(means.length).toBeLessThanOrEqual(32);
      expect(total).toBeCloseTo(
        values.reduce((a, b) => a + b, 0),
        6,
      );
    }),
  );
});

test('smoothing keeps a constant and starts without bias', () => {
  expect([...smooth(Float64Array.of(3, 3, 3), 0.9)].map((v) => Math.round(v * 1e9) / 1e9)).toEqual([3, 3, 3]);
  expect([...smooth(Float64Array.of(1, Number.NaN, 1), 0.5)]).toEqual([1, Number.NaN, 1]);
});
