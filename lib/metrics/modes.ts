/**
 * How many modes of a known mixture the samples reach, and how well by weight. A sample is of high quality within
 * three deviations of its nearest mode: √Σₐ (xₐ - cₐ)²/sdₐ² < 3. In two dimensions 1 - exp(-9/2) = 98.9 % of
 * perfect samples are.
 */
interface ModeCounts {
  /** Modes with at least `minimum` high-quality samples. */
  readonly modes: number;
  /** Share of samples of high quality. */
  readonly highQuality: number;
  /** KL(p̂ ‖ w) = Σ p̂ ln(p̂ / w) over high-quality samples; its maximum, -ln min w, where there are none. */
  readonly reverseKl: number;
  /** ½ (Σₖ |nₖ/n - wₖ| + share outside all modes) */
  readonly totalVariation: number;
  /** High-quality samples by mode. */
  readonly counts: readonly number[];
}

/** A mode as a place. */
export interface ModeAt {
  readonly centre: readonly number[];
  /** Per axis. */
  readonly sd: readonly number[];
}

/** A mode with its share of the mass; those of all modes sum to 1. */
export interface WeightedMode extends ModeAt {
  readonly weight: number;
}

export function countModes(
  samples: Float32Array,
  dims: number,
  modes: readonly WeightedMode[],
  minimum = 20,
): ModeCounts {
  const weights = modes.map(({ weight }) => weight);
  const found = nearestModes(samples, dims, modes, HIGH_QUALITY);
  const { modes: reached, valid, ...shares } = countShares(found, weights, minimum);
  return { modes: reached, highQuality: valid, ...shares };
}

/** The same of rows whose mode, or class, is known: -1 is none. `valid` is the share that has one. */
export function countShares(
  found: Int32Array,
  weights: readonly number[],
  minimum = 20,
): Omit<ModeCounts, 'highQuality'> & { readonly valid: number } {
  const n = found.length;
  const counts = new Array<number>(weights.length).fill(0);
  let valid = 0;
  for (const mode of found) {
    if (mode < 0) continue;
    counts[mode] = (counts[mode] as number) + 1;
    valid++;
  }
  let reverseKl = valid > 0 ? 0 : -Math.log(Math.min(...weights));
  let variation = n > 0 ? 1 - valid / n : 1;
  weights.forEach((weight, mode) => {
    const count = counts[mode] as number;
    if (count > 0) reverseKl += (count / valid) * Math.log(count / valid / weight);
    variation += Math.abs((n > 0 ? count / n : 0) - weight);
  });
  return {
    modes: counts.filter((count) => count >= minimum).length,
    valid: n > 0 ? valid / n : 0,
    reverseKl: Math.max(0, reverseKl),
    totalVariation: variation / 2,
    counts,
  };
}

/** A sample this many deviations from its mode, or more, is of no quality. */
export const HIGH_QUALITY = 3;

/**
 * Per row the nearest mode in units of its deviations; -1 where that is `within` or more away, or where the
 * row is not finite.
 */
export function nearestModes(
  samples: Float32Array,
  dims: number,
  modes: readonly ModeAt[],
  within = Number.POSITIVE_INFINITY,
): Int32Array {
  const centres = Float64Array.from(modes.flatMap(({ centre }) => centre));
  const precisions = Float64Array.from(modes.flatMap(({ sd }) => sd.map((value) => 1 / (value * value))));
  const nearest = new Int32Array(samples.length / dims).fill(-1);
  for (let row = 0; row < nearest.length; row++) {
    let best = within * within;
    for (let start = 0; start < centres.length; start += dims) {
      let squared = 0;
      for (let axis = 0; axis < dims; axis++) {
        const away = (samples[row * dims + axis] as number) - (centres[start + axis] as number);
        squared += away * away * (precisions[start + axis] as number);
      }
      if (squared >= best || Number.isNaN(squared)) continue;
      best = squared;
      nearest[row] = start / dims;
    }
  }
  return nearest;
}
