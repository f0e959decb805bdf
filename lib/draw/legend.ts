import type { Box, DrawContext2D, Rect } from './context';
import { addMark, type Mark } from './marks';
import { isLow, setFont, textSize } from './text';
import type { DrawTheme } from './theme';

interface LegendEntry {
  readonly label: string;
  readonly color: string;
  readonly mark: Mark;
}

interface Shown {
  readonly real?: unknown;
  readonly fake?: unknown;
  readonly curve?: unknown;
  readonly optimum?: unknown;
  readonly arrows?: unknown;
  readonly names?: { readonly real: string; readonly fake: string };
}

/** Entries of what is there: real a circle, fake a diamond. */
export function legendOf(
  theme: DrawTheme,
  { real, fake, curve, optimum, arrows, names = { real: 'real', fake: 'fake' } }: Shown,
): readonly LegendEntry[] {
  return [
    ...(real ? [{ label: names.real, color: theme.real, mark: 'circle' } as const] : []),
    ...(fake ? [{ label: names.fake, color: theme.fake, mark: 'diamond' } as const] : []),
    ...(curve ? [{ label: 'function', color: theme.curve, mark: 'dotted' } as const] : []),
    ...(optimum ? [{ label: 'best', color: theme.ink, mark: 'dotted' } as const] : []),
    ...(arrows ? [{ label: '−∇ loss', color: theme.curve, mark: 'arrow' } as const] : []),
  ];
}

/**
 * One line of entries to the right end of `rect`, or beyond it where they are longer, up to the box's edges; in a strip
 * one below the other. Where not all have room even so, their marks alone.
 */
export function drawLegend(
  context: DrawContext2D,
  entries: readonly LegendEntry[],
  rect: Rect,
  theme: DrawTheme,
  box: Box,
): void {
  setFont(context, theme, textSize(box));
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  if (isLow(box)) {
    drawColumn(context, entries, rect, theme);
    return;
  }
  const widths = entries.map(({ label, mark }) => swatchWidth(mark) + context.measureText(label).width);
  const total = widths.reduce((sum, width) => sum + width, (entries.length - 1) * BETWEEN);
  const fits = total <= box.width - 2 * EDGE;
  const marksOnly = entries.reduce((sum, { mark }) => sum + swatchWidth(mark), 0);
  const length = fits ? total : marksOnly;
  const end = Math.min(box.width - EDGE, Math.max(rect.x + rect.width, EDGE + length));
  const middle = rect.y + rect.height / 2;
  let x = end - length;
  entries.forEach((entry, i) => {
    drawEntry(context, fits ? entry : { ...entry, label: '' }, x, middle, theme);
    x += fits ? (widths[i] as number) + BETWEEN : swatchWidth(entry.mark);
  });
}

const EDGE = 4;
const BETWEEN = 10;
const LINE = 18;
const isLong = (mark: Mark): boolean => mark === 'dotted' || mark === 'arrow';
const swatchWidth = (mark: Mark): number => (isLong(mark) ? 20 : 10);

function drawColumn(context: DrawContext2D, entries: readonly LegendEntry[], rect: Rect, theme: DrawTheme) {
  entries.forEach((entry, i) => {
    const y = rect.y + LINE * (i + 0.5);
    if (y + LINE / 2 <= rect.y + rect.height) drawEntry(context, entry, rect.x, y, theme);
  });
}

function drawEntry(
  context: DrawContext2D,
  { label, color, mark }: LegendEntry,
  x: number,
  y: number,
  theme: DrawTheme,
): void {
  drawSwatch(context, mark, color, x, y);
  context.fillStyle = theme.inkSoft;
  context.fillText(label, x + swatchWidth(mark), y);
}

function drawSwatch(context: DrawContext2D, mark: Mark, color: string, x: number, y: number): void {
  context.beginPath();
  if (isLong(mark)) {
    context.strokeStyle = color;
    context.lineWidth = 1.5;
    context.setLineDash(mark === 'dotted' ? [2, 2.5] : []);
    context.moveTo(x, y);
    context.lineTo(x + 16, y);
    if (mark === 'arrow') {
      context.moveTo(x + 12, y - 3);
      context.lineTo(x + 16, y);
      context.lineTo(x + 12, y + 3);
    }
    context.stroke();
    context.setLineDash([]);
    return;
  }
  context.fillStyle = color;
  addMark(context, mark, x + 3, y, 3);
  context.fill();
}
