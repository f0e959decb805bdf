import { csv } from '@/lib/util/csv';
import type { Curves } from './curves';

export interface CurveColumn {
  readonly series: string;
  readonly label: string;
}

/**
 * Curves as CSV: a row for each iteration of the grid at which there is a value, a column for each series. In a long
 * run a row is the mean of `stride` iterations, the first of which it names.
 */
export function curvesToCsv(curves: Curves, columns: readonly CurveColumn[]): string {
  const [iterations = [], ...values] = curves.table(columns.map(({ series }) => series));
  const head = curves.stride > 1 ? `iteration (mean of ${curves.stride} from here)` : 'iteration';
  const rows = Array.from(iterations, (iteration, i) => [
    iteration,
    ...values.map((column) => column[i] as number),
  ]);
  return csv(
    [head, ...columns.map(({ label }) => label)],
    rows.filter((row) => row.slice(1).some(Number.isFinite)),
  );
}
