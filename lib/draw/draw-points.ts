import { drawAxes, layoutPlot } from './axes';
import { rangesOf } from './bounds';
import type { Box, DrawContext2D } from './context';
import { addContour } from './contour';
import { strokeArrows } from './draw-arrows';
import { strokeMesh } from './draw-mesh';
import { drawLegend, legendOf } from './legend';
import { fillMarks } from './marks';
import type { Picture } from './picture';
import { legendBeside, placed, squareIn, widened } from './plane';
import { drawSurface, middleOf } from './surface';
import { isLow } from './text';
import type { DrawTheme } from './theme';
import type { Axes } from './zoom';

type Points = Extract<Picture, { type: 'points' }>;

/** Points on equal axes, real as circles below fakes as diamonds, over a surface where there is one. */
export function drawPoints(context: DrawContext2D, picture: Points, box: Box, theme: DrawTheme): Axes {
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
  if (picture.optimum) {
    context.beginPath();
    addContour(context, picture.optimum, middleOf(picture.optimum.values), plot);
    context.strokeStyle = theme.ink;
    context.globalAlpha = 0.8;
    context.lineWidth = 1.5;
    context.setLineDash([4, 3]);
    context.stroke();
    context.setLineDash([]);
  }
  if (picture.sheet) {
    const { columns, points } = picture.sheet;
    context.strokeStyle = theme.fake;
    context.globalAlpha = 0.6;
    strokeMesh(context, place(points), columns, points.length / 2 / columns);
  }
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
  if (picture.arrows) {
    context.strokeStyle = theme.curve;
    context.globalAlpha = 0.9;
    strokeArrows(context, place(picture.arrows.tails), place(picture.arrows.heads), r);
  }
  context.restore();
  drawAxes(context, plot, { across, up }, theme, box);
  drawLegend(context, legendOf(theme, picture), legendBeside(layout.legend, plot, box), theme, box);
  return { plot, across, up };
}
