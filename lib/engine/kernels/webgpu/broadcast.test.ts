import { expect, test } from 'vitest';
import { mergeAxes } from './broadcast';

test.each([
  [[16, 8, 8, 8, 12], [12], [8192, 12], [1, 12], [16, 8, 8, 8, 12]],
  [[2, 3, 4, 5, 6], [2, 3, 4, 5, 6], [720], [720], [2, 3, 4, 5, 6]],
  [
    [2, 1, 1, 1, 6],
    [2, 3, 4, 5, 6],
    [2, 1, 6],
    [2, 60, 6],
    [2, 3, 4, 5, 6],
  ],
  [[], [2, 3, 4, 5, 6], [1], [720], [2, 3, 4, 5, 6]],
  [[1, 1, 1, 1, 1], [1], [], [], [1, 1, 1, 1, 1]],
])('%j with %j is the same as %j with %j', (a, b, first, second, shape) => {
  expect(mergeAxes(a, b)).toEqual({ first, second, shape });
});
