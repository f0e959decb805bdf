import { joinBytes } from '@/lib/util/join';

/** Messages of Protocol Buffers, written field by field: numbers and names of fields are the schema's. */
export type Field =
  | readonly [number: number, type: 'varint', value: number | bigint]
  | readonly [number: number, type: 'double' | 'float', value: number]
  | readonly [number: number, type: 'bytes', value: Uint8Array]
  | readonly [number: number, type: 'string', value: string]
  | readonly [number: number, type: 'message', value: readonly Field[]];

/** How a field's value is laid out: the low three bits of what stands before it. */
const wire = { varint: 0, double: 1, bytes: 2, string: 2, message: 2, float: 5 } as const;

export function encodeMessage(fields: readonly Field[]): Uint8Array {
  return joinBytes(fields.flatMap((field) => [varint((field[0] << 3) | wire[field[1]]), encoded(field)]));
}

function encoded([, type, value]: Field): Uint8Array {
  switch (type) {
    case 'varint':
      return varint(value);
    case 'double': {
      const bytes = new Uint8Array(8);
      new DataView(bytes.buffer).setFloat64(0, value, true);
      return bytes;
    }
    case 'float': {
      const bytes = new Uint8Array(4);
      new DataView(bytes.buffer).setFloat32(0, value, true);
      return bytes;
    }
    case 'bytes':
      return withLength(value);
    case 'string':
      return withLength(new TextEncoder().encode(value));
    case 'message':
      return withLength(encodeMessage(value));
  }
}

const withLength = (bytes: Uint8Array): Uint8Array => joinBytes([varint(bytes.length), bytes]);

/** Seven bits a byte, the lowest first; negative numbers as 64 bits. */
function varint(value: number | bigint): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}
