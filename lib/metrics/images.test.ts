import { describe, expect, it } from 'vitest';
import { createStream } from '@/lib/util/random';
import { peakSignalToNoise, structuralSimilarity } from './images';

const noise = (count: number, seed: number) => {
  const stream = createStream(seed, 'images');
  return Float32Array.from({ length: count }, () => 2 * stream.uniform() - 1);
};
const constant = (count: number, value: number) => new Float32Array(count).fill(value);

describe('peak signal to noise', () => {
  it('is 20 log10 of the peak over the error, averaged over examples', () => {
    const a = constant(8, 0);
    expect(peakSignalToNoise(a, constant(8, 0.2), 4)).toBeCloseTo(20, 5);
    const uneven = Float32Array.of(0.2, 0.2, 0.2, 0.2, 0.02, 0.02, 0.02, 0.02);
    expect(peakSignalToNoise(a, uneven, 4)).toBeCloseTo(30, 5);
    expect(peakSignalToNoise(a, a, 4)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('structural similarity', () => {
  const size = { height: 16, width: 14, channels: 3 };
  const count = 2 * 16 * 14 * 3;

  it('of an image with itself is 1, with another of noise near 0', () => {
    const [a, b] = [noise(count, 1), noise(count, 5)];
    expect(structuralSimilarity(a, a, size)).toBeCloseTo(1, 12);
    expect(Math.abs(structuralSimilarity(a, b, size))).toBeLessThan(0.05);
  });

  it('of two constants is that of their means', () => {
    const [a, b, c1] = [0.5, -0.25, 0.02 ** 2];
    const expected = (2 * a * b + c1) / (a * a + b * b + c1);
    expect(structuralSimilarity(constant(count, a), constant(count, b), size)).toBeCloseTo(expected, 10);
  });

  /** The one window of an image as large as the window, worked out as weighted moments. */
  it('of one window equals its formula', () => {
    const [a, b] = [noise(121, 2), noise(121, 3)];
    const weight = (i: number) => {
      const [y, x] = [Math.floor(i / 11) - 5, (i % 11) - 5];
      return Math.exp(-0.5 * ((x * x + y * y) / 1.5 ** 2));
    };
    const total = Array.from(a, (_, i) => weight(i)).reduce((sum, w) => sum + w, 0);
    const average = (f: (i: number) => number) =>
      Array.from(a, (_, i) => (weight(i) / total) * f(i)).reduce((sum, w) => sum + w, 0);
    const at = (from: Float32Array, i: number) => from[i] as number;
    const [mx, my] = [average((i) => at(a, i)), average((i) => at(b, i))];
    const vx = average((i) => (at(a, i) - mx) ** 2);
    const vy = average((i) => (at(b, i) - my) ** 2);
    const vxy = average((i) => (at(a, i) - mx) * (at(b, i) - my));
    const [c1, c2] = [0.02 ** 2, 0.06 ** 2];
    const expected = ((2 * mx * my + c1) * (2 * vxy + c2)) / ((mx ** 2 + my ** 2 + c1) * (vx + vy + c2));
    expect(structuralSimilarity(a, b, { height: 11, width: 11, channels: 1 })).toBeCloseTo(expected, 10);
  });

  it('takes images smaller than the window', () => {
    const a = noise(16, 4);
    expect(structuralSimilarity(a, a, { height: 4, width: 4, channels: 1 })).toBeCloseTo(1, 12);
  });
});
