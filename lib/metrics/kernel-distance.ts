/**
 * Kernel distance: the squared mean discrepancy of two samples with the kernel k(x, y) = (xᵀy/d + 1)³, which
 * compares their moments up to the third. Unbiased, so near 0, or below it, where both are of one distribution
 * (Bińkowski et al. 2018).
 */

/** Multiply-adds that one measurement may take; of more rows the first are used. */
const MOST_WORK = 1e8;
/** Rows of each side, at most. */
const MOST_ROWS = 1_000;

/** NaN with fewer than two rows on a side. */
export function kernelDistance(samples: Float32Array, data: Float32Array, size: number): number {
  const most = Math.min(MOST_ROWS, Math.floor(Math.sqrt(MOST_WORK / (2 * size))));
  const [a, b] = [samples, data].map((rows) => rows.subarray(0, most * size)) as [Float32Array, Float32Array];
  if (a.length < 2 * size || b.length < 2 * size) return Number.NaN;
  return meanWithin(a, size) + meanWithin(b, size) - 2 * meanBetween(a, b, size);
}

/** Over pairs of different rows. */
function meanWithin(rows: Float32Array, size: number): number {
  const count = rows.length / size;
  let sum = 0;
  for (let i = 0; i < count; i++) for (let j = 0; j < i; j++) sum += kernel(rows, i, rows, j, size);
  return (2 * sum) / (count * (count - 1));
}

function meanBetween(a: Float32Array, b: Float32Array, size: number): number {
  const [rows, columns] = [a.length / size, b.length / size];
  let sum = 0;
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) sum += kernel(a, i, b, j, size);
  return sum / (rows * columns);
}

function kernel(a: Float32Array, i: number, b: Float32Array, j: number, size: number): number {
  let dot = 0;
  for (let k = 0; k < size; k++) dot += (a[i * size + k] as number) * (b[j * size + k] as number);
  const base = dot / size + 1;
  return base * base * base;
}
