import { drawAxes, layoutPlot } from './axes';
import { boundsOf, isRange } from './bounds';
import type { Box, DrawContext2D } from './context';
import { fillMarks } from './marks';
import type { Picture } from './picture';
import { placed, type Range, squareIn, widened } from './plane';
import { isLow } from './text';
import type { DrawTheme } from './theme';

type Mesh = Extract<Picture, { type: 'mesh' }>;

/** A grid as it lies on the plane: lines along its rows and columns, its points as fakes. */
export function drawMesh(context: DrawContext2D, picture: Mesh, box: Box, theme: DrawTheme): void {
  const layout = layoutPlot(box);
  const plot = isLow(box) ? squareIn(layout.plot, rangesOf(picture)) : layout.plot;
  const { columns, rows, points } = picture;
  const [across, up] = widened(rangesOf(picture), plot);
  const places = placed(points, across, up, plot);
  context.save();
  context.beginPath();
  context.rect(plot.x, plot.y, plot.width, plot.height);
  context.clip();
  context.strokeStyle = theme.curve;
  context.globalAlpha = 0.5;
  strokeMesh(context, places, columns, rows);
  context.fillStyle = theme.fake;
  context.globalAlpha = 0.8;
  fillMarks(context, 'diamond', places, 1.2);
  context.restore();
  drawAxes(context, plot, { across, up }, theme, box);
}

/** Lines along rows and columns. */
export function strokeMesh(
  context: DrawContext2D,
  places: Float32Array,
  columns: number,
  rows: number,
): void {
  context.lineWidth = 1;
  context.beginPath();
  for (let row = 0; row < rows; row++) addLine(context, places, row * columns, 1, columns);
  for (let column = 0; column < columns; column++) addLine(context, places, column, columns, rows);
  context.stroke();
}

/** A line through `count` points, every `step`-th from the first; broken where one is not finite. */
function addLine(
  context: DrawContext2D,
  places: Float32Array,
  first: number,
  step: number,
  count: number,
): void {
  let isDrawing = false;
  for (let k = 0; k < count; k++) {
    const at = 2 * (first + k * step);
    const [x, y] = [places[at] as number, places[at + 1] as number];
    const isPoint = Number.isFinite(x) && Number.isFinite(y);
    if (isPoint && isDrawing) context.lineTo(x, y);
    else if (isPoint) context.moveTo(x, y);
    isDrawing = isPoint;
  }
}

function rangesOf({ bounds: [across, up], points }: Mesh): readonly [Range, Range] {
  if (isRange(across) && isRange(up)) return [across, up];
  return boundsOf(points, 2) as unknown as readonly [Range, Range];
}
