import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createStream } from '@/lib/util/random';
import { wasserstein, wassersteinOnLine } from './wasserstein';

const normals = (n: number, seed: number, mean = 0, sd = 1) => {
  const stream = createStream(seed);
  return Float32Array.from({ length: n }, () => mean + sd * stream.normal());
};
const numbers = fc
  .array(fc.integer({ min: -100, max: 100 }), { minLength: 1, maxLength: 12 })
  .map((values) => Float32Array.from(values));

describe('on the line', () => {
  it('is the shift of a shifted sample, exactly', () => {
    const a = normals(1000, 1);
    expect(
      wassersteinOnLine(
        a,
        a.map((value) => value + 3),
      ),
    ).toBeCloseTo(3, 5);
  });

  it('between Gaussians is the shift, and E|Z| |σ - τ| for two widths', () => {
    expect(wassersteinOnLine(normals(40_000, 1), normals(40_000, 2, 1.5))).toBeCloseTo(1.5, 1);
    const widths = wassersteinOnLine(normals(40_000, 3), normals(30_000, 4, 0, 2));
    expect(Math.abs(widths - Math.sqrt(2 / Math.PI))).toBeLessThan(0.03);
  });

  it('equals ∫ |F - G| dx for samples of any sizes', () => {
    const share = (values: Float32Array, x: number) => values.filter((v) => v <= x).length / values.length;
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        let area = 0;
        for (let x = -100; x < 100; x++) area += Math.abs(share(a, x) - share(b, x));
        expect(wassersteinOnLine(a, b)).toBeCloseTo(area, 9);
      }),
    );
  });

  it('is a metric', () => {
    fc.assert(
      fc.property(numbers, numbers, numbers, (a, b, c) => {
        expect(wassersteinOnLine(a, a)).toBe(0);
        expect(wassersteinOnLine(a, b)).toBeCloseTo(wassersteinOnLine(b, a), 9);
        expect(wassersteinOnLine(a, c)).toBeLessThanOrEqual(
          wassersteinOnLine(a, b) + wassersteinOnLine(b, c) + 1e-9,
        );
      }),
    );
  });

  it('leaves out what is not finite', () => {
    expect(wassersteinOnLine(Float32Array.of(0, Number.NaN), Float32Array.of(1))).toBe(1);
    expect(wassersteinOnLine(Float32Array.of(Number.NaN), Float32Array.of(1))).toBeNaN();
  });
});

describe('sliced', () => {
  it('of a shift δ in the plane is |δ| 2/π', () => {
    const a = normals(4000, 5);
    const b = a.map((value, i) => value + (i % 2 === 0 ? 3 : 4));
    const distance = wasserstein(a, b, 2, createStream(1), 2000);
    // E|cos| = 2/π, deviation of the mean below 0.035
    expect(Math.abs(distance - (5 * 2) / Math.PI)).toBeLessThan(0.12);
  });

  it('depends on its stream only, and distinguishes a moved sample from an equal one', () => {
    const [a, b] = [normals(2000, 6), normals(2000, 7)];
    const far = b.map((value) => value + 1);
    const measure = (x: Float32Array, y: Float32Array) => wasserstein(x, y, 4, createStream(9));
    expect(measure(a, far)).toBe(measure(a, far));
    expect(measure(a, far)).toBeGreaterThan(4 * measure(a, b));
  });

  it('is exact on the line', () => {
    expect(wasserstein(Float32Array.of(0, 2), Float32Array.of(1), 1, createStream(1))).toBe(1);
  });
});
