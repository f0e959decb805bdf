import type { Numbers } from './data-file';

/** Pixels, row-major, channels last: height × width × channels. */
export interface Pixels {
  readonly values: Numbers;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** Cut the longer side, leave room at the shorter, or stretch. */
export type Fit = 'crop' | 'contain' | 'stretch';

/**
 * An image in another size and with 1 or 3 channels, written to `out` at `at`. Shares of pixels: linear between
 * neighbours where it grows, the mean of what is covered where it shrinks, as `antialias` has it elsewhere; equal in
 * the exported Python to the last digit but rounding. What is left free is `blank`.
 */
export function resizeInto(
  out: { [at: number]: number },
  at: number,
  image: Pixels,
  target: { readonly height: number; readonly width: number; readonly channels: number },
  { fit, blank, whole }: { readonly fit: Fit; readonly blank: number; readonly whole: boolean },
): void {
  const { channels } = image;
  const scale = fit === 'stretch' ? undefined : scaleOf(image, target, fit);
  const rows = sharesOf(image.height, target.height, scale);
  const columns = sharesOf(image.width, target.width, scale);
  const line = new Float64Array(image.width * channels);
  const used = [columns.find(Boolean), columns.findLast(Boolean)] as const;
  const [from, to] = [used[0]?.first ?? 0, (used[1]?.first ?? 0) + (used[1]?.shares.length ?? 0)];
  const pixel = new Float64Array(channels);
  for (const [y, row] of rows.entries()) {
    if (row) sumLines(line, image, row, from * channels, to * channels);
    for (const [x, column] of columns.entries()) {
      pixel.fill(row && column ? 0 : blank);
      if (row && column)
        for (let c = 0; c < channels; c++) {
          let sum = 0;
          for (let i = 0, k = column.first * channels + c; i < column.shares.length; i++, k += channels)
            sum += (column.shares[i] as number) * (line[k] as number);
          pixel[c] = sum;
        }
      const to = at + (y * target.width + x) * target.channels;
      for (let c = 0; c < target.channels; c++) {
        const value = target.channels < channels ? greyOf(pixel) : (pixel[c % channels] as number);
        // Halves go up, whatever the order of the sum.
        out[to + c] = whole ? Math.floor(value + 0.500001) : value;
      }
    }
  }
}

/** The numbers from `from` to before `to` of one line of the result, before its columns are summed. */
function sumLines(
  line: Float64Array,
  { values, width, channels }: Pixels,
  { first, shares }: Shares,
  from: number,
  to: number,
): void {
  line.fill(0);
  for (let i = 0; i < shares.length; i++) {
    const share = shares[i] as number;
    const before = (first + i) * width * channels;
    for (let k = from; k < to; k++) line[k] = (line[k] as number) + share * (values[before + k] as number);
  }
}

/** Rec. 601, as PIL has it. */
const greyOf = (pixel: Float64Array): number =>
  0.299 * (pixel[0] as number) + 0.587 * (pixel[1] as number) + 0.114 * (pixel[2] as number);

/** Pixels of the target per pixel of the image. */
function scaleOf(
  image: Pixels,
  target: { readonly height: number; readonly width: number },
  fit: 'crop' | 'contain',
): number {
  const both = [target.height / image.height, target.width / image.width] as const;
  return fit === 'crop' ? Math.max(...both) : Math.min(...both);
}

interface Shares {
  readonly first: number;
  readonly shares: Float64Array;
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
    const sum = shares.reduce((total, share) => total + share, 0);
    return { first, shares: Float64Array.from(shares, (share) => share / sum) };
  });
}
