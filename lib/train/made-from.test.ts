import { expect, test } from 'vitest';
import { givenBy, madeFrom } from './made-from';

const read = {
  'z.out': { label: 'z', dims: [3, 2], data: Float32Array.of(1, 2, 3, 4, 5, 6) },
  'y.labels': { label: 'labels', dims: [3, 1], data: Float32Array.of(7, 8, 9) },
};

test('a row of what sources gave, and rows as they are given back', () => {
  const points = [2, 0].map((row) => madeFrom(read, 'z.out', row));
  expect(points[0]).toEqual({ z: Float32Array.of(5, 6), rest: { 'y.labels': Float32Array.of(9) } });
  expect(givenBy(points, 'z.out')).toEqual({
    'z.out': Float32Array.of(5, 6, 1, 2),
    'y.labels': Float32Array.of(9, 7),
  });
});
