/**
 * The assignment of rows to columns with the largest sum, each used at most once: which code stands for which
 * class. Hungarian method by shortest augmenting paths with potentials, n³ (Jonker & Volgenant 1987).
 */
interface Matching {
  /** Column of each row; -1 where there are more rows than columns and it went without. */
  readonly columns: readonly number[];
  readonly total: number;
}

export function matchLargest(gains: readonly (readonly number[])[]): Matching {
  const rows = gains.length;
  const width = gains[0]?.length ?? 0;
  const size = Math.max(rows, width);
  // Costs to be minimised, on a square; what pads it gains nothing. Rows and columns count from 1, 0 is free.
  const cost = (row: number, column: number) => -(gains[row - 1]?.[column - 1] ?? 0);
  const rowPotential = new Float64Array(size + 1);
  const columnPotential = new Float64Array(size + 1);
  const rowOf = new Int32Array(size + 1);
  for (let row = 1; row <= size; row++) {
    rowOf[0] = row;
    const slack = new Float64Array(size + 1).fill(Number.POSITIVE_INFINITY);
    const before = new Int32Array(size + 1);
    const isVisited = new Uint8Array(size + 1);
    let column = 0;
    while (rowOf[column] !== 0) {
      isVisited[column] = 1;
      const from = rowOf[column] as number;
      let least = Number.POSITIVE_INFINITY;
      let next = 0;
      for (let to = 1; to <= size; to++) {
        if (isVisited[to]) continue;
        const reduced = cost(from, to) - (rowPotential[from] as number) - (columnPotential[to] as number);
        if (reduced < (slack[to] as number)) {
          slack[to] = reduced;
          before[to] = column;
        }
        if ((slack[to] as number) < least) {
          least = slack[to] as number;
          next = to;
        }
      }
      for (let to = 0; to <= size; to++)
        if (isVisited[to]) {
          const at = rowOf[to] as number;
          rowPotential[at] = (rowPotential[at] as number) + least;
          columnPotential[to] = (columnPotential[to] as number) - least;
        } else slack[to] = (slack[to] as number) - least;
      column = next;
    }
    // The path back from the free column changes hands.
    while (column !== 0) {
      rowOf[column] = rowOf[before[column] as number] as number;
      column = before[column] as number;
    }
  }
  const columns = new Array<number>(rows).fill(-1);
  let total = 0;
  for (let column = 1; column <= width; column++) {
    const row = (rowOf[column] as number) - 1;
    if (row >= rows) continue;
    columns[row] = column - 1;
    total += gains[row]?.[column - 1] ?? 0;
  }
  return { columns, total };
}
