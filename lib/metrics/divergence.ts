/**
 * Divergences of two samples by histograms over given bounds, one more cell for all that lies outside. Every cell's share gets a little more, so that an empty one costs much and not everything.
 */
interface Divergences {
  /** KL(P ‖ Q) = Σ p ln(p / q), in nats. */
  readonly kl: number;
  /** ½ KL(P ‖ M) + ½ KL(Q ‖ M) with M the mean of both: from 0 to ln 2. */
  readonly js: number;
}

/** Added to every share before they are made to sum to 1 again. */
const SMOOTHING = 1e-4;

export function histogramDivergences(
  p: Float32Array,
  q: Float32Array,
  bounds: Bounds,
  bins: number,
): Divergences {
  const [a, b] = [sharesOf(p, bounds, bins), sharesOf(q, bounds, bins)];
  let [kl, js] = [0, 0];
  a.forEach((x, cell) => {
    const y = b[cell] as number;
    const middle = (x + y) / 2;
    kl += x * Math.log(x / y);
    js += 0.5 * (x * Math.log(x / middle) + y * Math.log(y / middle));
  });
  return { kl, js };
}

/** Low and high per axis. */
type Bounds = readonly (readonly [number, number])[];

/** Smoothed shares by cell, row-major; the last is of what lies outside, or is not finite. */
function sharesOf(points: Float32Array, bounds: Bounds, bins: number): Float64Array {
  const dims = bounds.length;
  const rows = points.length / dims;
  const outside = bins ** dims;
  const shares = new Float64Array(outside + 1);
  for (let row = 0; row < rows; row++) {
    let cell = 0;
    bounds.forEach(([low, high], axis) => {
      const place = Math.floor((((points[row * dims + axis] as number) - low) / (high - low)) * bins);
      cell = place >= 0 && place < bins && cell >= 0 ? cell * bins + place : -1;
    });
    const at = cell >= 0 ? cell : outside;
    shares[at] = (shares[at] as number) + 1 / rows;
  }
  const total = 1 + SMOOTHING * shares.length;
  return shares.map((share) => (share + SMOOTHING) / total);
}
