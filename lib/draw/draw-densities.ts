import { drawAxes, drawUpAxis, layoutPlot } from './axes';
import { isRange } from './bounds';
import type { Box, DrawContext2D, Rect } from './context';
import { drawLegend, legendOf } from './legend';
import type { Picture } from './picture';
import { isSmall } from './text';
import type { DrawTheme } from './theme';
import type { Axes } from './zoom';

type Densities = Extract<Picture, { type: 'densities' }>;
type Range = readonly [number, number];

/** Densities over a line: real a filled area, fake a dashed line, and a function, dotted, on its own scale. */
export function drawDensities(context: DrawContext2D, picture: Densities, box: Box, theme: DrawTheme): Axes {
  const { real, fake, curve, optimum } = picture;
  const { plot, legend } = layoutPlot(box, { left: !isSmall(box), right: curve !== undefined });
  const up: Range = [0, 1.08 * (highest([real, fake]) || 1)];
  context.save();
  context.beginPath();
  context.rect(plot.x, plot.y, plot.width, plot.height);
  context.clip();
  context.lineJoin = 'round';
  context.lineWidth = isSmall(box) ? 1.5 : 2;
  if (real) {
    context.fillStyle = theme.real;
    context.globalAlpha = 0.22;
    for (const run of runsOf(real)) fillUnder(context, placed(real, run, up, plot), plot);
    context.globalAlpha = 1;
    strokeCurve(context, real, up, plot, theme.real, []);
  }
  if (fake) strokeCurve(context, fake, up, plot, theme.fake, [6, 3]);
  const scale = curve && scaleOf(curve);
  if (curve && scale) strokeCurve(context, curve, scale, plot, theme.curve, [1.5, 3]);
  if (optimum && scale) strokeCurve(context, optimum, scale, plot, theme.ink, [4, 3]);
  context.restore();
  const across: Range = isRange(picture.range) ? picture.range : [0, 1];
  drawAxes(context, plot, { across, ...(!isSmall(box) && { up }) }, theme, box);
  if (scale) drawUpAxis(context, plot, scale, 'right', box, theme);
  drawLegend(context, legendOf(theme, picture), legend, theme, box);
  return { plot, across };
}

function highest(curves: readonly (Float32Array | undefined)[]): number {
  let high = 0;
  for (const curve of curves)
    for (const value of curve ?? []) if (Number.isFinite(value)) high = Math.max(high, value);
  return high;
}

/** 0 to 1 for probabilities, else what the function reaches with a little room. */
function scaleOf(curve: Float32Array): Range {
  const finite = curve.filter(Number.isFinite);
  if (finite.length === 0) return [0, 1];
  const low = finite.reduce((a, b) => Math.min(a, b));
  const high = finite.reduce((a, b) => Math.max(a, b));
  if (low >= 0 && high <= 1) return [0, 1.08];
  const room = 0.08 * (high - low) || 0.5;
  return [low - room, high + room];
}

/** First and last index of every stretch of finite values. */
function runsOf(curve: Float32Array): readonly [number, number][] {
  const runs: [number, number][] = [];
  curve.forEach((value, i) => {
    if (!Number.isFinite(value)) return;
    const last = runs.at(-1);
    if (last && last[1] === i - 1) last[1] = i;
    else runs.push([i, i]);
  });
  return runs;
}

function placed(curve: Float32Array, [first, last]: readonly [number, number], up: Range, plot: Rect) {
  const points: [number, number][] = [];
  for (let i = first; i <= last; i++)
    points.push([
      plot.x + (i / Math.max(1, curve.length - 1)) * plot.width,
      plot.y + plot.height * (1 - ((curve[i] as number) - up[0]) / (up[1] - up[0])),
    ]);
  return points;
}

function fillUnder(context: DrawContext2D, points: readonly [number, number][], plot: Rect): void {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return;
  context.beginPath();
  context.moveTo(first[0], plot.y + plot.height);
  for (const [x, y] of points) context.lineTo(x, y);
  context.lineTo(last[0], plot.y + plot.height);
  context.closePath();
  context.fill();
}

function strokeCurve(
  context: DrawContext2D,
  curve: Float32Array,
  up: Range,
  plot: Rect,
  color: string,
  dash: number[],
): void {
  context.strokeStyle = color;
  context.setLineDash(dash);
  context.beginPath();
  for (const run of runsOf(curve))
    placed(curve, run, up, plot).forEach(([x, y], i) => {
      if (i === 0) context.moveTo(x, y);
      else context.lineTo(x, y);
    });
  context.stroke();
  context.setLineDash([]);
}
