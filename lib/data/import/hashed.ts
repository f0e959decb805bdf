import { createSha256 } from '@/lib/util/sha256';
import type { GivenFile } from '../files/data-file';
import { windowsOf } from '../files/read-ahead';

/**
 * A file whose SHA-256 is found from what is read of it, as far as that is read in order; `end` reads what is missing.
 */
export function hashed(file: GivenFile): { readonly file: GivenFile; readonly end: () => Promise<string> } {
  const hash = createSha256();
  let heard = 0;
  const hear = (bytes: Uint8Array, start: number): void => {
    const stop = start + bytes.length;
    // What was read before, or further on.
    if (start > heard || stop <= heard) return;
    hash.add(bytes.subarray(heard - start));
    heard = stop;
  };
  return {
    file: {
      ...file,
      async read(start, end) {
        const bytes = await file.read(start, end);
        hear(bytes, start);
        return bytes;
      },
    },
    async end() {
      for await (const window of windowsOf(file, heard)) hear(window, heard);
      return hash.end();
    },
  };
}

export function hashOf(bytes: Uint8Array): string {
  const hash = createSha256();
  hash.add(bytes);
  return hash.end();
}
