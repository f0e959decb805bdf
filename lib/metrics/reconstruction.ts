/** How far reconstructions are from their originals. */

/** Mean of |a - b| over all numbers. */
export function meanAbsolute(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs((a[i] as number) - (b[i] as number));
  return sum / a.length;
}

/**
 * Mean of ‖a_i - b_i‖ over the mean of ‖a_i - b_j‖ with j the next row: 0 is perfect, 1 is no better than
 * the reconstruction of another example.
 */
export function distanceRatio(a: Float32Array, b: Float32Array, size: number): number {
  const rows = a.length / size;
  let [own, other] = [0, 0];
  for (let row = 0; row < rows; row++) {
    own += distance(a, row * size, b, row * size, size);
    other += distance(a, row * size, b, ((row + 1) % rows) * size, size);
  }
  return own / other;
}

function distance(a: Float32Array, aAt: number, b: Float32Array, bAt: number, size: number): number {
  let squares = 0;
  for (let i = 0; i < size; i++) squares += ((a[aAt + i] as number) - (b[bAt + i] as number)) ** 2;
  return Math.sqrt(squares);
}
