/** Numbers about repeated measurements. */
export interface Summary {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

export function summarise(values: readonly number[]): Summary {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (i: number) => sorted[i] ?? Number.NaN;
  const middle = (sorted.length - 1) / 2;
  return {
    median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2,
    low: at(0),
    high: at(sorted.length - 1),
  };
}

/**
 * How many times as long as `under` `over` took, repeat by repeat: both took turns, so that a neighbour's load
 * meets both, and the ratio of two that follow each other says more than that of medians.
 */
export const pairedRatio = (over: readonly number[], under: readonly number[]): Summary =>
  summarise(over.slice(0, under.length).map((time, i) => time / (under[i] as number)));

/** Least squares of log y on log x: y ≈ factor · x^slope, and the share of log y's variance that it explains. */
export interface PowerFit {
  readonly slope: number;
  readonly factor: number;
  readonly r2: number;
}

export function fitPower(points: readonly (readonly [x: number, y: number])[]): PowerFit {
  const xs = points.map(([x]) => Math.log(x));
  const ys = points.map(([, y]) => Math.log(y));
  const [mx, my] = [mean(xs), mean(ys)];
  const sxy = mean(xs.map((x, i) => (x - mx) * ((ys[i] as number) - my)));
  const sxx = mean(xs.map((x) => (x - mx) ** 2));
  const syy = mean(ys.map((y) => (y - my) ** 2));
  const slope = sxy / sxx;
  return { slope, factor: Math.exp(my - slope * mx), r2: syy === 0 ? 1 : sxy ** 2 / (sxx * syy) };
}

/** y ≈ fixed + perUnit · x, by least squares of the relative error; `worst` is the largest of those. */
export interface LineFit {
  readonly fixed: number;
  readonly perUnit: number;
  readonly worst: number;
}

export function fitLine(points: readonly (readonly [x: number, y: number])[]): LineFit {
  // 1 ≈ fixed · u + perUnit · v, with u = 1/y and v = x/y
  const rows = points.map(([x, y]) => [1 / y, x / y] as const);
  const uu = mean(rows.map(([u]) => u * u));
  const uv = mean(rows.map(([u, v]) => u * v));
  const vv = mean(rows.map(([, v]) => v * v));
  const [u1, v1] = [mean(rows.map(([u]) => u)), mean(rows.map(([, v]) => v))];
  const determinant = uu * vv - uv * uv;
  const fixed = (u1 * vv - v1 * uv) / determinant;
  const perUnit = (v1 * uu - u1 * uv) / determinant;
  return { fixed, perUnit, worst: Math.max(...rows.map(([u, v]) => Math.abs(fixed * u + perUnit * v - 1))) };
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
