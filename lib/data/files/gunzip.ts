import { Gunzip } from 'fflate';
import { DataRefusal, type GivenFile, MOST_BYTES, MOST_TEXT, sayBytes } from './data-file';
import { windowsOf } from './read-ahead';

/** DEFLATE expands up to 1,032 times: from this much come 17 MB at most between two looks at the limit. */
export const PIECE = 16_384;

/** Bytes of the beginning by which a format says how long it is. */
const HEAD = 512;

export type LengthOf = (head: Uint8Array) => number | undefined;

/**
 * What a gzip file holds. `lengthOf` says from its first bytes how long it may be, where its format does; bytes are
 * counted as they come, so that a small file cannot become an enormous one. `passed` hears how far it is.
 */
export async function gunzip(
  file: GivenFile,
  lengthOf: LengthOf,
  passed?: (bytes: number) => void,
): Promise<Uint8Array> {
  const collected = collectBytes(file.name, lengthOf);
  const unpacking = new Gunzip(collected.add);
  let left = file.size;
  for await (const window of windowsOf(file))
    try {
      for (let at = 0; at < window.length; at += PIECE) {
        const piece = window.subarray(at, at + PIECE);
        left -= piece.length;
        unpacking.push(piece, left === 0);
        passed?.(piece.length);
      }
    } catch (error) {
      if (error instanceof DataRefusal) throw error;
      throw new DataRefusal(
        file.name,
        `a gzip file was expected; it is cut off or damaged after ${sayBytes(collected.size())}.`,
      );
    }
  return collected.end();
}

/** Puts pieces together, up to the length that their beginning claims, or the most there may be. */
export function collectBytes(name: string, lengthOf: LengthOf) {
  let bytes = new Uint8Array(2 * HEAD);
  let total = 0;
  let limit = MOST_TEXT;
  let claimed: number | undefined;
  return {
    size: () => total,
    add(piece: Uint8Array) {
      const before = total;
      total += piece.length;
      if (total > bytes.length) {
        // Once an eighth has come, the rest is believed in: each further step would keep both at once.
        const wanted = claimed !== undefined && total >= claimed / 8 ? claimed : 2 * bytes.length;
        const grown = new Uint8Array(Math.max(total, Math.min(wanted, limit)));
        grown.set(bytes.subarray(0, before));
        bytes = grown;
      }
      bytes.set(piece, before);
      if (before < HEAD && total >= HEAD) {
        claimed = lengthOf(bytes.subarray(0, total));
        limit = Math.min(claimed ?? MOST_TEXT, MOST_BYTES);
      }
      if (total <= limit) return;
      throw new DataRefusal(
        name,
        limit === claimed
          ? `its header says ${sayBytes(limit)}, and there is more in it.`
          : `at most ${sayBytes(limit)} are unpacked, and there is more in it.`,
      );
    },
    end: () => bytes.subarray(0, total),
  };
}
