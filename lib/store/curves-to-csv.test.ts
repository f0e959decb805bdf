import { expect, test } from 'vitest';
import { createCurves } from './curves';
import { curvesToCsv } from './curves-to-csv';

const columns = [
  { series: 'd', label: 'D' },
  { series: 'g', label: '=G, "averaged"' },
];

test('a row for each iteration with a value, a column for each series, gaps empty', () => {
  const curves = createCurves();
  curves.append('d', [1, 2, 4], [0.5, Number.NaN, 1 / 3]);
  curves.append('g', [4, 12345678], [-2, 7]);
  expect(curvesToCsv(createCurves(), columns)).toBe('iteration,D,"\'=G, ""averaged"""\n');
  const lines = curvesToCsv(curves, columns).split('\n');
  expect(lines[0]).toMatch(/^iteration \(mean of 4096 from here\),D,/);
  curves.truncate(5000);
  expect(lines.at(-2)).toBe('12345678,,7');
});

test('in a short run a row is an iteration', () => {
  const curves = createCurves();
  curves.append('d', [1, 2, 4], [0.5, Number.NaN, 1 / 3]);
  curves.append('g', [4], [-2]);
  expect(curvesToCsv(curves, columns.slice(0, 1))).toBe('iteration,D\n1,0.5\n4,0.3333333\n');
  expect(curvesToCsv(curves, [{ series: 'g', label: 'G' }])).toBe('iteration,G\n4,-2\n');
});
