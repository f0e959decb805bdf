import { gzipSync, strToU8, zipSync } from 'fflate';
import type { DataFile } from '../data-file';
import type { DecodeImage } from '../images';

/** Small files in every format, made as their programs make them. */
export const file = (name: string, content: string | Uint8Array): DataFile => ({
  name,
  bytes: typeof content === 'string' ? strToU8(content) : content,
});

export const bytesOfNumbers = (...values: readonly Uint8Array[]): Uint8Array =>
  Uint8Array.from(values.flatMap((each) => [...each]));

/** NPY 1.0 with this header. */
export function npy(type: string, shape: string, numbers: Uint8Array, order = 'False'): Uint8Array {
  const about = `{'descr': '${type}', 'fortran_order': ${order}, 'shape': ${shape}, }\n`;
  return bytesOfNumbers(
    Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, about.length % 256, about.length >> 8),
    strToU8(about),
    numbers,
  );
}

/** IDX of these dims. */
export const idx = (type: number, dims: readonly number[], numbers: Uint8Array): Uint8Array =>
  bytesOfNumbers(
    Uint8Array.of(0, 0, type, dims.length),
    ...dims.map((dim) => Uint8Array.of(dim >>> 24, dim >>> 16, dim >>> 8, dim)),
    numbers,
  );

export const counting = (count: number): Uint8Array => Uint8Array.from({ length: count }, (_, i) => i);

/** The beginning of a PNG, which is all that the decoder below reads; then its grey value. */
export const png = (width: number, height: number, grey = 100): Uint8Array =>
  bytesOfNumbers(
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52),
    ...[width, height].map((size) => Uint8Array.of(size >>> 24, size >>> 16, size >>> 8, size)),
    Uint8Array.of(8, 2, 0, 0, 0, grey),
  );

/** Images of one colour; damaged where the end is missing. */
export const decodePng: DecodeImage = async (bytes) => {
  const grey = bytes[29];
  const [width, height] = [
    ((bytes[18] ?? 0) << 8) + (bytes[19] ?? 0),
    ((bytes[22] ?? 0) << 8) + (bytes[23] ?? 0),
  ];
  if (grey === undefined || width * height === 0 || width * height > 1e6) throw new Error('damaged');
  const values = new Uint8ClampedArray(width * height * 4).fill(grey);
  for (let i = 3; i < values.length; i += 4) values[i] = 255;
  return { width, height, values };
};

/** A frame of a GIF: where it is, what becomes of it, and its places in a palette of black, red, green and white. */
export interface FrameOfGif {
  readonly at?: readonly [left: number, top: number];
  readonly size: readonly [width: number, height: number];
  readonly places: readonly number[];
  readonly disposal?: number;
  readonly transparent?: number;
  readonly isInterlaced?: boolean;
}

const twoBytes = (value: number): number[] => [value % 256, value >> 8];

/** A GIF whose codes stay 3 bits long, since they are cleared before they grow. */
export function gif(width: number, height: number, frames: readonly FrameOfGif[]): Uint8Array {
  const palette = [0, 0, 0, 255, 0, 0, 0, 255, 0, 255, 255, 255];
  const blocks = frames.flatMap(
    ({ at = [0, 0], size, places, disposal = 0, transparent, isInterlaced = false }) => {
      const codes = places.flatMap((place, i) => (i % 2 === 0 ? [4, place] : [place])).concat(5);
      const packed = new Uint8Array(Math.ceil((3 * codes.length) / 8));
      for (const [i, code] of codes.entries())
        for (let bit = 0; bit < 3; bit++)
          if (code & (1 << bit))
            packed[(3 * i + bit) >> 3] = (packed[(3 * i + bit) >> 3] ?? 0) | (1 << ((3 * i + bit) & 7));
      const chunks = Array.from({ length: Math.ceil(packed.length / 255) }, (_, i) =>
        packed.subarray(255 * i, 255 * (i + 1)),
      );
      return [
        ...[0x21, 0xf9, 4, (disposal << 2) | (transparent === undefined ? 0 : 1), 0, 0, transparent ?? 0, 0],
        ...[0x2c, ...[...at, ...size].flatMap(twoBytes), isInterlaced ? 0x40 : 0, 2],
        ...chunks.flatMap((chunk) => [chunk.length, ...chunk]),
        0,
      ];
    },
  );
  const head = [...strToU8('GIF89a'), ...twoBytes(width), ...twoBytes(height), 0x81, 0, 0, ...palette];
  return Uint8Array.from([...head, ...blocks, 0x3b]);
}

export const images = idx(8, [4, 2, 3], counting(24));
export const labels = idx(8, [4], Uint8Array.of(1, 0, 1, 0));

/** Three frames: all red, a green place in it that is cleared, and one that is not interlaced. */
export const movingGif = gif(6, 4, [
  { size: [6, 4], places: Array(24).fill(1), isInterlaced: true },
  { at: [1, 1], size: [2, 2], places: [2, 2, 3, 2], disposal: 2, transparent: 3 },
  { at: [3, 0], size: [2, 4], places: [0, 3, 0, 3, 0, 3, 0, 3], disposal: 3 },
]);

/** One good file of each format. */
export const good: Readonly<Record<string, DataFile>> = {
  npy: file('points.npy', npy('<f4', '(3, 2)', new Uint8Array(new Float32Array(counting(6)).buffer))),
  fortran: file(
    'turned.npy',
    npy('>i2', '(2, 3)', Uint8Array.of(0, 1, 0, 4, 0, 2, 0, 5, 0, 3, 0, 6), 'True'),
  ),
  npz: file(
    'set.npz',
    zipSync({
      'x.npy': npy('|u1', '(4, 2, 3)', counting(24)),
      'y.npy': npy('<i4', '(4,)', new Uint8Array(Int32Array.of(7, 7, 9, 9).buffer)),
    }),
  ),
  idx: file('images-idx3-ubyte', images),
  gzip: file('images-idx3-ubyte.gz', gzipSync(images)),
  gif: file('moving.gif', movingGif),
  csv: file('people.csv', 'height,"weight, kg",kind\n170,65.5,a\n"180",80,b\n160,50,a\n175,70,b\n'),
  tsv: file('points.tsv', '1\t2\n3\t4\n'),
  zip: file(
    'pets.zip',
    zipSync({
      'cats/1.png': png(8, 8, 10),
      'cats/2.png': png(8, 8, 20),
      'dogs/1.png': png(8, 8, 30),
      'dogs/2.png': png(8, 8, 40),
    }),
  ),
};
