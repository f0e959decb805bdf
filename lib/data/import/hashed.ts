import { createSHA256 } from 'hash-wasm';
import type { GivenFile } from '../files/data-file';
import { windowsOf } from '../files/read-ahead';

/**
 * A file whose SHA-256 is found from what is read of it, as far as that is read in order; `end` reads what is missing.
 * The Web Cryptography of browsers takes no bytes in pieces.
 */
export async function hashed(
  file: GivenFile,
): Promise<{ readonly file: GivenFile; readonly end: () => Promise<string> }> {
  const hash = await createSHA256();
  let heard = 0;
  const hear = (bytes: Uint8Array, start: number): void => {
    const stop = start + bytes.length;
    // What was read before, or further on.
    if (start > heard || stop <= heard) return;
    hash.update(bytes.subarray(heard - start));
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
      return hash.digest();
    },
  };
}
