import { type ZipOptions, zipSync } from 'fflate';

/**
 * A zip of files by name, with equal bytes whenever and wherever it is made: fflate writes the clock of this place, and
 * refuses one before 1980.
 */
export const zipFiles = (
  files: Readonly<Record<string, Uint8Array>>,
  options: Pick<ZipOptions, 'level'> = {},
): Uint8Array => zipSync(files, { ...options, mtime: new Date(1980, 0, 1) });
