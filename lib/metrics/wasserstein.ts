import type { Stream } from '@/lib/util/random';

/**
 * W₁ between two samples: exact on the line; in more dimensions sliced, the mean of W₁ over random
 * directions. Rows that are not finite are left out; NaN where nothing is left.
 */
export function wasserstein(
  a: Float32Array,
  b: Float32Array,
  dims: number,
  stream: Stream,
  directions = 64,
): number {
  if (dims === 1) return wassersteinOnLine(a, b);
  let total = 0;
  for (let k = 0; k < directions; k++) {
    const direction = unitVector(dims, stream);
    total += wassersteinOnLine(project(a, direction), project(b, direction));
  }
  return total / directions;
}

/** ∫₀¹ |F⁻¹(u) - G⁻¹(u)| du, for samples of any two sizes. */
export function wassersteinOnLine(a: Float32Array, b: Float32Array): number {
  const x = a.filter(Number.isFinite).sort();
  const y = b.filter(Number.isFinite).sort();
  if (x.length === 0 || y.length === 0) return Number.NaN;
  let total = 0;
  let [i, j, level] = [0, 0, 0];
  while (i < x.length && j < y.length) {
    // Both quantile functions are constant up to the next step of either, at (i+1)/n or (j+1)/m.
    const ahead = (i + 1) * y.length - (j + 1) * x.length;
    const next = ahead <= 0 ? (i + 1) / x.length : (j + 1) / y.length;
    total += (next - level) * Math.abs((x[i] as number) - (y[j] as number));
    level = next;
    if (ahead <= 0) i++;
    if (ahead >= 0) j++;
  }
  return total;
}

function project(rows: Float32Array, direction: Float64Array): Float32Array {
  const dims = direction.length;
  const out = new Float32Array(rows.length / dims);
  for (let row = 0; row < out.length; row++) {
    let sum = 0;
    for (let axis = 0; axis < dims; axis++)
      sum += (rows[row * dims + axis] as number) * (direction[axis] as number);
    out[row] = sum;
  }
  return out;
}

function unitVector(dims: number, stream: Stream): Float64Array {
  const vector = Float64Array.from({ length: dims }, () => stream.normal());
  const norm = Math.hypot(...vector);
  return norm > 0 ? vector.map((value) => value / norm) : unitVector(dims, stream);
}
