import { expect, test } from 'vitest';
import { isBrushed, nearestLine, parameterAxis, resultAxis } from './sweep-plot';
import type { ShownResult } from './sweeps';

const result = (value: unknown, modes?: number): ShownResult => ({
  id: `${value}`,
  status: 'done',
  values: { 'adam.rate': value as never },
  ...(modes !== undefined && { metrics: { 'quality.modes': modes } }),
});
const column = {
  id: 'quality.modes',
  label: 'Modes',
  value: ({ metrics = {} }: ShownResult) => metrics['quality.modes'],
};

test('numbers stand to scale, far apart by their logarithms', () => {
  const near = parameterAxis({ path: 'adam.rate', values: [1, 2, 5] }, 'Rate');
  expect([1, 2, 5].map((value) => near.place(result(value)))).toEqual([0, 0.25, 1]);
  const far = parameterAxis({ path: 'adam.rate', values: [1e-4, 1e-2, 1e-3] }, 'Rate');
  expect(far.label).toBe('Rate, log');
  expect(far.place(result(1e-3))).toBeCloseTo(0.5);
  expect(far.sayAt(0.5)).toBe('0.001');
  expect(far.ticks.map(({ text }) => text)).toEqual(['0.0001', '0.01', '0.001']);
});

test('what is no number stands in the order of its values', () => {
  const axis = parameterAxis({ path: 'adam.rate', values: ['a', true, 'c', true] }, 'Kind');
  expect(['a', true, 'c'].map((value) => axis.place(result(value)))).toEqual([0, 0.5, 1]);
  expect(axis.sayAt(0.6)).toBe('true');
});

test('many values have their ends written, one stands in the middle', () => {
  const seeds = parameterAxis({ path: 'adam.rate', values: Array.from({ length: 20 }, (_, i) => i) }, 'Seed');
  expect(seeds.ticks).toEqual([
    { place: 0, text: '0' },
    { place: 1, text: '19' },
  ]);
  const one = parameterAxis({ path: 'adam.rate', values: [3, 3] }, 'Seed');
  expect(one.ticks).toEqual([{ place: 0.5, text: '3' }]);
});

test('a number of results spans what they have; none, no axis', () => {
  const results = [result(1, 2), result(2, 8), result(3), result(4, Number.NaN)];
  const axis = resultAxis(column, results);
  expect(results.map((each) => axis?.place(each))).toEqual([0, 1, undefined, undefined]);
  expect(resultAxis(column, [result(1)])).toBeUndefined();
});

test('results are those within every part that is chosen', () => {
  const results = [result(1, 2), result(2, 8), result(5)];
  const axes = [
    parameterAxis({ path: 'adam.rate', values: [1, 2, 5] }, 'Rate'),
    resultAxis(column, results),
  ].filter((axis) => axis !== undefined);
  const within = (...brushes: [string, [number, number]][]) =>
    results.filter((each) => isBrushed(axes, new Map(brushes), each)).map(({ id }) => id);
  expect(within()).toEqual(['1', '2', '5']);
  expect(within(['adam.rate', [0.2, 1]])).toEqual(['2', '5']);
  expect(within(['adam.rate', [0, 0.3]], ['quality.modes', [0.5, 1]])).toEqual(['2']);
  expect(within(['quality.modes', [0, 1]])).toEqual(['1', '2']);
});

test('the nearest line is found within a distance, over gaps not', () => {
  const lines = [
    [[0, 0] as const, [100, 0] as const, [200, 100] as const],
    [[0, 40] as const, undefined, [200, 40] as const],
  ];
  expect(nearestLine(lines, [50, 6], 12)).toBe(0);
  expect(nearestLine(lines, [150, 45], 12)).toBe(0);
  expect(nearestLine(lines, [50, 38], 12)).toBeUndefined();
  expect(nearestLine(lines, [2, 38], 12)).toBe(1);
  expect(nearestLine(lines, [200, 42], 12)).toBe(1);
});
