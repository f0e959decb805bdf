import { fromHalf } from '@/lib/util/half';

/**
 * Numbers as files of weights hold them, by the names of the safetensors format, and as float32. F16 and BF16
 * are exact in float32; F64 is rounded to the nearest, beyond its range to an infinity.
 */
export const numberTypes = {
  F32: { bytes: 4, read: (bytes: Uint8Array) => new Float32Array(aligned(bytes)) },
  F64: { bytes: 8, read: (bytes: Uint8Array) => Float32Array.from(new Float64Array(aligned(bytes))) },
  F16: {
    bytes: 2,
    read: (bytes: Uint8Array) => Float32Array.from(new Uint16Array(aligned(bytes)), fromHalf),
  },
  BF16: { bytes: 2, read: fromBrain },
  // Counters, masks and indices: of a known size, and no weights.
  BOOL: { bytes: 1 },
  U8: { bytes: 1 },
  I8: { bytes: 1 },
  U16: { bytes: 2 },
  I16: { bytes: 2 },
  U32: { bytes: 4 },
  I32: { bytes: 4 },
  U64: { bytes: 8 },
  I64: { bytes: 8 },
} as const;
export type NumberType = keyof typeof numberTypes;

export const isNumberType = (name: unknown): name is NumberType =>
  typeof name === 'string' && Object.hasOwn(numberTypes, name);

/** The float32 numbers in these bytes; undefined for whole numbers. */
export function readNumbers(type: NumberType, bytes: Uint8Array): Float32Array | undefined {
  const { read } = numberTypes[type] as { read?: (bytes: Uint8Array) => Float32Array };
  return read?.(bytes);
}

/** A copy of its own: wider numbers must stand at a multiple of their size. */
const aligned = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;

/** bfloat16 is the upper half of a float32. */
function fromBrain(bytes: Uint8Array): Float32Array {
  const upper = new Uint16Array(aligned(bytes));
  return new Float32Array(Uint32Array.from(upper, (bits) => bits << 16).buffer);
}
