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
  const tables = all.map(({ curves, series }) => curves.table([series]));
  const grid = Float64Array.from(new Set(tables.flatMap(([iterations = []]) => [...iterations]))).sort();
  const columns = tables.map(([iterations = new Float64Array(), values = new Float64Array()]) => {
    const column = new Float64Array(grid.length).fill(Number.NaN);
    let at = 0;
    iterations.forEach((iteration, i) => {
      while ((grid[at] as number) < iteration) at++;
      column[at] = values[i] as number;
    });
    return column;
  });
  return [grid, ...columns];
}
