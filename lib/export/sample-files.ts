import { zipSync } from 'fflate';
import { imageDims } from '@/lib/data/files/import-options';
import { sizeOf } from '@/lib/shapes/shape';
import { csv } from '@/lib/util/csv';
import { encodeNpz } from './npz';
import { encodePng } from './png';

/** What a game made, row by row. */
export interface Samples {
  /** Rows first. */
  readonly dims: readonly number[];
  /** Row-major, channels last. */
  readonly data: Float32Array;
}

/** How numbers of the game are those of the user's file: x · spread + offset, by place in a row. */
export interface Units {
  readonly columns: readonly string[];
  readonly offset: readonly number[];
  readonly spread: readonly number[];
}

/** Images of a game are in [-1, 1]. */
const imageUnits: Pick<Units, 'offset' | 'spread'> = { offset: [127.5], spread: [127.5] };

/** In the user's units, where there are some. */
const inUnits = (
  value: number,
  place: number,
  { offset, spread }: Pick<Units, 'offset' | 'spread'>,
): number => value * (spread[place % spread.length] as number) + (offset[place % offset.length] as number);

/** Height, width and channels of each sample, where samples are images. */
export const imageOf = ({ dims }: Samples): readonly [number, number, number] | undefined =>
  imageDims(dims.slice(1));

/** Bytes of images: what is beyond black and white is cut off. */
function bytesOf({ data }: Samples): Uint8Array {
  const bytes = new Uint8ClampedArray(data.length);
  for (let i = 0; i < data.length; i++) bytes[i] = inUnits(data[i] as number, i, imageUnits);
  return new Uint8Array(bytes.buffer);
}

/** `0001.png`, `0002.png`, … in a zip. */
export function imagesZip(samples: Samples, image: readonly [number, number, number]): Uint8Array {
  const bytes = bytesOf(samples);
  const [height, width, channels] = image;
  const size = sizeOf(image);
  const count = samples.dims[0] as number;
  const digits = Math.max(4, String(count).length);
  const files = Array.from({ length: count }, (_, i) => {
    const png = encodePng(bytes.subarray(i * size, (i + 1) * size), height, width, channels);
    return [`${String(i + 1).padStart(digits, '0')}.png`, png] as const;
  });
  // PNG is packed already.
  return zipSync(Object.fromEntries(files), { level: 0, mtime: '1980-01-01' });
}

/** All images beside and below each other, as many in a line as there are lines. */
export function contactSheet(samples: Samples, image: readonly [number, number, number]): Uint8Array {
  const bytes = bytesOf(samples);
  const [height, width, channels] = image;
  const count = samples.dims[0] as number;
  const columns = Math.ceil(Math.sqrt(count));
  const lines = Math.ceil(count / columns);
  const [line, whole] = [width * channels, columns * width * channels];
  const sheet = new Uint8Array(lines * height * whole).fill(255);
  for (let i = 0; i < count; i++)
    for (let y = 0; y < height; y++) {
      const from = (i * height + y) * line;
      const at = (Math.floor(i / columns) * height + y) * whole + (i % columns) * line;
      sheet.set(bytes.subarray(from, from + line), at);
    }
  return encodePng(sheet, lines * height, columns * width, channels);
}

/** As they are, under the name `samples`. */
export const samplesNpz = ({ dims, data }: Samples): Uint8Array =>
  encodeNpz(new Map([['samples', { dims, values: data }]]));

/** A line per sample, and its columns' names first; in the user's units where they are known. */
export function samplesCsv({ dims, data }: Samples, units: Units | undefined): string {
  const width = sizeOf(dims.slice(1));
  const { columns, ...scale } = units ?? { columns: [], offset: [0], spread: [1] };
  const names = Array.from({ length: width }, (_, i) =>
    columns.length === width ? (columns[i] as string) : `x${i + 1}`,
  );
  const rows = Array.from({ length: dims[0] as number }, (_, row) =>
    Array.from({ length: width }, (_, i) => inUnits(data[row * width + i] as number, i, scale)),
  );
  return csv(names, rows);
}
