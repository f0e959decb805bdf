import { expect, test } from 'vitest';
import { judge } from './judge';
import { tableOf } from './report';
import type { System } from './system';

const wgan: System = {
  example: 'wgan-gp',
  iterations: 100,
  seeds: [1],
  fast: [],
  bars: { 'quality.highQuality': [['>=', 0.55]], 'control/lost': [['>=', 0.3]] },
  controls: { control: { says: 'one critic step', change: (graph) => graph } },
};
const at = (seed: number, highQuality: number) =>
  // Each training of a brief is a system object of its own.
  judge({ ...wgan }, seed, {
    iterations: 100,
    seconds: 2,
    figures: { 'quality.highQuality': highQuality, 'control/quality.highQuality': 0.2, 'control/lost': 0.4 },
    failures: [],
  });

test('a line for each bar: row, system, metric, bar, a figure per seed, control, iterations, seconds', () => {
  expect(tableOf([at(12, 0.61), at(11, 0.5)]).split('\n')).toEqual([
    '| row | system  | metric              | bar     | seed 11    | seed 12 | control         | iterations | seconds |',
    '| --- | ------- | ------------------- | ------- | ---------- | ------- | --------------- | ---------- | ------- |',
    '| 18  | wgan-gp | quality.highQuality | >= 0.55 | 0.5 MISSED | 0.61    | 0.2 0.2         | 100        | 4.0     |',
    '|     |         | control/lost        | >= 0.3  | 0.4        | 0.4     | one critic step |            |         |',
    '',
  ]);
});
