import { expect, test } from 'vitest';
import { createCurves } from './curves';
import { joinCurves } from './join-curves';

test('runs of other lengths share one grid, with gaps where one has no value', () => {
  const [short, long] = [createCurves(4), createCurves(4)];
  short.append('loss', [0, 1, 2], [5, 6, 7]);
  long.append('loss', [0, 1, 2, 3, 4, 5], [1, 3, 1, 3, 1, 3]);
  expect(long.stride).toBe(2);
  const joined = joinCurves([
    { curves: short, series: 'loss' },
    { curves: long, series: 'loss' },
    { curves: long, series: 'none' },
  ]);
  expect(joined.map((column) => [...column])).toEqual([
    [0, 1, 2, 4],
    [5, 6, 7, Number.NaN],
    [2, Number.NaN, 2, 2],
    [Number.NaN, Number.NaN, Number.NaN, Number.NaN],
  ]);
});

test('nothing joined is an empty grid', () => {
  expect(joinCurves([]).map((column) => [...column])).toEqual([[]]);
});
