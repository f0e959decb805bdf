/** One array after the other; a single one is given as it is. */
export const joinNumbers = (parts: readonly Float32Array[]): Float32Array =>
  parts.length === 1 ? (parts[0] as Float32Array) : fill(new Float32Array(lengthOf(parts)), parts);

export const joinBytes = (parts: readonly Uint8Array[]): Uint8Array =>
  fill(new Uint8Array(lengthOf(parts)), parts);

const lengthOf = (parts: readonly { readonly length: number }[]): number =>
  parts.reduce((sum, { length }) => sum + length, 0);

function fill<T extends Float32Array | Uint8Array>(all: T, parts: readonly T[]): T {
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}
