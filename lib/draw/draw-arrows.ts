import { drawAxes, layoutPlot } from './axes';
import { boundsOf, isRange } from './bounds';
import type { Box, DrawContext2D } from './context';
import { drawLegend, legendOf } from './legend';
import { fillMarks } from './marks';
import type { Picture } from './picture';
import { legendBeside, placed, type Range, squareIn, widened } from './plane';
import { isLow } from './text';
import type { DrawTheme } from './theme';

type Arrows = Extract<Picture, { type: 'arrows' }>;

/** More than these are a thicket. */
const MOST_ARROWS = 600;

/** Arrows on equal axes, over points of real and fake. */
export function drawArrows(context: DrawContext2D, picture: Arrows, box: Box, theme: DrawTheme): void {
  const layout = layoutPlot(box);
  const given = rangesOf(picture);
  const plot = isLow(box) ? squareIn(layout.plot, given) : layout.plot;
  const [across, up] = widened(given, plot);
  const place = (points: Float32Array) => placed(points, across, up, plot);
  const r = Math.max(1.1, Math.min(2.2, Math.min(plot.width, plot.height) / 140));
  context.save();
  context.beginPath();
  context.rect(plot.x, plot.y, plot.width, plot.height);
  context.clip();
  context.globalAlpha = 0.6;
  for (const [points, mark, color] of [
    [picture.real, 'circle', theme.real],
    [picture.fake, 'diamond', theme.fake],
  ] as const) {
    if (!points) continue;
    context.fillStyle = color;
    fillMarks(context, mark, place(points), r);
  }
  context.globalAlpha = 0.8;
  context.strokeStyle = theme.curve;
  strokeArrows(context, place(picture.tails), place(picture.heads), r);
  context.restore();
  drawAxes(context, plot, { across, up }, theme, box);
  const { names } = picture;
  const marks = legendOf(theme, { real: picture.real, fake: picture.fake });
  const entries = names
    ? [
        ...marks.map((entry) => ({ ...entry, label: names.real })),
        { label: names.arrows, color: theme.curve, mark: 'arrow' as const },
      ]
    : marks;
  drawLegend(context, entries, legendBeside(layout.legend, plot, box), theme, box);
}

/** Arrows between places, among marks of radius `r`. */
export function strokeArrows(
  context: DrawContext2D,
  tails: Float32Array,
  heads: Float32Array,
  r: number,
): void {
  context.lineWidth = 0.5 + 0.4 * r;
  context.beginPath();
  for (let i = 0; i + 1 < Math.min(tails.length, 2 * MOST_ARROWS); i += 2)
    addArrow(context, [tails[i], tails[i + 1], heads[i], heads[i + 1]] as Line, 2.8 * r);
  context.stroke();
}

type Line = readonly [number, number, number, number];

/** A line with two barbs; nothing where a number is not finite. */
function addArrow(context: DrawContext2D, [x0, y0, x1, y1]: Line, barb: number): void {
  const length = Math.hypot(x1 - x0, y1 - y0);
  if (!Number.isFinite(length) || length < 0.5) return;
  const [dx, dy] = [(x1 - x0) / length, (y1 - y0) / length];
  const size = Math.min(barb, length / 2);
  context.moveTo(x0, y0);
  context.lineTo(x1, y1);
  context.moveTo(x1 - size * (dx - 0.6 * dy), y1 - size * (dy + 0.6 * dx));
  context.lineTo(x1, y1);
  context.lineTo(x1 - size * (dx + 0.6 * dy), y1 - size * (dy - 0.6 * dx));
}

/** The picture's bounds, or those of its arrows where they make no sense. */
function rangesOf({ bounds: [across, up], tails, heads }: Arrows): readonly [Range, Range] {
  if (isRange(across) && isRange(up)) return [across, up];
  return boundsOf(Float32Array.from([...tails, ...heads]), 2) as unknown as readonly [Range, Range];
}
