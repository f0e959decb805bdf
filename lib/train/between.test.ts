import { expect, test } from 'vitest';
import { between, pointsBetween } from './between';

const length = (values: Float32Array | undefined) => Math.hypot(...(values ?? []));

test('a line goes through the middle, an arc keeps the length', () => {
  const [a, b] = [Float32Array.of(2, 0), Float32Array.of(0, 2)];
  const [start, middle, end] = between(a, b, 3, 'linear');
  expect([start, end]).toEqual([a, b]);
  expect(middle).toEqual(Float32Array.of(1, 1));
  const arc = between(a, b, 5, 'spherical');
  expect(arc).toHaveLength(5);
  for (const each of arc) expect(length(each)).toBeCloseTo(2, 5);
});

test.each([
  [Float32Array.of(1, 1), Float32Array.of(1, 1)],
  [Float32Array.of(1, 0), Float32Array.of(-1, 0)],
  [Float32Array.of(0, 0), Float32Array.of(3, 0)],
])('%j to %j has no arc: a line', (a, b) => {
  expect(between(a, b, 3, 'spherical')).toEqual(between(a, b, 3, 'linear'));
});

test('noise goes along the path, labels and codes along a line, and both ends are reached', () => {
  const a = { z: Float32Array.of(2, 0), rest: { 'y.labels': Float32Array.of(1, 0) } };
  const b = { z: Float32Array.of(0, 2), rest: { 'y.labels': Float32Array.of(0, 1) } };
  const [start, middle, end] = pointsBetween(a, b, 3, 'spherical');
  expect([start, end]).toEqual([a, b]);
  expect(length(middle?.z)).toBeCloseTo(2, 5);
  expect(middle?.rest['y.labels']).toEqual(Float32Array.of(0.5, 0.5));
});
