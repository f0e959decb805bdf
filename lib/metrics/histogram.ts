export interface Histogram {
  readonly range: readonly [low: number, high: number];
  /** Of the finite values, the share in each of equal bins. */
  readonly shares: Float32Array;
}

/** Shares of the finite numbers by bin, from the lowest to the highest of them. */
export function histogramOf(values: Float32Array, bins: number): Histogram {
  const shares = new Float32Array(bins);
  let [low, high, count] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
    count++;
  }
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    const bin = high > low ? Math.min(bins - 1, Math.floor((bins * (value - low)) / (high - low))) : 0;
    shares[bin] = (shares[bin] as number) + 1 / count;
  }
  return { range: count > 0 ? [low, high] : [0, 0], shares };
}
