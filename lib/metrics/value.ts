interface ValueFigures {
  readonly mean: number;
  /** Over n. */
  readonly sd: number;
  readonly min: number;
  readonly max: number;
}

/** The share of the finite values that are above 0: of logits, those that D takes for real. */
export function shareAbove0(values: Float32Array): number {
  const finite = values.filter(Number.isFinite);
  return finite.filter((value) => value > 0).length / finite.length;
}

/** What the finite values are like; NaN where there are none. */
export function valueFigures(values: Float32Array): ValueFigures {
  let count = 0;
  let sum = 0;
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values)
    if (Number.isFinite(value)) {
      sum += value;
      min = Math.min(min, value);
      max = Math.max(max, value);
      count++;
    }
  const mean = sum / count;
  let squares = 0;
  for (const value of values) if (Number.isFinite(value)) squares += (value - mean) ** 2;
  const isEmpty = count === 0;
  return {
    mean,
    sd: Math.sqrt(squares / count),
    min: isEmpty ? Number.NaN : min,
    max: isEmpty ? Number.NaN : max,
  };
}
