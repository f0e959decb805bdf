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

export const images = idx(8, [4, 2, 3], counting(24));
export const labels = idx(8, [4], Uint8Array.of(1, 0, 1, 0));

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
