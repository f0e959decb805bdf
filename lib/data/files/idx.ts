import { sizeOf } from '@/lib/shapes/shape';
import { bigEndian } from '@/lib/util/bytes';
import { type DataArray, type DataFile, DataRefusal, sayBytes } from './data-file';
import { decodeNumbers, type NumberLayout } from './numbers';

/** By the third byte of the file. */
const layouts: Readonly<Record<number, NumberLayout>> = {
  8: { type: 'uint', size: 1, bigEndian: true },
  9: { type: 'int', size: 1, bigEndian: true },
  11: { type: 'int', size: 2, bigEndian: true },
  12: { type: 'int', size: 4, bigEndian: true },
  13: { type: 'float', size: 4, bigEndian: true },
  14: { type: 'float', size: 8, bigEndian: true },
};

/** The format of MNIST: two zeros, a type, a number of axes, the axes, the numbers. */
export const isIdx = (bytes: Uint8Array): boolean =>
  bytes[0] === 0 &&
  bytes[1] === 0 &&
  (bytes[2] ?? 0) in layouts &&
  (bytes[3] ?? 0) >= 1 &&
  (bytes[3] ?? 9) <= 5;

function headerOf(bytes: Uint8Array) {
  const axes = bytes[3] ?? 0;
  const dims = Array.from({ length: axes }, (_, axis) => bigEndian(bytes, 4 + 4 * axis));
  return { dims, start: 4 + 4 * axes, layout: layouts[bytes[2] ?? 0] as NumberLayout };
}

/** Bytes of the whole file by its header. */
export function idxLength(head: Uint8Array): number | undefined {
  if (!isIdx(head)) return undefined;
  const { dims, start, layout } = headerOf(head);
  return start + sizeOf(dims) * layout.size;
}

export function readIdx({ name, bytes }: DataFile): DataArray {
  const { dims, start, layout } = headerOf(bytes);
  const [needed, found] = [sizeOf(dims) * layout.size, Math.max(0, bytes.length - start)];
  if (found !== needed)
    throw new DataRefusal(
      name,
      `its header says ${dims.join(' × ')}, which is ${sayBytes(needed)}; ${sayBytes(found)} follow.`,
    );
  const values = decodeNumbers(bytes.subarray(start), layout, sizeOf(dims));
  return { name: name.replace(/^.*\//, ''), dims, values, whole: layout.type !== 'float' };
}

/** MNIST’s own way to say which labels belong to which images: `train-images-idx3-ubyte.gz`, `train-labels-idx1-ubyte.gz`. */
export const labelsBeside = (name: string): string | undefined => {
  const beside = name.replace(/images([-.])idx\d/, 'labels$1idx1');
  return beside === name ? undefined : beside;
};
