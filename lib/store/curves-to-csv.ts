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
export const curvesToCsv = (curves: Curves, columns: readonly CurveColumn[]): string =>
  tableToCsv(
    curves.table(columns.map(({ series }) => series)),
    columns.map(({ label }) => label),
    curves.stride,
  );

/** The same of a table: iterations, then the values of each label. */
export function tableToCsv(
  [iterations = new Float64Array(), ...values]: readonly Float64Array[],
  labels: readonly string[],
  stride = 1,
): string {
  const head = stride > 1 ? `iteration (mean of ${stride} from here)` : 'iteration';
  const rows = Array.from(iterations, (iteration, i) => [
    iteration,
    ...values.map((column) => column[i] as number),
  ]);
  return csv(
    [head, ...labels],
    rows.filter((row) => row.slice(1).some(Number.isFinite)),
  );
}
