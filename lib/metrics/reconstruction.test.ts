import { expect, test } from 'vitest';
import { createStream } from '@/lib/util/random';
import { meanCorrelation, relativeFigures, sharpnessRatio } from './reconstruction';

test('a copy that is moved by a known share of its length is off by that share', () => {
  const a = Float32Array.of(3, 4, 0, 1, 0, 0);
  const b = Float32Array.of(3.03, 4.04, 0, 1.5, 0, 0);
  // 0.05 of 5, and 0.5 of 1; the third row has no length and is met exactly.
  const { relative, within } = relativeFigures(a, b, 2, 0.011);
  expect(relative).toBeCloseTo((0.01 + 0.5) / 2, 5);
  expect(within).toBe(2 / 3);
  expect(relativeFigures(a, a, 2, 0)).toEqual({ relative: 0, within: 1 });
  expect(relativeFigures(new Float32Array(2), Float32Array.of(1, 0), 2, 1)).toEqual({ within: 0 });
});

test('features that follow theirs correlate by 1, mirrored ones by -1, strangers by 0', () => {
  const stream = createStream('correlation');
  const a = Float32Array.from({ length: 4_000 }, () => stream.normal());
  expect(
    meanCorrelation(
      a,
      a.map((value) => 3 * value - 1),
      2,
    ),
  ).toBeCloseTo(1, 5);
  expect(
    meanCorrelation(
      a,
      a.map((value) => -value),
      2,
    ),
  ).toBeCloseTo(-1, 5);
  // One feature kept, one mirrored.
  expect(
    meanCorrelation(
      a,
      a.map((value, i) => (i % 2 ? -value : value)),
      2,
    ),
  ).toBeCloseTo(0, 5);
  const other = Float32Array.from({ length: 4_000 }, () => stream.normal());
  expect(Math.abs(meanCorrelation(a, other, 2) as number)).toBeLessThan(5 / Math.sqrt(4_000));
  expect(meanCorrelation(a, new Float32Array(4_000), 2)).toBeUndefined();
});

test('half the contrast is half as sharp, along both axes and not from image to image', () => {
  const a = Float32Array.of(0, 1, 1, 0, 5, 5, 5, 5);
  expect(sharpnessRatio(a, a, [2, 2, 1])).toBe(1);
  expect(
    sharpnessRatio(
      a,
      a.map((value) => value / 2),
      [2, 2, 1],
    ),
  ).toBe(0.5);
  const blurred = Float32Array.of(0.5, 0.5, 0.5, 0.5, 5, 5, 5, 5);
  expect(sharpnessRatio(a, blurred, [2, 2, 1])).toBe(0);
  expect(sharpnessRatio(blurred, a, [2, 2, 1])).toBeUndefined();
});
