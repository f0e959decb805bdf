import { fromHalf } from '@/lib/util/half';
import type { Numbers } from './data-file';

/** How numbers stand in a file. */
export interface NumberLayout {
  readonly type: 'bool' | 'uint' | 'int' | 'float';
  /** Bytes of one. */
  readonly size: number;
  readonly bigEndian: boolean;
}

type Read = (view: DataView, at: number, littleEndian: boolean) => number;

const reads: Readonly<Record<string, Read>> = {
  int1: (view, at) => view.getInt8(at),
  int2: (view, at, little) => view.getInt16(at, little),
  int4: (view, at, little) => view.getInt32(at, little),
  int8: (view, at, little) => Number(view.getBigInt64(at, little)),
  uint2: (view, at, little) => view.getUint16(at, little),
  uint4: (view, at, little) => view.getUint32(at, little),
  uint8: (view, at, little) => Number(view.getBigUint64(at, little)),
  float2: (view, at, little) => fromHalf(view.getUint16(at, little)),
  float4: (view, at, little) => view.getFloat32(at, little),
  float8: (view, at, little) => view.getFloat64(at, little),
};

const isByte = ({ type, size }: NumberLayout): boolean => size === 1 && (type === 'uint' || type === 'bool');

export const isReadable = (layout: NumberLayout): boolean =>
  isByte(layout) || `${layout.type}${layout.size}` in reads;

/** `count` numbers from the beginning of `bytes`, which must be there: bytes as they are, not copied, others exactly as floats. */
export function decodeNumbers(bytes: Uint8Array, layout: NumberLayout, count: number): Numbers {
  if (isByte(layout)) return bytes.subarray(0, count);
  const { type, size, bigEndian } = layout;
  const read = reads[`${type}${size}`] as Read;
  const values =
    size < 4 || (type === 'float' && size === 4) ? new Float32Array(count) : new Float64Array(count);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let i = 0; i < count; i++) values[i] = read(view, i * size, !bigEndian);
  return values;
}
