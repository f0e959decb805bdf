import { ticksOf } from './bounds';
import type { Box, DrawContext2D, Rect } from './context';
import { formatTicks, isLow, isSmall, setFont, textSize } from './text';
import type { DrawTheme } from './theme';

/**
 * A plot's inner rectangle and its legend's place, with room for the ticks' numbers: a line above the plot. In a strip
 * the plot has all of the height, without numbers, and the legend a column at its right.
 */
export function layoutPlot(box: Box, { left = true, right = false } = {}): { plot: Rect; legend: Rect } {
  if (isLow(box)) {
    const plot = { x: 4, y: 3, width: box.width - LEGEND_COLUMN - 8, height: Math.max(1, box.height - 6) };
    return { plot, legend: { ...plot, x: plot.x + plot.width + 4, width: LEGEND_COLUMN } };
  }
  const small = isSmall(box);
  const top = small ? 20 : 26;
  const bottom = small ? 18 : 24;
  const side = small ? 8 : 10;
  const wide = small ? 30 : 40;
  const x = left ? wide : side;
  const width = Math.max(1, box.width - x - (right ? wide : side));
  return {
    plot: { x, y: top, width, height: Math.max(1, box.height - top - bottom) },
    legend: { x, y: small ? 3 : 5, width, height: top - 4 },
  };
}

export const LEGEND_COLUMN = 74;

/** A hairline picture with a few round numbers; `up` is left out where heights have no unit worth reading. */
export function drawAxes(
  context: DrawContext2D,
  plot: Rect,
  ranges: { across: readonly [number, number]; up?: readonly [number, number] },
  theme: DrawTheme,
  box: Box,
): void {
  context.strokeStyle = theme.grid;
  context.lineWidth = 1;
  context.strokeRect(plot.x, plot.y, plot.width, plot.height);
  if (isLow(box)) return;
  setFont(context, theme, textSize(box));
  context.fillStyle = theme.inkFaint;
  context.textAlign = 'center';
  context.textBaseline = 'top';
  const [low, high] = ranges.across;
  const ticks = ticksOf(ranges.across, plot.width < 200 ? 3 : 5);
  const texts = formatTicks(ticks);
  for (const [i, tick] of ticks.entries()) {
    const x = plot.x + ((tick - low) / (high - low)) * plot.width;
    drawTick(context, x, plot.y + plot.height, 0, 3);
    context.fillText(texts[i] ?? '', x, plot.y + plot.height + 4);
  }
  if (ranges.up) drawUpAxis(context, plot, ranges.up, 'left', box, theme);
}

/** Numbers along the left or right edge. */
export function drawUpAxis(
  context: DrawContext2D,
  plot: Rect,
  range: readonly [number, number],
  side: 'left' | 'right',
  box: Box,
  theme: DrawTheme,
): void {
  if (isLow(box)) return;
  setFont(context, theme, textSize(box));
  context.textBaseline = 'middle';
  context.textAlign = side === 'left' ? 'right' : 'left';
  const edge = side === 'left' ? plot.x : plot.x + plot.width;
  const out = side === 'left' ? -1 : 1;
  const ticks = ticksOf(range, plot.height < 200 ? 3 : 5);
  const texts = formatTicks(ticks);
  for (const [i, tick] of ticks.entries()) {
    const y = plot.y + plot.height - ((tick - range[0]) / (range[1] - range[0])) * plot.height;
    drawTick(context, edge, y, 3 * out, 0);
    context.fillText(texts[i] ?? '', edge + 5 * out, y);
  }
}

function drawTick(context: DrawContext2D, x: number, y: number, dx: number, dy: number): void {
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(x + dx, y + dy);
  context.stroke();
}
