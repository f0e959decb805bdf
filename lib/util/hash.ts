/** A 64-bit FNV-1a hash of bytes, as 16 hexadecimal digits: to compare runs, not to keep secrets. */
export function hashBytes(...chunks: readonly Uint8Array[]): string {
  // Two 32-bit lanes with different offsets; each is FNV-1a (Fowler, Noll, Vo), mixed at the end.
  let a = 0x811c9dc5;
  let b = 0xcbf29ce4;
  for (const bytes of chunks)
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i] as number;
      a = Math.imul(a ^ byte, 0x01000193);
      b = Math.imul(b ^ byte ^ (a >>> 24), 0x01000193);
    }
  const hex = (value: number) => (value >>> 0).toString(16).padStart(8, '0');
  return hex(a) + hex(b);
}

export const hashText = (text: string): string => hashBytes(new TextEncoder().encode(text));

/** The bytes of a typed array, without a copy. */
export const bytesOf = (array: ArrayBufferView): Uint8Array =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
