import { expect, test } from 'vitest';
import { attributeFigures, valuesOfGroups } from './attributes';

const reading = (values: number[], legal = true, text?: string) => ({
  values,
  legal,
  fit: legal ? 1 : 0.5,
  ...(text !== undefined && { text }),
});

test('samples that are all as asked have 1 of everything', () => {
  const readings = [reading([0, 1]), reading([1, 0]), reading([0, 0]), reading([1, 1])];
  const asked = readings.map(({ values }) => values);
  expect(attributeFigures(readings, [2, 2], asked)).toEqual({ legal: 1, fit: 1, all: 1, worst: 1, least: 1 });
});

test('one attribute that is ignored is the worst, and lowers all', () => {
  const readings = [reading([0, 0]), reading([1, 0]), reading([0, 0]), reading([1, 0])];
  const asked = [
    [0, 0],
    [1, 1],
    [0, 1],
    [1, 1],
  ];
  expect(attributeFigures(readings, [2, 2], asked)).toEqual({
    legal: 1,
    fit: 1,
    all: 0.25,
    worst: 0.25,
    least: 0,
  });
});

test('the rarest value counts against an equal share, and illegal samples against all', () => {
  const readings = [reading([0]), reading([0]), reading([0]), reading([1]), reading([-1], false)];
  expect(attributeFigures(readings, [2])).toEqual({ legal: 0.8, fit: 0.9, least: 2 / 5 });
});

test('legal samples that are the same thing count once', () => {
  const readings = [reading([0], true, 'a'), reading([0], true, 'a'), reading([0], true, 'b')];
  expect(attributeFigures([...readings, reading([-1], false, 'c')], [1]).distinct).toBe(2);
});

test('labels are read group by group', () => {
  const labels = Float32Array.of(0, 1, 0, 0, 1, 1, 0, 1, 0, Number.NaN);
  expect(valuesOfGroups(labels, [2, 3])).toEqual([
    [1, 2],
    [0, -1],
  ]);
});
