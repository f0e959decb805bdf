import { describe, expect, test } from 'vitest';
import { createStream } from '@/lib/util/random';
import { copyingFigures } from './copying';

const normals = (rows: number, seed: number, shift = 0, sd = 1) => {
  const stream = createStream('copying', seed);
  return Float32Array.from({ length: rows * 2 }, () => sd * stream.normal() + shift);
};
const of = (samples: Float32Array, cells = 5, unseen = normals(400, 2)) =>
  copyingFigures({ samples, unseen, data: normals(400, 1) }, 2, cells, createStream('cells'));

describe('copying', () => {
  test('of new draws is a score of chance', () => {
    const scores = Array.from({ length: 20 }, (_, i) => of(normals(400, 10 + i)).score);
    const mean = scores.reduce((sum, value) => sum + value / 20, 0);
    expect(Math.abs(mean)).toBeLessThan(1.5);
    expect(Math.max(...scores.map(Math.abs))).toBeLessThan(4);
    expect(of(normals(400, 30)).nearer).toBeCloseTo(0.5, 1);
  });

  test('of the data, and of what is near it, is far below 0; of what is far off, far above', () => {
    const noise = normals(400, 3, 0, 0.01);
    const near = normals(400, 1).map((value, i) => value + (noise[i] as number));
    for (const copies of [normals(400, 1), near]) {
      expect(of(copies).score).toBeLessThan(-4);
      expect(of(copies).nearer).toBeGreaterThan(0.8);
    }
    expect(of(normals(400, 4, 0, 3)).score).toBeGreaterThan(3);
  });

  test('in one place is found, though samples elsewhere are far off', () => {
    // Copies of what is to the left, and what is scattered to the right.
    const [data, far] = [normals(400, 1), normals(400, 5, 0, 3)];
    const rows = (from: Float32Array, keep: (x: number) => boolean) =>
      Array.from({ length: 400 }, (_, i) => [...from.subarray(2 * i, 2 * i + 2)]).filter(([x = 0]) =>
        keep(x),
      );
    const mixed = Float32Array.from(
      [...rows(data, (x) => x < -0.5), ...rows(far, (x) => x > 0.5).slice(0, 120)].flat(),
    );
    expect(of(mixed).score).toBeLessThan(of(mixed, 1).score);
  });

  test('is the Z-score of U by hand in one cell', () => {
    // Distances to 0: samples 1 … 20, unseen 0.5 and 30. U = 20 pairs farther of 40; Z = 0.
    const samples = Float32Array.from({ length: 20 }, (_, i) => i + 1);
    const by = (...unseen: number[]) =>
      copyingFigures(
        { samples, unseen: Float32Array.from(unseen), data: Float32Array.of(0) },
        1,
        3,
        createStream('one'),
      );
    expect(by(0.5, 30)).toEqual({ score: 0, nearer: 0.5 });
    // Both farther than all: U = 0, Z = -20 / √(40 · 23 / 12).
    expect(by(30, 40).score).toBeCloseTo(-20 / Math.sqrt((40 * 23) / 12), 10);
    // Equal distances count half: 19 pairs below, one equal.
    expect(by(20).score).toBeCloseTo((0.5 - 10) / Math.sqrt((20 * 22) / 12), 10);
  });

  test('says nothing where a side is missing, or has too few samples', () => {
    const none = new Float32Array();
    expect(of(none).score).toBeNaN();
    expect(of(normals(19, 6), 1).score).toBeNaN();
    expect(of(normals(400, 7), 5, none).score).toBeNaN();
    const withoutData = { samples: normals(40, 8), unseen: normals(40, 9), data: none };
    expect(copyingFigures(withoutData, 2, 5, createStream('none')).score).toBeNaN();
  });
});
