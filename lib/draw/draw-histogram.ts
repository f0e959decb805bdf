import { drawAxes, layoutPlot } from './axes';
import type { Box, DrawContext2D, Rect } from './context';
import type { Picture } from './picture';
import type { DrawTheme } from './theme';

const EDGE = 8;

/** Bars over the range of the numbers, with a line at zero; one bar in the middle where all are equal. */
export function drawHistogram(
  context: DrawContext2D,
  { range: [low, high], shares }: Extract<Picture, { type: 'histogram' }>,
  box: Box,
  theme: DrawTheme,
): void {
  const { plot: full } = layoutPlot(box);
  const plot: Rect = {
    x: EDGE,
    y: EDGE / 2,
    width: box.width - 2 * EDGE,
    height: full.y + full.height - EDGE / 2,
  };
  const isOne = !(low < high);
  const room = Math.abs(low) / 2 || 1;
  const across: readonly [number, number] = isOne ? [low - room, low + room] : [low, high];
  const bars = isOne ? { ...plot, x: plot.x + plot.width / 2 - 4, width: 8 } : plot;
  drawBars(
    context,
    isOne ? shares.slice(0, 1) : shares,
    { ...bars, y: plot.y + 2, height: plot.height - 2 },
    theme,
  );
  if (across[0] < 0 && across[1] > 0) {
    context.fillStyle = theme.inkFaint;
    context.fillRect(plot.x + (-across[0] / (across[1] - across[0])) * plot.width, plot.y, 1, plot.height);
  }
  if (Number.isFinite(low)) drawAxes(context, plot, { across }, theme, box);
}

/** Shares side by side, the largest as tall as the rectangle. */
export function drawBars(context: DrawContext2D, bins: Float32Array, rect: Rect, theme: DrawTheme): void {
  if (rect.height < 3) return;
  context.fillStyle = theme.grid;
  context.fillRect(rect.x, rect.y + rect.height, rect.width, 1);
  const highest = bins.filter(Number.isFinite).reduce((most, share) => Math.max(most, share), 0);
  if (!(highest > 0)) return;
  const step = rect.width / bins.length;
  context.fillStyle = theme.curve;
  context.globalAlpha = 0.55;
  bins.forEach((share, i) => {
    if (!(share > 0)) return;
    const tall = Math.max(1, (share / highest) * rect.height);
    context.fillRect(rect.x + i * step, rect.y + rect.height - tall, Math.max(0.5, step - 1), tall);
  });
  context.globalAlpha = 1;
}
