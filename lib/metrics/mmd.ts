/**
 * Maximum mean discrepancy with the kernel k(x, y) = exp(-‖x - y‖² / 2h²), h the median distance within the
 * data: how far apart the means of two samples are where the kernel puts them (Gretton et al. 2012).
 */

/** Multiply-adds that one measurement may take; of more rows the first are used. */
const MOST_WORK = 4e8;
/** Rows whose distances give the median. */
const MEDIAN_ROWS = 200;

/** √ of the unbiased estimate of MMD², 0 where that is negative. NaN with fewer than two rows. */
export function meanDiscrepancy(samples: Float32Array, data: Float32Array, size: number): number {
  const most = Math.floor(Math.sqrt(MOST_WORK / (2 * size)));
  const a = finiteRows(samples, size).slice(0, most);
  const b = finiteRows(data, size).slice(0, most);
  if (a.length < 2 || b.length < 2) return Number.NaN;
  const precision = 0.5 / medianSquared(b.slice(0, MEDIAN_ROWS));
  const within = (rows: readonly Float32Array[]) => {
    let sum = 0;
    for (let i = 0; i < rows.length; i++)
      for (let j = 0; j < i; j++)
        sum += Math.exp(-precision * squaredDistance(rows[i] as Float32Array, rows[j] as Float32Array));
    return (2 * sum) / (rows.length * (rows.length - 1));
  };
  let between = 0;
  for (const x of a) for (const y of b) between += Math.exp(-precision * squaredDistance(x, y));
  const squared = within(a) + within(b) - (2 * between) / (a.length * b.length);
  return Math.sqrt(Math.max(0, squared));
}

const finiteRows = (values: Float32Array, size: number): Float32Array[] =>
  Array.from({ length: values.length / size }, (_, row) =>
    values.subarray(row * size, (row + 1) * size),
  ).filter((row) => row.every(Number.isFinite));

/** Median of ‖x - y‖² over pairs; 1 where all rows are equal. */
function medianSquared(rows: readonly Float32Array[]): number {
  const all: number[] = [];
  rows.forEach((x, i) => {
    for (const y of rows.slice(0, i)) all.push(squaredDistance(x, y));
  });
  const sorted = Float64Array.from(all).sort();
  return sorted[Math.floor(sorted.length / 2)] || 1;
}

function squaredDistance(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += ((a[i] as number) - (b[i] as number)) ** 2;
  return sum;
}
