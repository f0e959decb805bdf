import type { DrawContext2D, Rect } from './context';
import type { Grid } from './picture';
import { packColor, paintPixels } from './pixels';
import { type DrawTheme, parseColor } from './theme';

/** ½ for values that are all in [0, 1] (probabilities), else 0 (logits, critics). */
export const middleOf = (values: Float32Array): number =>
  values.every((value) => !(value < 0 || value > 1)) ? 0.5 : 0;

const steps = 256;

/** Paints a surface: one colour below its middle, another above, paler towards it. */
export function drawSurface(context: DrawContext2D, grid: Grid, rect: Rect, theme: DrawTheme): void {
  const { width: columns, height: rows, values } = grid;
  if (columns < 1 || rows < 1 || values.length < columns * rows) return;
  const middle = middleOf(values);
  const reach = reachOf(values, middle);
  const colors = colorTable(theme);
  paintPixels(context, rect, (pixels, width, height) => {
    const across = Array.from({ length: width }, (_, x) => between(x, width, columns));
    const line = new Float64Array(columns);
    for (let y = 0; y < height; y++) {
      const { first, second, share } = between(height - 1 - y, height, rows);
      for (let column = 0; column < columns; column++) {
        const low = values[first * columns + column] as number;
        const high = values[second * columns + column] as number;
        line[column] = low + (high - low) * share;
      }
      for (let x = 0; x < width; x++) {
        const place = across[x] as Between;
        const low = line[place.first] as number;
        const value = low + ((line[place.second] as number) - low) * place.share;
        pixels[y * width + x] = colors[stepOf((value - middle) / reach)] as number;
      }
    }
  });
}

/** A height in [-1, 1] as a step of the table; the middle for what is not finite. */
function stepOf(height: number): number {
  if (Number.isNaN(height)) return steps / 2;
  return Math.round(((Math.min(1, Math.max(-1, height)) + 1) / 2) * (steps - 1));
}

/** Two cells and the share of the second. */
interface Between {
  readonly first: number;
  readonly second: number;
  readonly share: number;
}

/** The cells on both sides of a pixel. Values are at the cells' centres. */
function between(pixel: number, pixels: number, cells: number): Between {
  const place = Math.min(cells - 1, Math.max(0, ((pixel + 0.5) / pixels) * cells - 0.5));
  const first = Math.floor(place);
  return { first, second: Math.min(cells - 1, first + 1), share: place - first };
}

/** The distance from the middle that 98 % of the values keep, so that one peak does not pale the rest. */
function reachOf(values: Float32Array, middle: number): number {
  const distances = values
    .filter(Number.isFinite)
    .map((value) => Math.abs(value - middle))
    .sort();
  return distances[Math.floor(0.98 * (distances.length - 1))] || 1;
}

/** Colours by step, low to high. */
function colorTable(theme: DrawTheme): Uint32Array {
  const middle = parseColor(theme.surfaceMiddle);
  return Uint32Array.from({ length: steps }, (_, step) => {
    const height = (2 * step) / (steps - 1) - 1;
    const end = parseColor(height < 0 ? theme.surfaceLow : theme.surfaceHigh);
    const mix = (channel: 0 | 1 | 2) =>
      Math.round(middle[channel] + (end[channel] - middle[channel]) * Math.abs(height));
    return packColor(mix(0), mix(1), mix(2));
  });
}
