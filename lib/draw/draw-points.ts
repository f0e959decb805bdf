import { drawAxes, layoutPlot } from './axes';
import { boundsOf, isRange } from './bounds';
import type { Box, DrawContext2D, Rect } from './context';
import { addContour } from './contour';
import { drawLegend, legendOf } from './legend';
import { fillMarks } from './marks';
import type { Picture } from './picture';
import { drawSurface, middleOf } from './surface';
import { isLow } from './text';
import type { DrawTheme } from './theme';

type Points = Extract<Picture, { type: 'points' }>;
export type Range = readonly [number, number];

/** Points on equal axes, real as circles below fakes as diamonds, over a surface where there is one. */
export function drawPoints(context: DrawContext2D, picture: Points, box: Box, theme: DrawTheme): void {
  const layout = layoutPlot(box);
  const given = rangesOf(picture);
  const isFitted = picture.surface !== undefined || isLow(box);
  const plot = isFitted ? squareIn(layout.plot, given) : layout.plot;
  const [across, up] = isFitted ? given : widened(given, plot);
  context.save();
  context.beginPath();
  context.rect(plot.x, plot.y, plot.width, plot.height);
  context.clip();
  if (picture.surface) {
    drawSurface(context, picture.surface, plot, theme);
    context.beginPath();
    addContour(context, picture.surface, middleOf(picture.surface.values), plot);
    context.strokeStyle = theme.curve;
    context.globalAlpha = 0.55;
    context.lineWidth = 1;
    context.stroke();
  }
  const place = (points: Float32Array) => placed(points, across, up, plot);
  const r = Math.max(1.1, Math.min(2.4, Math.min(plot.width, plot.height) / 130));
  for (const [points, mark, color, radius] of [
    [picture.real, 'circle', theme.real, 1.2 * r],
    [picture.fake, 'diamond', theme.fake, r],
  ] as const) {
    if (!points) continue;
    context.fillStyle = color;
    context.globalAlpha = points.length > 4000 ? 0.4 : 0.65;
    fillMarks(context, mark, place(points), radius);
  }
  context.restore();
  drawAxes(context, plot, { across, up }, theme, box);
  drawLegend(context, legendOf(theme, picture), legendBeside(layout.legend, plot, box), theme, box);
}

/** Above the plot, as wide as it is; in a strip beside it. */
export const legendBeside = (legend: Rect, plot: Rect, box: Box): Rect =>
  isLow(box) ? { ...legend, x: plot.x + plot.width + 8 } : { ...legend, x: plot.x, width: plot.width };

/** The picture's bounds, or those of its points where they make no sense. */
function rangesOf({ bounds, real, fake }: Points): readonly [Range, Range] {
  const [across, up] = bounds;
  if (isRange(across) && isRange(up)) return [across, up];
  const found = boundsOf(Float32Array.from([...(real ?? []), ...(fake ?? [])]), 2);
  return found as readonly [Range, Range];
}

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
