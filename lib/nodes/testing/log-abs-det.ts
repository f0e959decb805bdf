/** log|det| by elimination with pivots. */
export function logAbsDet(matrix: readonly (readonly number[])[]): number {
  const rows = matrix.map((row) => [...row]);
  let sum = 0;
  for (let k = 0; k < rows.length; k++) {
    const column = rows.slice(k).map((row) => Math.abs(row[k] as number));
    const pivot = k + column.indexOf(Math.max(...column));
    [rows[k], rows[pivot]] = [rows[pivot] as number[], rows[k] as number[]];
    const head = rows[k] as number[];
    sum += Math.log(Math.abs(head[k] as number));
    for (const row of rows.slice(k + 1)) {
      const factor = (row[k] as number) / (head[k] as number);
      for (let j = k; j < row.length; j++) row[j] = (row[j] as number) - factor * (head[j] as number);
    }
  }
  return sum;
}
