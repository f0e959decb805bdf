import { describe, expect, it } from 'vitest';
import { createStream } from '@/lib/util/random';
import { processorTime } from '@/lib/util/testing/processor-time';
import { nearestRows } from './nearest';
import { nearestClasses } from './testing/nearest-classes';

const rows = (count: number, size: number, seed: number) => {
  const stream = createStream(seed);
  return Float32Array.from({ length: count * size }, () => stream.normal());
};

describe('nearestRows', () => {
  it('agrees with a full search', () => {
    const [size, reference, samples] = [150, rows(40, 150, 1), rows(25, 150, 2)];
    const { index, distance } = nearestRows(samples, reference, size);
    for (let row = 0; row < 25; row++) {
      const all = Array.from({ length: 40 }, (_, candidate) => {
        let squared = 0;
        for (let i = 0; i < size; i++)
          squared += ((samples[row * size + i] as number) - (reference[candidate * size + i] as number)) ** 2;
        return Math.sqrt(squared);
      });
      expect(distance[row]).toBeCloseTo(Math.min(...all), 10);
      expect(all[index[row] as number]).toBe(Math.min(...all));
    }
  });

  it('finds no neighbour of a row that is not finite', () => {
    const { index, distance } = nearestRows(Float32Array.of(Number.NaN, 0), rows(5, 2, 3), 2);
    expect([index[0], distance[0]]).toEqual([-1, Number.POSITIVE_INFINITY]);
  });
});

describe('nearestClasses', () => {
  const reference = {
    x: Float32Array.of(0, 0, 10, 0, 0, 10),
    labels: Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1),
  };

  it('gives the share of each class and the mean distance', () => {
    const samples = Float32Array.of(0, 1, 1, 0, 10, 2, 0, 0);
    const { shares, meanDistance } = nearestClasses(samples, reference, 2, 3);
    expect(shares).toEqual([0.75, 0.25, 0]);
    expect(meanDistance).toBe(1);
  });

  it('searches 2,000 images of 28 × 28 for 500 within 4 s', () => {
    const started = processorTime();
    nearestClasses(
      rows(500, 784, 4),
      { x: rows(2000, 784, 5), labels: new Float32Array(20_000).fill(1) },
      784,
      10,
    );
    expect(processorTime() - started).toBeLessThan(4000);
  });
});
