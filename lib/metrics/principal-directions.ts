import type { Stream } from '@/lib/util/random';

/** How rows vary: a direction, its deviation, and where each row lies along it. */
interface PrincipalDirection {
  /** Of length 1. */
  readonly axis: Float32Array;
  readonly sd: number;
  /** Of each row, from the mean. */
  readonly scores: Float32Array;
}

const ROUNDS = 40;
/** Of the largest variance: what is less is rounding. */
const LEAST = 1e-5;

/**
 * The directions of the largest variance, the largest first, by power iteration in which each stays orthogonal
 * to those before it. Directions without variance are left out.
 */
export function principalDirections(
  data: Float32Array,
  size: number,
  count: number,
  stream: Stream,
): readonly PrincipalDirection[] {
  const rows = data.length / size;
  const centred = centre(data, rows, size);
  const found: PrincipalDirection[] = [];
  let largest: number | undefined;
  for (let k = 0; k < Math.min(count, size, rows - 1); k++) {
    let axis = Float32Array.from({ length: size }, () => stream.normal());
    for (let round = 0; round < ROUNDS; round++) {
      const scores = multiply(centred, axis, rows, size);
      const next = multiplyTransposed(centred, scores, rows, size);
      for (const { axis: before } of found) {
        const along = dot(next, before);
        for (let i = 0; i < size; i++) next[i] = (next[i] as number) - along * (before[i] as number);
      }
      const length = Math.sqrt(dot(next, next));
      largest ??= length;
      if (!(length > LEAST * largest)) return found;
      axis = next.map((value) => value / length);
    }
    const scores = multiply(centred, axis, rows, size);
    found.push({ axis, sd: Math.sqrt(dot(scores, scores) / rows), scores });
  }
  return found;
}

/**
 * The step of another variable that goes with one deviation along a direction: the least-squares slope of its rows
 * on the scores, times the deviation.
 */
export function stepAlong(
  { scores, sd }: PrincipalDirection,
  data: Float32Array,
  size: number,
): Float32Array {
  const rows = scores.length;
  const slopes = multiplyTransposed(centre(data, rows, size), scores, rows, size);
  const total = dot(scores, scores);
  return slopes.map((slope) => (slope / total) * sd);
}

function centre(data: Float32Array, rows: number, size: number): Float32Array {
  const means = new Float64Array(size);
  for (let i = 0; i < data.length; i++)
    means[i % size] = (means[i % size] as number) + (data[i] as number) / rows;
  return data.map((value, i) => value - (means[i % size] as number));
}

const dot = (a: Float32Array, b: Float32Array): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
};

const multiply = (data: Float32Array, vector: Float32Array, rows: number, size: number): Float32Array =>
  Float32Array.from({ length: rows }, (_, row) => dot(data.subarray(row * size, (row + 1) * size), vector));

function multiplyTransposed(
  data: Float32Array,
  weights: Float32Array,
  rows: number,
  size: number,
): Float32Array {
  const sums = new Float32Array(size);
  for (let row = 0; row < rows; row++)
    for (let i = 0; i < size; i++)
      sums[i] = (sums[i] as number) + (weights[row] as number) * (data[row * size + i] as number);
  return sums;
}
