import { expect, test } from 'vitest';
import { findSurplus, nextSnapshot } from './snapshot-rule';

const grid = (last: number) => {
  const iterations = [0];
  while ((iterations.at(-1) as number) < last) iterations.push(nextSnapshot(iterations.at(-1) as number));
  return iterations;
};

test('intervals grow: 32 snapshots in 100 iterations, 104 in 100,000', () => {
  expect(grid(20)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 21]);
  expect([100, 100_000].map((last) => grid(last).length)).toEqual([32, 104]);
});

test('within the limits nothing goes', () => {
  const kept = grid(1_000).map((iteration) => ({ iteration, bytes: 1 }));
  expect(findSurplus(kept)).toEqual([]);
  expect(findSurplus(kept.slice(0, 2), { bytes: 0, count: 0 })).toEqual([]);
});

test('beyond them the one goes whose neighbours are nearest, of equals the oldest; first and newest stay', () => {
  const kept = [0, 100, 200, 210, 900].map((iteration) => ({ iteration, bytes: 10 }));
  expect(findSurplus(kept, { bytes: 40, count: 9 })).toEqual([200]);
  expect(findSurplus(kept, { bytes: 20, count: 9 })).toEqual([200, 210, 100]);
  expect(
    findSurplus(
      [0, 1, 3, 7, 15].map((iteration) => ({ iteration, bytes: 1 })),
      { bytes: 4, count: 9 },
    ),
  ).toEqual([1]);
  expect(findSurplus(kept, { bytes: 1e9, count: 3 })).toHaveLength(2);
});

test('what is left of a long run covers all of it', () => {
  const kept = grid(50_000).map((iteration) => ({ iteration, bytes: 1 }));
  const gone = new Set(findSurplus(kept, { bytes: 20, count: 200 }));
  const left = kept.map(({ iteration }) => iteration).filter((iteration) => !gone.has(iteration));
  expect(left).toHaveLength(20);
  const ratios = left.slice(1).map((iteration, i) => (iteration + 1) / ((left[i] as number) + 1));
  expect(Math.max(...ratios)).toBeLessThan(3);
});
