/** Mean and standard deviation (over n) of the finite values; NaN where there are none. */
export function meanAndSd(values: Float32Array): { readonly mean: number; readonly sd: number } {
  let count = 0;
  let sum = 0;
  for (const value of values)
    if (Number.isFinite(value)) {
      sum += value;
      count++;
    }
  const mean = sum / count;
  let squares = 0;
  for (const value of values) if (Number.isFinite(value)) squares += (value - mean) ** 2;
  return { mean, sd: Math.sqrt(squares / count) };
}
