import type { DrawContext2D, Rect } from './context';
import { addMark, type Mark } from './marks';
import { setFont } from './text';
import type { DrawTheme } from './theme';

interface LegendEntry {
  readonly label: string;
  readonly color: string;
  readonly mark: Mark;
}

/** Entries of what is there: real a circle, fake a diamond. */
export function legendOf(
  theme: DrawTheme,
  { real, fake, curve }: { real?: unknown; fake?: unknown; curve?: unknown },
): readonly LegendEntry[] {
  return [
    ...(real ? [{ label: 'real', color: theme.real, mark: 'circle' } as const] : []),
    ...(fake ? [{ label: 'fake', color: theme.fake, mark: 'diamond' } as const] : []),
    ...(curve ? [{ label: 'function', color: theme.curve, mark: 'dotted' } as const] : []),
  ];
}

/** One line of entries, from the right end of `rect`. */
export function drawLegend(
  context: DrawContext2D,
  entries: readonly LegendEntry[],
  rect: Rect,
  theme: DrawTheme,
  size: number,
): void {
  setFont(context, theme, size);
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  const middle = rect.y + rect.height / 2;
  let x = rect.x + rect.width;
  for (const { label, color, mark } of entries.toReversed()) {
    x -= context.measureText(label).width;
    context.fillStyle = theme.inkSoft;
    context.fillText(label, x, middle);
    x -= mark === 'dotted' ? 20 : 10;
    drawSwatch(context, mark, color, x, middle);
    x -= 10;
  }
}

function drawSwatch(context: DrawContext2D, mark: Mark, color: string, x: number, y: number): void {
  context.beginPath();
  if (mark === 'dotted') {
    context.strokeStyle = color;
    context.lineWidth = 1.5;
    context.setLineDash([2, 2.5]);
    context.moveTo(x, y);
    context.lineTo(x + 16, y);
    context.stroke();
    context.setLineDash([]);
    return;
  }
  context.fillStyle = color;
  addMark(context, mark, x + 3, y, 3);
  context.fill();
}
