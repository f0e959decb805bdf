import { drawAxes, layoutPlot } from './axes';
import type { Box, DrawContext2D, Rect } from './context';
import type { Moment, Picture } from './picture';
import type { DrawTheme } from './theme';

const EDGE = 8;

/** A column per moment, from its iteration to the next one’s, over the range of all: the darker, the more of its numbers lie there. */
export function drawCourse(
  context: DrawContext2D,
  { moments }: Extract<Picture, { type: 'course' }>,
  box: Box,
  theme: DrawTheme,
): void {
  const { plot: full } = layoutPlot(box);
  const plot: Rect = {
    ...full,
    y: EDGE / 2,
    width: box.width - full.x - EDGE,
    height: full.y + full.height - EDGE / 2,
  };
  const [first, last] = [moments[0], moments.at(-1)];
  if (!first || !last) return;
  const up = rangeOf(moments);
  const gap = moments.length > 1 ? (last.iteration - first.iteration) / (moments.length - 1) : 1;
  const across = [first.iteration, last.iteration + gap] as const;
  const leftOf = (iteration: number) =>
    plot.x + (plot.width * (iteration - across[0])) / (across[1] - across[0]);
  context.fillStyle = theme.curve;
  moments.forEach((moment, i) => {
    const x = leftOf(moment.iteration);
    const width = leftOf(moments[i + 1]?.iteration ?? across[1]) - x;
    for (const { from, to, density } of barsOf(moment)) {
      const [top, bottom] = [to, from].map(
        (value) => plot.y + plot.height * (1 - (value - up[0]) / (up[1] - up[0])),
      );
      context.globalAlpha = Math.sqrt(density);
      context.fillRect(
        x,
        top as number,
        Math.max(1, width),
        Math.max(1, (bottom as number) - (top as number)),
      );
    }
  });
  context.globalAlpha = 1;
  drawAxes(context, plot, { across, up }, theme, box);
}

/** Low and high of all; with room where they are one number. */
function rangeOf(moments: readonly Moment[]): readonly [number, number] {
  const low = Math.min(...moments.map(({ range }) => range[0]));
  const high = Math.max(...moments.map(({ range }) => range[1]));
  const room = low < high ? 0 : Math.abs(low) / 2 || 1;
  return [low - room, high + room];
}

/** The bins that hold something, with their share as a part of the fullest one's. */
function barsOf({ range: [low, high], shares }: Moment) {
  const most = shares.reduce((a, b) => Math.max(a, b), 0);
  const step = (high - low) / shares.length;
  return Array.from(shares, (share, i) => ({
    from: low + i * step,
    to: low + (i + 1) * step,
    density: share / (most || 1),
  })).filter(({ density }) => density > 0);
}
