import { describe, expect, test } from 'vitest';
import { createStream } from '@/lib/util/random';
import { kernelDistance } from './kernel-distance';

const normal = (rows: number, size: number, seed: number, shift = 0) => {
  const stream = createStream('kernel distance', seed);
  return Float32Array.from({ length: rows * size }, () => stream.normal() + shift);
};

describe('the kernel distance', () => {
  test.each([
    [0, 1],
    [0.5, -2],
    [1, 1],
  ])('of points at %f and %f is that of the kernel', (a, b) => {
    const expected = (a * a + 1) ** 3 + (b * b + 1) ** 3 - 2 * (a * b + 1) ** 3;
    const at = (value: number) => new Float32Array(4).fill(value);
    expect(kernelDistance(at(a), at(b), 1)).toBeCloseTo(expected, 6);
  });

  test('of N(0, 1) and N(μ, 1) is on average what their moments say', () => {
    // Σ C(3, k) (E xᵏ - E yᵏ)²: means μ, squares 1 + μ², cubes 3 μ + μ³.
    const shift = 1;
    const expected = 3 * shift ** 2 + 3 * shift ** 4 + (3 * shift + shift ** 3) ** 2;
    const found = Array.from({ length: 16 }, (_, i) =>
      kernelDistance(normal(500, 1, i), normal(500, 1, i + 100, shift), 1),
    ).reduce((sum, value) => sum + value / 16, 0);
    expect(Math.abs(found / expected - 1)).toBeLessThan(0.15);
  });

  test('of a sample and another of the same distribution is near 0, and can be below it', () => {
    const found = [1, 2, 3, 4, 5, 6].map((seed) =>
      kernelDistance(normal(400, 8, seed), normal(400, 8, seed + 100), 8),
    );
    expect(Math.max(...found.map(Math.abs))).toBeLessThan(0.02);
    expect(Math.min(...found)).toBeLessThan(0);
  });

  test('needs two rows on each side', () => {
    expect(kernelDistance(normal(1, 2, 1), normal(9, 2, 2), 2)).toBeNaN();
  });
});
