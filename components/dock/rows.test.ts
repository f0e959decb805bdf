import { expect, test } from 'vitest';
import { inRows } from './rows';

test('what does not fit beside goes into the next row, and what is too wide has one of its own', () => {
  expect(inRows([40, 40, 40, 200, 10], 100, 10)).toEqual([
    { at: 0, row: 0 },
    { at: 50, row: 0 },
    { at: 0, row: 1 },
    { at: 0, row: 2 },
    { at: 0, row: 3 },
  ]);
});
