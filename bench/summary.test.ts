import { expect, test } from 'vitest';
import { fitLine, fitPower, isClearlySlower, summarise } from './summary';

test('a summary is the median with the lowest and the highest', () => {
  expect(summarise([3, 1, 2])).toEqual({ median: 2, low: 1, high: 3 });
  expect(summarise([4, 1, 2, 3])).toEqual({ median: 2.5, low: 1, high: 4 });
  expect(summarise([]).median).toBeNaN();
});

test('clearly slower: every repeat above every repeat of the other', () => {
  const ours = summarise([10, 11, 12]);
  expect(isClearlySlower(summarise([15, 16, 18]), ours)).toBe(true);
  expect(isClearlySlower(summarise([11.5, 16, 18]), ours)).toBe(false);
  expect(isClearlySlower(ours, summarise([15, 16, 18]))).toBe(false);
});

test('a power is found again from its points, and noise lowers R²', () => {
  const xs = [1, 10, 100, 1000];
  const { slope, factor, r2 } = fitPower(xs.map((x) => [x, 3 * x ** 0.8]));
  expect(slope).toBeCloseTo(0.8);
  expect(factor).toBeCloseTo(3);
  expect(r2).toBeCloseTo(1);
  const noisy = fitPower(xs.map((x, i) => [x, 3 * x ** 0.8 * (i % 2 === 0 ? 1 : 4)]));
  expect(noisy.r2).toBeLessThan(0.99);
});

test('a line is found again, and the worst relative error of another curve is told', () => {
  const xs = [1, 10, 100, 1000];
  const line = fitLine(xs.map((x) => [x, 5 + 0.2 * x]));
  expect(line.fixed).toBeCloseTo(5);
  expect(line.perUnit).toBeCloseTo(0.2);
  expect(line.worst).toBeCloseTo(0);
  expect(fitLine(xs.map((x) => [x, x ** 2])).worst).toBeGreaterThan(0.3);
});
