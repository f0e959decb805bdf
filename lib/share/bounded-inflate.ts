import { Inflate } from 'fflate';
import { joinBytes } from '@/lib/util/join';

/**
 * DEFLATE expands up to 1,032 times. The input goes in by pieces of this size, so that no more than a quarter
 * of a megabyte comes out between two looks at the limit.
 */
const pieceBytes = 256;

/** The inflated bytes, or undefined once they exceed `limit`. Throws on damaged input. */
export function inflateBounded(
  bytes: Uint8Array,
  dictionary: Uint8Array,
  limit: number,
): Uint8Array | undefined {
  const pieces: Uint8Array[] = [];
  let total = 0;
  let hasEnded = false;
  const inflate = new Inflate({ dictionary }, (piece, isLast) => {
    total += piece.length;
    if (total <= limit) pieces.push(piece);
    hasEnded ||= isLast;
  });
  for (let start = 0; start < bytes.length && total <= limit; start += pieceBytes)
    inflate.push(bytes.subarray(start, start + pieceBytes), start + pieceBytes >= bytes.length);
  if (total > limit) return undefined;
  if (!hasEnded) throw new Error('unexpected end');
  return joinBytes(pieces);
}
