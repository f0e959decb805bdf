/** Points along the axis of a picture in one dimension; curves and densities share them. */
export const CURVE_POINTS = 200;

/** n places from low to high, both included. */
export const placesAlong = ([low, high]: readonly [number, number], n = CURVE_POINTS): Float32Array =>
  Float32Array.from({ length: n }, (_, i) => low + ((high - low) * i) / (n - 1));

/**
 * Density of a sample by a Gaussian kernel, at `CURVE_POINTS` places of the range. Bandwidth: Silverman's
 * 0.9 min(sd, IQR / 1.34) n^(-1/5), at least one step of the picture, so that a collapsed sample is a spike.
 */
export function kernelDensity(sample: Float32Array, range: readonly [number, number]): Float32Array {
  const values = sample.filter(Number.isFinite);
  const n = values.length;
  const density = new Float32Array(CURVE_POINTS);
  if (n === 0) return density;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n);
  const sorted = values.toSorted();
  const [lower, upper] = [0.25, 0.75].map((share) => sorted[Math.round(share * (n - 1))] as number) as [
    number,
    number,
  ];
  const spread = upper > lower ? Math.min(sd, (upper - lower) / 1.34) : sd;
  const step = (range[1] - range[0]) / (CURVE_POINTS - 1);
  const width = Math.max(0.9 * spread * n ** -0.2, step);
  const reach = Math.ceil((4 * width) / step);
  const height = 1 / (n * width * Math.sqrt(2 * Math.PI));
  for (const value of values) {
    const centre = (value - range[0]) / step;
    const last = Math.min(CURVE_POINTS - 1, Math.floor(centre + reach));
    for (let i = Math.max(0, Math.ceil(centre - reach)); i <= last; i++) {
      const z = ((i - centre) * step) / width;
      density[i] = (density[i] as number) + height * Math.exp(-0.5 * z * z);
    }
  }
  return density;
}
