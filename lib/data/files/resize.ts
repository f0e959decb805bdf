import type { Numbers } from './data-file';

/** Pixels, row-major, channels last: height × width × channels. */
export interface Pixels {
  readonly values: Numbers | Uint8ClampedArray;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** Numbers from one pixel to the next, where there are more than channels. */
  readonly stride?: number;
}

/** Cut the longer side, leave room at the shorter, or stretch. */
export type Fit = 'crop' | 'contain' | 'stretch';

export interface Size {
  readonly height: number;
  readonly width: number;
}

interface Filling {
  readonly fit: Fit;
  /** What is left free. */
  readonly blank: number;
  readonly whole: boolean;
}

/**
 * An image in another size and with 1 or 3 channels, written to `out` at `at`. Shares of pixels: linear between
 * neighbours where it grows, the mean of what is covered where it shrinks, as `antialias` has it elsewhere; equal in
 * the exported Python to the last digit but rounding.
 */
export function resizeInto(
  out: { [at: number]: number },
  at: number,
  image: Pixels,
  target: Size & { readonly channels: number },
  filling: Filling,
): void {
  const places = placesOf(image, target, filling.fit);
  const lines = { values: narrowed(image, places), channels: image.channels, step: image.channels };
  resizeLines(out, at, lines, places, target, filling);
}

/** Of which pixels, and how much of each, the rows and columns of an image in another size are made. */
export interface Places {
  readonly rows: readonly (Shares | undefined)[];
  readonly columns: readonly (Shares | undefined)[];
  /** Pixels of the target per pixel of the image, along a line. */
  readonly scale: number;
  /** The lines of the image that are part of some row. */
  readonly first: number;
  readonly end: number;
}

export function placesOf(image: Size, target: Size, fit: Fit): Places {
  const scale = fit === 'stretch' ? undefined : scaleOf(image, target, fit);
  const rows = sharesOf(image.height, target.height, scale);
  const columns = sharesOf(image.width, target.width, scale);
  const first = rows.find(Boolean)?.first ?? 0;
  const last = rows.findLast(Boolean);
  const end = last ? last.first + last.shares.length : first;
  return { rows, columns, scale: scale ?? target.width / image.width, first, end };
}

/** Lines that have the width of the target already, from `places.first` on. */
interface Lines {
  readonly values: Float64Array;
  readonly channels: number;
  /** Numbers from one pixel to the next. */
  readonly step: number;
}

export function resizeLines(
  out: { [at: number]: number },
  at: number,
  lines: Lines,
  { rows, columns, first }: Places,
  target: Size & { readonly channels: number },
  { blank, whole }: Filling,
): void {
  const { channels, step } = lines;
  const line = new Float64Array(target.width * step);
  const pixel = new Float64Array(channels);
  for (const [y, row] of rows.entries()) {
    if (row) sumLines(line, lines.values, row, first);
    for (const [x, column] of columns.entries()) {
      for (let c = 0; c < channels; c++) pixel[c] = row && column ? (line[x * step + c] as number) : blank;
      const to = at + (y * target.width + x) * target.channels;
      for (let c = 0; c < target.channels; c++) {
        const value = target.channels < channels ? greyOf(pixel) : (pixel[c % channels] as number);
        // Halves go up, whatever the order of the sum.
        out[to + c] = whole ? Math.floor(value + 0.500001) : value;
      }
    }
  }
}

/** Lines of the image in the width of the target; first of all columns: that is most of the work. */
function narrowed(
  { values, width, channels, stride = channels }: Pixels,
  { columns, first, end }: Places,
): Float64Array {
  const size = columns.length * channels;
  const found = new Float64Array((end - first) * size);
  for (let y = first; y < end; y++)
    for (let x = 0; x < columns.length; x++) {
      const column = columns[x];
      if (!column) continue;
      const { shares } = column;
      const at = (y - first) * size + x * channels;
      let from = (y * width + column.first) * stride;
      if (channels === 3) {
        let [red, green, blue] = [0, 0, 0];
        for (let i = 0; i < shares.length; i++, from += stride) {
          const share = shares[i] as number;
          red += share * (values[from] as number);
          green += share * (values[from + 1] as number);
          blue += share * (values[from + 2] as number);
        }
        found[at] = red;
        found[at + 1] = green;
        found[at + 2] = blue;
      } else
        for (let c = 0; c < channels; c++) {
          let sum = 0;
          for (let i = 0; i < shares.length; i++)
            sum += (shares[i] as number) * (values[from + i * stride + c] as number);
          found[at + c] = sum;
        }
    }
  return found;
}

/** One line of the result. */
function sumLines(line: Float64Array, values: Float64Array, row: Shares, first: number): void {
  line.fill(0);
  for (let i = 0; i < row.shares.length; i++) {
    const share = row.shares[i] as number;
    const before = (row.first + i - first) * line.length;
    for (let k = 0; k < line.length; k++)
      line[k] = (line[k] as number) + share * (values[before + k] as number);
  }
}

/** Rec. 601, as PIL has it. */
const greyOf = (pixel: Float64Array): number =>
  0.299 * (pixel[0] as number) + 0.587 * (pixel[1] as number) + 0.114 * (pixel[2] as number);

/** Pixels of the target per pixel of the image. */
function scaleOf(image: Size, target: Size, fit: 'crop' | 'contain'): number {
  const both = [target.height / image.height, target.width / image.width] as const;
  return fit === 'crop' ? Math.max(...both) : Math.min(...both);
}

interface Shares {
  readonly first: number;
  readonly shares: Float64Array;
  /** Of the shares before they were made to sum to 1. */
  readonly total: number;
}

/** Which pixels along one axis make each of the target's, centred; undefined where there is no image. */
function sharesOf(from: number, to: number, scale = to / from): readonly (Shares | undefined)[] {
  const width = Math.max(1, 1 / scale);
  return Array.from({ length: to }, (_, i) => {
    const centre = (i + 0.5 - to / 2) / scale + from / 2;
    if (centre < 0 || centre > from) return undefined;
    const first = Math.max(0, Math.ceil(centre - width - 0.5));
    const last = Math.min(from - 1, Math.floor(centre + width - 0.5));
    const shares = Array.from({ length: last - first + 1 }, (_, k) =>
      Math.max(0, 1 - Math.abs(first + k + 0.5 - centre) / width),
    );
    const total = shares.reduce((sum, share) => sum + share, 0);
    return { first, shares: Float64Array.from(shares, (share) => share / total), total };
  });
}
