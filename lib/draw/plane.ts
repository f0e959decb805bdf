import type { Box, Rect } from './context';
import { isLow } from './text';

/** The plane in a box: equal axes, places of points. */
export type Range = readonly [number, number];

/** Above the plot, as wide as it is; in a strip beside it. */
export const legendBeside = (legend: Rect, plot: Rect, box: Box): Rect =>
  isLow(box) ? { ...legend, x: plot.x + plot.width + 8 } : { ...legend, x: plot.x, width: plot.width };

/** The largest rectangle of the ranges' proportions within another, at its centre. */
export function squareIn({ x, y, width, height }: Rect, [across, up]: readonly [Range, Range]): Rect {
  const unit = Math.min(width / (across[1] - across[0]), height / (up[1] - up[0]));
  const [w, h] = [unit * (across[1] - across[0]), unit * (up[1] - up[0])];
  return { x: x + (width - w) / 2, y: y + (height - h) / 2, width: w, height: h };
}

/** The ranges, one of them widened so that both axes have one scale over all of the rectangle. */
export function widened(
  [across, up]: readonly [Range, Range],
  { width, height }: Rect,
): readonly [Range, Range] {
  const unit = Math.min(width / (across[1] - across[0]), height / (up[1] - up[0]));
  const around = ([low, high]: Range, span: number): Range => [
    (low + high - span) / 2,
    (low + high + span) / 2,
  ];
  return [around(across, width / unit), around(up, height / unit)];
}

export function placed(points: Float32Array, across: Range, up: Range, plot: Rect): Float32Array {
  const out = new Float32Array(points.length);
  for (let i = 0; i + 1 < points.length; i += 2) {
    out[i] = plot.x + (((points[i] as number) - across[0]) / (across[1] - across[0])) * plot.width;
    out[i + 1] = plot.y + plot.height * (1 - ((points[i + 1] as number) - up[0]) / (up[1] - up[0]));
  }
  return out;
}
