import type { GivenFile } from './data-file';

/** Bytes that are asked for at once: what is held of a file that is read in parts. */
export const WINDOW = 2 ** 22;

type Read = GivenFile['read'];

/**
 * Reads small parts of a file from larger ones, for what goes from start to end. Where a part begins soon after the
 * last one, nothing between them is left out.
 */
export function readAhead({ size, read }: GivenFile): Read {
  let window: Uint8Array = new Uint8Array();
  let from = 0;
  return async (start, end) => {
    const windowEnd = from + window.length;
    if (start < from || end > windowEnd) {
      from = start > windowEnd && start - windowEnd < WINDOW ? windowEnd : start;
      window = await read(from, Math.min(size, Math.max(end, from + WINDOW)));
    }
    return window.subarray(start - from, end - from);
  };
}

/** A file from start to end, or a part of it. */
export async function* windowsOf(
  { size, read }: GivenFile,
  start = 0,
  end = size,
): AsyncGenerator<Uint8Array> {
  for (let at = start; at < end; at += WINDOW) yield read(at, Math.min(end, at + WINDOW));
}
