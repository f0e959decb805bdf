/** Before the body of a link: a checksum that shows whether the link came through whole. */
export const CHECKSUM_BYTES = 3;

const SEED = 0x811c9dc5;
const step = (hash: number, byte: number): number => Math.imul(hash ^ byte, 0x01000193);
const fold = (hash: number): number => (hash ^ (hash >>> 24)) & 0xffffff;

/** FNV-1a of the bytes, folded to 24 bits. */
export function checksum(bytes: Uint8Array): Uint8Array {
  let hash = SEED;
  for (const byte of bytes) hash = step(hash, byte);
  const folded = fold(hash);
  return Uint8Array.of(folded >>> 16, folded >>> 8, folded);
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const sextets = new Map([...alphabet].map((character, value) => [character.charCodeAt(0), value]));

/**
 * The bodies that the checksum at the beginning of a text is right for, shortest first: the text in base64url, cut
 * after each byte. Characters that are not of the alphabet are passed over.
 */
export function* sealedBodies(text: string): Generator<Uint8Array> {
  const bytes = new Uint8Array(Math.ceil((text.length * 3) / 4));
  let length = 0;
  let [bits, held] = [0, 0];
  let hash = SEED;
  for (let at = 0; at < text.length; at++) {
    const sextet = sextets.get(text.charCodeAt(at));
    if (sextet === undefined) continue;
    bits = ((bits << 6) | sextet) & 0xffff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    const byte = (bits >>> held) & 0xff;
    bytes[length++] = byte;
    if (length <= CHECKSUM_BYTES) continue;
    hash = step(hash, byte);
    const sum = ((bytes[0] as number) << 16) | ((bytes[1] as number) << 8) | (bytes[2] as number);
    if (fold(hash) === sum) yield bytes.subarray(CHECKSUM_BYTES, length);
  }
}
