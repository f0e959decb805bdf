import { expect, test } from 'vitest';
import { checkGraph } from '@/lib/check/check';
import { loadExample } from '@/lib/train/testing/train';
import { createCurves } from './curves';
import {
  axisName,
  columnsOf,
  fieldsOf,
  historiesToCsv,
  ownersOf,
  parseValues,
  roomProblem,
  sortResults,
} from './sweep-words';
import type { ShownResult } from './sweeps';

const checked = checkGraph(loadExample('ring'));

test('parameters are chosen by the names that the canvas shows', () => {
  const owners = ownersOf(checked);
  expect(owners[0]).toEqual({ value: 'settings', label: 'Settings' });
  expect(owners).toContainEqual({ value: 'adam-g', label: 'Adam for G' });
  expect(owners).toContainEqual(expect.objectContaining({ label: 'Dense in Generator (2)' }));
  expect(new Set(owners.map(({ label }) => label)).size).toBe(owners.length);
  expect(fieldsOf(checked, 'adam-g')).toContainEqual({ value: 'learningRate', label: 'Learning rate' });
  expect(axisName(checked, 'adam-g.learningRate')).toBe('Adam for G: Learning rate');
  expect(axisName(checked, 'settings.seed')).toBe('Seed');
});

test.each([
  ['1-4', [1, 2, 3, 4]],
  ['0.001, 1e-4,', [0.001, 1e-4]],
  ['true, false', [true, false]],
  ['alternating, simultaneous', ['alternating', 'simultaneous']],
  ['[{"from": 1, "to": 0}]', [{ from: 1, to: 0 }]],
])('%s are values', (text, values) => {
  expect(parseValues(text)).toEqual({ ok: true, values });
});

test.each([
  [' ', /at least one value/],
  ['5-1', /5-1 is no range/],
  ['0-99999999', /at most 10000/],
  ['[1,', /no list in JSON/],
  ['[]', /empty/],
])('%s are none, and that is said', (text, problem) => {
  expect(parseValues(text)).toMatchObject({ ok: false, problem: expect.stringMatching(problem) });
});

const result = (seed: number, modes?: number): ShownResult => {
  const [losses, metrics] = [createCurves(512), createCurves(512)];
  losses.append('adam-g', [0, 1], [seed, 0.5]);
  if (modes !== undefined) metrics.append('quality.modes', [1], [modes]);
  return {
    id: `${seed}`,
    status: 'done',
    values: { 'settings.seed': seed },
    ...(modes !== undefined && { metrics: { 'quality.modes': modes } }),
    curves: { losses: losses.keep(), metrics: metrics.keep() },
  };
};

test('results are sorted by any number, those without it last', () => {
  const modes = columnsOf(checked).find(({ id }) => id === 'quality.modes');
  const results = [result(1, 3), result(2), result(3, 8)];
  const seeds = (descends: boolean) => modes && sortResults(results, modes, descends).map(({ id }) => id);
  expect(seeds(true)).toEqual(['3', '1', '2']);
  expect(seeds(false)).toEqual(['1', '3', '2']);
});

test('all histories are one table, by run and iteration', () => {
  expect(
    historiesToCsv(checked, [result(1, 3), result(2)])
      .trim()
      .split('\n'),
  ).toEqual([
    'run,Seed,iteration,Loss of Adam for G,Modes reached',
    '1,1,0,1,',
    '1,1,1,0.5,3',
    '2,2,0,2,',
    '2,2,1,0.5,',
  ]);
});

test('more results than the browser has room for are refused with numbers', () => {
  expect(roomProblem(100, 1_000, 1e9)).toBeUndefined();
  expect(roomProblem(1_000, 1_000, 50e6)).toMatch(
    /1,000 runs take about 212 MB, and this browser has 50 MB left/,
  );
  // Weights are kept up to a limit.
  expect(roomProblem(1_000, 1e6, 400e6)).toMatch(/take about 456 MB/);
});
