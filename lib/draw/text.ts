import type { Box, DrawContext2D } from './context';
import type { DrawTheme } from './theme';

/** Sizes that depend on the room: small pictures sit in nodes, large ones in the dock. */
export const isSmall = ({ width, height }: Box): boolean => Math.min(width, height) < 240;

/** Read at a glance: on a card at zoom 1, in the dock, and on the whole canvas. */
export const textSize = (box: Box): number => (isSmall(box) ? 11.5 : 13);

/** A strip: what is beside the picture has more room than what is above and below. */
export const isLow = ({ width, height }: Box): boolean => height < 150 && width > 1.5 * height;

export const setFont = (context: DrawContext2D, theme: DrawTheme, size: number, weight = 400): void => {
  context.font = `${weight} ${size}px ${theme.font}`;
};

/** Three significant digits, plain where they are short: 0.0123, -4, 1.5e6. */
export function formatNumber(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  if (size !== 0 && (size < 0.001 || size >= 100_000))
    return value
      .toExponential(digits - 2)
      .replace('e+', 'e')
      .replaceAll('-', '−');
  return String(Number(value.toPrecision(digits))).replace('-', '−');
}

/** Numbers along an axis: with as many digits as distinguish them. */
export function formatTicks(ticks: readonly number[]): readonly string[] {
  const withDigits = (digits: number): readonly string[] => {
    const texts = ticks.map((tick) => formatNumber(tick, digits));
    return new Set(texts).size === texts.length || digits > 8 ? texts : withDigits(digits + 1);
  };
  return withDigits(3);
}

/** The text, cut with an ellipsis to fit. */
export function fitText(context: DrawContext2D, text: string, width: number): string {
  if (context.measureText(text).width <= width) return text;
  let low = 0;
  let high = text.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (context.measureText(`${text.slice(0, middle)}…`).width <= width) low = middle;
    else high = middle - 1;
  }
  return low > 0 ? `${text.slice(0, low).trimEnd()}…` : '';
}

/** Words broken into lines that fit. */
export function wrapText(context: DrawContext2D, text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    const longer = line ? `${line} ${word}` : word;
    if (line && context.measureText(longer).width > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line].map((each) => fitText(context, each, width));
}
