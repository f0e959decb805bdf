/**
 * How well a linear map of features names the class: ridge regression to one-hot labels on the first rows, tried
 * on the rest. Features are standardised, so that the ridge means the same for all of them.
 */
const RIDGE = 1e-3;

/** Share of the rest that is named right. NaN where fewer than two rows are fitted, or none is left to try. */
export function probeAccuracy(
  features: Float32Array,
  size: number,
  classes: Int32Array,
  count: number,
  fitted = Math.floor(classes.length / 2),
): number {
  if (fitted < 2 || fitted >= classes.length) return Number.NaN;
  const x = standardised(features, size, fitted);
  // (XᵀX / n + λ I) W = Xᵀ(Y - Ȳ) / n
  const gram = new Float64Array(size * size);
  const answer = new Float64Array(size * count);
  const shares = new Float64Array(count);
  for (let row = 0; row < fitted; row++) {
    const label = classes[row] as number;
    shares[label] = (shares[label] as number) + 1 / fitted;
    for (let i = 0; i < size; i++) {
      const value = (x[row * size + i] as number) / fitted;
      for (let j = 0; j <= i; j++)
        gram[i * size + j] = (gram[i * size + j] as number) + value * (x[row * size + j] as number);
      // Standardised features have mean 0, so Ȳ drops out.
      answer[i * count + label] = (answer[i * count + label] as number) + value;
    }
  }
  for (let i = 0; i < size; i++) gram[i * size + i] = (gram[i * size + i] as number) + RIDGE;
  solve(gram, answer, size, count);
  let right = 0;
  for (let row = fitted; row < classes.length; row++) {
    const scores = Float64Array.from(shares);
    for (let i = 0; i < size; i++)
      for (let k = 0; k < count; k++)
        scores[k] = (scores[k] as number) + (x[row * size + i] as number) * (answer[i * count + k] as number);
    if (scores.indexOf(scores.reduce((a, b) => Math.max(a, b))) === classes[row]) right++;
  }
  return right / (classes.length - fitted);
}

/** Each feature with mean 0 and deviation 1 over the first rows; one that never changes is 0. */
function standardised(features: Float32Array, size: number, rows: number): Float64Array {
  const x = Float64Array.from(features);
  for (let i = 0; i < size; i++) {
    let [sum, squares] = [0, 0];
    for (let row = 0; row < rows; row++) sum += x[row * size + i] as number;
    const mean = sum / rows;
    for (let row = 0; row < rows; row++) squares += ((x[row * size + i] as number) - mean) ** 2;
    const scale = squares > 0 ? 1 / Math.sqrt(squares / rows) : 0;
    for (let at = i; at < x.length; at += size) x[at] = ((x[at] as number) - mean) * scale;
  }
  return x;
}

/** A W = B by Cholesky, A [n, n] symmetric (its lower half is read), W in the place of B [n, m]. */
function solve(a: Float64Array, b: Float64Array, n: number, m: number): void {
  for (let j = 0; j < n; j++)
    for (let i = j; i < n; i++) {
      let sum = a[i * n + j] as number;
      for (let k = 0; k < j; k++) sum -= (a[i * n + k] as number) * (a[j * n + k] as number);
      a[i * n + j] = i === j ? Math.sqrt(sum) : sum / (a[j * n + j] as number);
    }
  for (let c = 0; c < m; c++) {
    for (let i = 0; i < n; i++) {
      let sum = b[i * m + c] as number;
      for (let k = 0; k < i; k++) sum -= (a[i * n + k] as number) * (b[k * m + c] as number);
      b[i * m + c] = sum / (a[i * n + i] as number);
    }
    for (let i = n - 1; i >= 0; i--) {
      let sum = b[i * m + c] as number;
      for (let k = i + 1; k < n; k++) sum -= (a[k * n + i] as number) * (b[k * m + c] as number);
      b[i * m + c] = sum / (a[i * n + i] as number);
    }
  }
}
