import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { createSha256 } from './sha256';

const counting = (count: number) => Uint8Array.from({ length: count }, (_, i) => (i * 7) % 251);
const hashOf = (bytes: Uint8Array, piece: number): string => {
  const hash = createSha256();
  for (let at = 0; at < bytes.length; at += piece) hash.add(bytes.subarray(at, at + piece));
  return hash.end();
};

test.each([0, 1, 3, 55, 56, 57, 63, 64, 65, 119, 120, 128, 1_000, 100_003])(
  '%i bytes, in pieces of any length, have the hash that Node finds',
  (length) => {
    const bytes = counting(length);
    const expected = createHash('sha256').update(bytes).digest('hex');
    for (const piece of [1, 13, 63, 64, 65, 1_000, 200_000]) expect(hashOf(bytes, piece)).toBe(expected);
  },
);
