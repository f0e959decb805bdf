/** Looks at the beginning of a file without trusting that there is one. */
export const startsWith = (bytes: Uint8Array, signature: string | readonly number[], at = 0): boolean => {
  const wanted =
    typeof signature === 'string' ? [...signature].map((character) => character.charCodeAt(0)) : signature;
  return wanted.every((byte, index) => bytes[at + index] === byte);
};

/** Bytes as characters of the same number. */
export const latin = (bytes: Uint8Array): string => new TextDecoder('latin1').decode(bytes);

/** Unsigned, most significant byte first; 0 beyond the end. */
export function bigEndian(bytes: Uint8Array, at: number, size = 4): number {
  let value = 0;
  for (let i = 0; i < size; i++) value = value * 256 + (bytes[at + i] ?? 0);
  return value;
}

/** Unsigned, least significant byte first; 0 beyond the end. */
export function littleEndian(bytes: Uint8Array, at: number, size = 4): number {
  let value = 0;
  for (let i = size - 1; i >= 0; i--) value = value * 256 + (bytes[at + i] ?? 0);
  return value;
}

/** Bytes of the typed arrays in a value; the rest is small. */
export function bytesIn(value: unknown): number {
  if (ArrayBuffer.isView(value)) return value.byteLength;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce((sum: number, part) => sum + bytesIn(part), 0);
}
