/** The row of a reference set that is nearest to each sample. */
interface Nearest {
  /** Row of the reference that is nearest to each sample; -1 where the sample is not finite. */
  readonly index: Int32Array;
  /** ‖sample - reference[index]‖; Infinity where the sample is not finite. */
  readonly distance: Float64Array;
}

/** Exhaustive search that leaves a candidate as soon as its partial sum passes the best. */
export function nearestRows(samples: Float32Array, reference: Float32Array, size: number): Nearest {
  const rows = samples.length / size;
  const candidates = reference.length / size;
  const index = new Int32Array(rows).fill(-1);
  const distance = new Float64Array(rows).fill(Number.POSITIVE_INFINITY);
  for (let row = 0; row < rows; row++) {
    let best = Number.POSITIVE_INFINITY;
    for (let candidate = 0; candidate < candidates; candidate++) {
      const squared = distanceBelow(best, samples, row * size, reference, candidate * size, size);
      if (squared < best) {
        best = squared;
        index[row] = candidate;
      }
    }
    distance[row] = Math.sqrt(best);
  }
  return { index, distance };
}

const stride = 64;

/** ‖a - b‖², or a part of it that is no less than `limit`. */
function distanceBelow(
  limit: number,
  a: Float32Array,
  aAt: number,
  b: Float32Array,
  bAt: number,
  size: number,
): number {
  let total = 0;
  let i = 0;
  while (i + stride <= size) {
    // Four sums, which do not wait for each other.
    let [s0, s1, s2, s3] = [0, 0, 0, 0];
    for (const end = i + stride; i < end; i += 4) {
      const d0 = (a[aAt + i] as number) - (b[bAt + i] as number);
      const d1 = (a[aAt + i + 1] as number) - (b[bAt + i + 1] as number);
      const d2 = (a[aAt + i + 2] as number) - (b[bAt + i + 2] as number);
      const d3 = (a[aAt + i + 3] as number) - (b[bAt + i + 3] as number);
      s0 += d0 * d0;
      s1 += d1 * d1;
      s2 += d2 * d2;
      s3 += d3 * d3;
    }
    total += s0 + s1 + s2 + s3;
    if (total >= limit) return total;
  }
  for (; i < size; i++) total += ((a[aAt + i] as number) - (b[bAt + i] as number)) ** 2;
  return total;
}
