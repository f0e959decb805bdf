import { describe, expect, test } from 'vitest';
import { createStream } from '@/lib/util/random';
import { probeAccuracy } from './linear-probe';

const ROWS = 2_000;
const stream = createStream('linear probe');
const classes = Int32Array.from({ length: ROWS }, () => Math.floor(4 * stream.uniform()));
/** Rows of `size` features, from the class and noise. */
const features = (size: number, of: (k: number, i: number) => number) =>
  Float32Array.from({ length: ROWS * size }, (_, at) =>
    of(classes[Math.floor(at / size)] as number, at % size),
  );

describe('a linear probe', () => {
  test('is right where classes are apart along directions, whatever their scale and offset', () => {
    const corners = features(2, (k, i) => 1e3 * ((k >> i) & 1) + 5e4 + 50 * stream.normal());
    expect(probeAccuracy(corners, 2, classes, 4)).toBe(1);
  });

  test('guesses where features know nothing, and where they never change', () => {
    const noise = features(8, () => stream.normal());
    expect(Math.abs(probeAccuracy(noise, 8, classes, 4) - 0.25)).toBeLessThan(0.05);
    const constant = features(3, () => 7);
    expect(Math.abs(probeAccuracy(constant, 3, classes, 4) - 0.25)).toBeLessThan(0.05);
  });

  test('cannot distinguish what no plane divides', () => {
    const pairs = classes.map((k) => (k === 0 || k === 3 ? 1 : 0));
    const corners = features(2, (k, i) => ((k >> i) & 1) - 0.5 + 0.1 * stream.normal());
    // A line has at most three of four corners right.
    expect(probeAccuracy(corners, 2, pairs, 2)).toBeLessThan(0.8);
    const product = Float32Array.from(
      { length: ROWS },
      (_, row) => (corners[2 * row] as number) * (corners[2 * row + 1] as number),
    );
    expect(probeAccuracy(product, 1, pairs, 2)).toBeGreaterThan(0.99);
  });

  test('is tried on rows that it has not seen: as many features as rows do not help', () => {
    const many = Float32Array.from({ length: 200 * 100 }, () => stream.normal());
    expect(probeAccuracy(many, 100, classes.subarray(0, 200), 4)).toBeLessThan(0.5);
  });

  test('is fitted on as many rows as have labels: more of them help', () => {
    const corners = features(20, (k, i) => Number(i === k) + 0.5 * stream.normal());
    const [few, many] = [12, 400].map((labelled) => probeAccuracy(corners, 20, classes, 4, labelled)) as [
      number,
      number,
    ];
    expect(many).toBeGreaterThan(0.75);
    expect(few).toBeLessThan(many - 0.1);
    expect(probeAccuracy(corners, 20, classes, 4, ROWS)).toBeNaN();
  });

  test('meets a class that the first half lacks, and too few rows', () => {
    const late = Int32Array.from({ length: 8 }, (_, i) => (i < 4 ? 0 : 1));
    expect(probeAccuracy(new Float32Array(8).fill(1), 1, late, 2)).toBe(0);
    expect(probeAccuracy(new Float32Array(3), 1, late.subarray(0, 3), 2)).toBeNaN();
  });
});
