import { expect, test } from 'vitest';
import { fitLine, fitPower, pairedRatio, summarise } from './summary';

test('a summary is the median with the lowest and the highest', () => {
  expect(summarise([3, 1, 2])).toEqual({ median: 2, low: 1, high: 3 });
  expect(summarise([4, 1, 2, 3])).toEqual({ median: 2.5, low: 1, high: 4 });
  expect(summarise([]).median).toBeNaN();
});

test('a ratio is taken repeat by repeat, so that a load which meets both leaves it alone', () => {
  expect(pairedRatio([15, 16, 45], [10, 10, 30])).toEqual({ median: 1.5, low: 1.5, high: 1.6 });
  expect(pairedRatio([3, 3], [1, 2, 4])).toEqual({ median: 2.25, low: 1.5, high: 3 });
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

test('a line is found again, and the worst relative error of another curve is reported', () => {
  const xs = [1, 10, 100, 1000];
  const line = fitLine(xs.map((x) => [x, 5 + 0.2 * x]));
  expect(line.fixed).toBeCloseTo(5);
  expect(line.perUnit).toBeCloseTo(0.2);
  expect(line.worst).toBeCloseTo(0);
  expect(fitLine(xs.map((x) => [x, x ** 2])).worst).toBeGreaterThan(0.3);
});
