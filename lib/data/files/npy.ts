import { permute } from '@/lib/shapes/permute';
import { sizeOf } from '@/lib/shapes/shape';
import { latin, littleEndian, startsWith } from '@/lib/util/bytes';
import { type DataArray, type DataFile, DataRefusal, sayBytes } from './data-file';
import { decodeNumbers, isReadable, type NumberLayout } from './numbers';

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
export const isNpy = (bytes: Uint8Array): boolean => startsWith(bytes, MAGIC);

interface Header {
  /** `<f4` */
  readonly type: string;
  readonly isFortran: boolean;
  readonly dims: readonly number[];
  /** Where the numbers begin. */
  readonly start: number;
}

const types = { b: 'bool', u: 'uint', i: 'int', f: 'float' } as const;

/** Format 1 to 3: magic, version, length of the header, the header as a Python literal, which is read, not evaluated. */
function readHeader(bytes: Uint8Array): Header | string {
  const wide = (bytes[6] ?? 0) > 1;
  const start = (wide ? 12 : 10) + littleEndian(bytes, 8, wide ? 4 : 2);
  if (start > bytes.length) return 'an array of NumPy was expected; it ends in its header.';
  const text = latin(bytes.subarray(wide ? 12 : 10, start));
  const type = /'descr':\s*'([^']*)'/.exec(text)?.[1];
  const order = /'fortran_order':\s*(True|False)/.exec(text)?.[1];
  const shape = /'shape':\s*\(([\d, ]*)\)/.exec(text)?.[1];
  if (/'descr':\s*\[/.test(text))
    return 'an array of numbers was expected; its rows are records of named fields. Save its fields one by one.';
  if (type === undefined || order === undefined || shape === undefined)
    return 'an array of NumPy was expected; its header names no type, order and shape.';
  const dims = shape
    .split(',')
    .filter((dim) => dim.trim() !== '')
    .map(Number);
  return { type, isFortran: order === 'True', dims, start };
}

function layoutOf(type: string): NumberLayout | string {
  const [, order, letter = '', size] = /^([<>|=]?)([a-zA-Z])(\d*)/.exec(type) ?? [];
  if (letter === 'O')
    return 'an array of numbers was expected; it holds Python objects, which are pickled programs and never run here. Save it as numbers.';
  const layout = {
    type: types[letter as keyof typeof types],
    size: Number(size),
    bigEndian: order === '>',
  };
  if (layout.type && isReadable(layout)) return layout;
  return `an array of numbers was expected; its type is ${JSON.stringify(type)}. Read are bool, int, uint, and float of 16 to 64 bits.`;
}

/** Bytes of the whole file by its header; undefined where it does not say it. */
export function npyLength(head: Uint8Array): number | undefined {
  const header = isNpy(head) ? readHeader(head) : '';
  const layout = typeof header === 'string' ? header : layoutOf(header.type);
  if (typeof header === 'string' || typeof layout === 'string') return undefined;
  return header.start + sizeOf(header.dims) * layout.size;
}

export function readNpy({ name, bytes }: DataFile): DataArray {
  const header = readHeader(bytes);
  if (typeof header === 'string') throw new DataRefusal(name, header);
  const { type, isFortran, dims, start } = header;
  const layout = layoutOf(type);
  if (typeof layout === 'string') throw new DataRefusal(name, layout);
  const count = sizeOf(dims);
  const [needed, found] = [count * layout.size, bytes.length - start];
  if (!(needed <= found))
    throw new DataRefusal(
      name,
      `${dims.join(' × ')} of ${type} take ${sayBytes(needed)}; after the header stand ${sayBytes(found)}.`,
    );
  const values = decodeNumbers(bytes.subarray(start), layout, count);
  return {
    name: name.replace(/^.*\//, '').replace(/\.npy$/, ''),
    dims,
    values: isFortran ? fromFortran(values, dims) : values,
    whole: layout.type !== 'float',
  };
}

/** In the order of Fortran the first axis runs fastest: row-major with the axes reversed. */
const fromFortran = (values: DataArray['values'], dims: readonly number[]): DataArray['values'] =>
  permute(
    values,
    dims.toReversed(),
    dims.map((_, axis) => dims.length - 1 - axis),
  );
