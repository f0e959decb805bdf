/** Rows of scores or one-hot labels as classes, and tables of how two sets of classes meet. */

/** The largest number of each row, its place; -1 where a number of the row is not finite. */
export function largestOf(rows: Float32Array, classes: number): Int32Array {
  const out = new Int32Array(rows.length / classes).fill(-1);
  for (let row = 0; row < out.length; row++) {
    let best = 0;
    for (let k = 0; k < classes; k++) {
      const value = rows[row * classes + k] as number;
      if (!Number.isFinite(value)) best = Number.NaN;
      else if (value > (rows[row * classes + best] as number)) best = k;
    }
    out[row] = Number.isNaN(best) ? -1 : best;
  }
  return out;
}

/** Share of rows where both say the same class; rows without one count as wrong. NaN where there are none. */
export function agreementOf(a: Int32Array, b: Int32Array): number {
  let same = 0;
  a.forEach((value, row) => {
    if (value >= 0 && value === b[row]) same++;
  });
  return same / a.length;
}

/** How many rows are of class i by one and j by the other, rows × columns; rows without a class are left out. */
export function contingencyOf(
  a: Int32Array,
  b: Int32Array,
  [rows, columns]: readonly [number, number],
): readonly (readonly number[])[] {
  const table = Array.from({ length: rows }, () => new Array<number>(columns).fill(0));
  a.forEach((value, row) => {
    const line = table[value];
    const column = b[row] as number;
    if (line && column >= 0) line[column] = (line[column] as number) + 1;
  });
  return table;
}

/** I(A; B) = Σ p(a, b) ln(p(a, b) / p(a) p(b)) in nats, of the shares in a table of counts. */
export function mutualInformation(table: readonly (readonly number[])[]): number {
  const rows = table.map((line) => line.reduce((sum, count) => sum + count, 0));
  const total = rows.reduce((sum, count) => sum + count, 0);
  const columns = (table[0] ?? []).map((_, j) => table.reduce((sum, line) => sum + (line[j] as number), 0));
  let information = 0;
  table.forEach((line, i) => {
    line.forEach((count, j) => {
      if (count > 0)
        information +=
          (count / total) * Math.log((count * total) / ((rows[i] as number) * (columns[j] as number)));
    });
  });
  return total > 0 ? Math.max(0, information) : Number.NaN;
}

/** H = -Σ p ln p in nats, of the shares of counts. */
export function entropyOf(counts: readonly number[]): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.reduce(
    (sum, count) => (count > 0 ? sum - (count / total) * Math.log(count / total) : sum),
    0,
  );
}
