import { expect, it } from 'vitest';
import { ratioFigures } from './density-ratio';

/** The pair of the reference: a mixture against a Gaussian, on a grid of 4,000 cells over [-10, 10]. */
const cell = 20 / 4000;
const xs = Array.from({ length: 4000 }, (_, i) => -10 + (i + 0.5) * cell);
const normal = (x: number, mean: number, sd: number) =>
  Math.exp(-0.5 * ((x - mean) / sd) ** 2) / (sd * Math.sqrt(2 * Math.PI));
const p = xs.map((x) => 0.5 * normal(x, -1.5, 0.5) + 0.5 * normal(x, 1.5, 0.5));
const q = xs.map((x) => normal(x, 0.5, 1.5));
const best = xs.map((_, i) => Math.log((p[i] as number) / (q[i] as number)));
const shares = xs.map((_, i) => (p[i] as number) / ((p[i] as number) + (q[i] as number)));
const integral = (f: (i: number) => number) => xs.reduce((sum, _, i) => sum + f(i) * cell, 0);

it('the best discriminator has no error', () => {
  const { meanError, maxError, valueGap } = ratioFigures(best, p, q, cell);
  expect(meanError).toBeCloseTo(0, 12);
  expect(maxError).toBeCloseTo(0, 12);
  expect(valueGap).toBeCloseTo(0, 10);
});

it('one that knows nothing misses by ½ |p - q| / (p + q), and by the value -1.1090 + log 4', () => {
  const { meanError, maxError, valueGap } = ratioFigures(new Float64Array(4000), p, q, cell);
  expect(meanError).toBeCloseTo(
    integral((i) => 0.25 * Math.abs((p[i] as number) - (q[i] as number))),
    10,
  );
  expect(valueGap).toBeCloseTo(Math.log(4) - 1.109, 3);
  expect(maxError).toBeLessThanOrEqual(0.5);
});

it('one with its labels swapped, or smoothed on both sides, is recognised', () => {
  const swapped = ratioFigures(
    best.map((a) => -a),
    p,
    q,
    cell,
  );
  expect(swapped.meanError).toBeGreaterThan(0.1);
  expect(swapped.valueGap).toBeGreaterThan(0.5);
  const smooth = shares.map((share) => 0.9 * share);
  const logits = smooth.map((share) => Math.log(share / (1 - share)));
  expect(ratioFigures(logits, p, q, cell).meanError).toBeCloseTo(
    integral((i) => (0.1 * (shares[i] as number) * ((p[i] as number) + (q[i] as number))) / 2),
    8,
  );
});

it('takes what D is to say of real data: then the lowered curve is the best one', () => {
  const smooth = shares.map((share) => 0.9 * share);
  const logits = smooth.map((share) => Math.log(share / (1 - share)));
  const { meanError, maxError, valueGap } = ratioFigures(logits, p, q, cell, 0.9);
  expect(meanError).toBeCloseTo(0, 12);
  expect(maxError).toBeCloseTo(0, 12);
  expect(valueGap).toBeCloseTo(0, 10);
  expect(ratioFigures(best, p, q, cell, 0.9).valueGap).toBeGreaterThan(0.01);
});
