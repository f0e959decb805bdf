/** How alike two images are, as measures of reconstruction have it. */
interface ImageSize {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** Images lie in [-1, 1]. */
const PEAK = 2;

/** Mean over examples of 10 log₁₀(peak² / mean squared error); Infinity where one is reproduced exactly. */
export function peakSignalToNoise(a: Float32Array, b: Float32Array, size: number, peak = PEAK): number {
  const rows = a.length / size;
  let total = 0;
  for (let row = 0; row < rows; row++) {
    let squares = 0;
    for (let i = row * size; i < (row + 1) * size; i++) squares += ((a[i] as number) - (b[i] as number)) ** 2;
    total += 10 * Math.log10((peak * peak * size) / squares);
  }
  return total / rows;
}

/** Wang et al. 2004: an 11 × 11 Gaussian window of deviation 1.5, K₁ 0.01, K₂ 0.03. */
const WINDOW = 11;
const WINDOW_SD = 1.5;
const [K1, K2] = [0.01, 0.03];

/**
 * Structural similarity, the mean over examples, channels and all windows that lie within the image:
 * (2 μₐ μᵦ + c₁)(2 σₐᵦ + c₂) / ((μₐ² + μᵦ² + c₁)(σₐ² + σᵦ² + c₂)). Images smaller than the window get the
 * largest odd one that fits.
 */
export function structuralSimilarity(
  a: Float32Array,
  b: Float32Array,
  { height, width, channels }: ImageSize,
  peak = PEAK,
): number {
  const window = gaussianWindow(largestOdd(Math.min(WINDOW, height, width)));
  const [c1, c2] = [(K1 * peak) ** 2, (K2 * peak) ** 2];
  const planes = (a.length / (height * width)) as number;
  let total = 0;
  for (let plane = 0; plane < planes; plane++) {
    const at = Math.floor(plane / channels) * height * width * channels + (plane % channels);
    const pick = (from: Float32Array) =>
      Float64Array.from({ length: height * width }, (_, i) => from[at + i * channels] as number);
    const [x, y] = [pick(a), pick(b)];
    const smooth = (f: (i: number) => number) =>
      blurred(
        Float64Array.from(x, (_, i) => f(i)),
        width,
        window,
      );
    const meanX = smooth((i) => x[i] as number);
    const meanY = smooth((i) => y[i] as number);
    const squareX = smooth((i) => (x[i] as number) ** 2);
    const squareY = smooth((i) => (y[i] as number) ** 2);
    const product = smooth((i) => (x[i] as number) * (y[i] as number));
    let sum = 0;
    meanX.forEach((mx, i) => {
      const my = meanY[i] as number;
      const [vx, vy] = [(squareX[i] as number) - mx * mx, (squareY[i] as number) - my * my];
      const covariance = (product[i] as number) - mx * my;
      sum += ((2 * mx * my + c1) * (2 * covariance + c2)) / ((mx * mx + my * my + c1) * (vx + vy + c2));
    });
    total += sum / meanX.length;
  }
  return total / planes;
}

const largestOdd = (n: number): number => (n % 2 === 1 ? n : n - 1);

function gaussianWindow(size: number): Float64Array {
  const middle = (size - 1) / 2;
  const weights = Float64Array.from({ length: size }, (_, i) =>
    Math.exp(-0.5 * ((i - middle) / WINDOW_SD) ** 2),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** Smoothed by a separable window, at the places where it lies within the plane. */
function blurred(plane: Float64Array, width: number, window: Float64Array): Float64Array {
  const height = plane.length / width;
  const size = window.length;
  const across = width - size + 1;
  const rows = new Float64Array(height * across);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < across; x++)
      for (let k = 0; k < size; k++)
        rows[y * across + x] =
          (rows[y * across + x] as number) + (window[k] as number) * (plane[y * width + x + k] as number);
  const out = new Float64Array((height - size + 1) * across);
  for (let i = 0; i < out.length; i++)
    for (let k = 0; k < size; k++)
      out[i] = (out[i] as number) + (window[k] as number) * (rows[i + k * across] as number);
  return out;
}
