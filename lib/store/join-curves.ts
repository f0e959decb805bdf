import type { Curves } from './curves';

/** A series of one run among those of others. */
interface JoinedSeries {
  readonly curves: Pick<Curves, 'table'>;
  readonly series: string;
}

/**
 * Series of several runs on one grid: iterations, then the values of each, NaN where it has none. Runs of other
 * lengths have grids of other strides.
 */
export function joinCurves(all: readonly JoinedSeries[]): Float64Array[] {
  const series = new Map<JoinedSeries['curves'], string[]>();
  for (const { curves, series: name } of all) series.set(curves, [...(series.get(curves) ?? []), name]);
  const tables = new Map([...series].map(([curves, names]) => [curves, curves.table(names)]));
  const grid = [...tables.values()].map(([iterations = none]) => iterations).reduce(merged, none);
  return [
    grid,
    ...all.map(({ curves, series: name }) => {
      const at = series.get(curves)?.indexOf(name) ?? 0;
      const [iterations = none, ...columns] = tables.get(curves) ?? [];
      return spread(grid, iterations, columns[at] ?? none);
    }),
  ];
}

const none = new Float64Array();

/** All numbers of two lists that ascend, each once. */
function merged(a: Float64Array, b: Float64Array): Float64Array {
  const both = new Float64Array(a.length + b.length);
  let [i, j, length] = [0, 0, 0];
  while (i < a.length || j < b.length) {
    const [x, y] = [a[i] ?? Number.POSITIVE_INFINITY, b[j] ?? Number.POSITIVE_INFINITY];
    both[length++] = Math.min(x, y);
    if (x <= y) i++;
    if (y <= x) j++;
  }
  return both.subarray(0, length);
}

/** Values at their iterations on a grid that has all of these. */
function spread(grid: Float64Array, iterations: Float64Array, values: Float64Array): Float64Array {
  const column = new Float64Array(grid.length).fill(Number.NaN);
  let at = 0;
  for (let i = 0; i < iterations.length; i++) {
    while ((grid[at] as number) < (iterations[i] as number)) at++;
    column[at] = values[i] as number;
  }
  return column;
}
