/** One file as it was given: a file alone, one of a folder, or one inside a zip. */
export interface DataFile {
  /** With its folders: `cats/01.png`. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

export type Numbers = Uint8Array | Float32Array | Float64Array;

/** What a file holds under one name: an array of NumPy, a column of a table, a folder of images. */
export interface DataArray {
  readonly name: string;
  /** Rows first. */
  readonly dims: readonly number[];
  /** Row-major. */
  readonly values: Numbers;
  /** Integers in the file. */
  readonly whole: boolean;
  /** Of all numbers that there could be, where the format says it. */
  readonly range?: readonly [number, number];
  /** Where the file has words: the values are their places in this list. */
  readonly words?: readonly string[];
}

/** Why a file cannot be used: its name, what was expected, what was found. The only error that readers throw. */
export class DataRefusal extends Error {
  constructor(file: string, reason: string) {
    super(`${file}: ${reason}`);
    this.name = 'DataRefusal';
  }
}

/** The most bytes that are unpacked, and that numbers take. */
export const MOST_BYTES = 2 ** 30;
/** @throws DataRefusal where a file is larger: it is not read. */
export function refuseLarge(name: string, size: number): void {
  if (size > MOST_BYTES)
    throw new DataRefusal(name, `at most ${sayBytes(MOST_BYTES)} are read; it has ${sayBytes(size)}.`);
}

/** The longest string that every engine has; what says nothing of its length can be nothing longer. */
export const MOST_TEXT = 2 ** 29 - 32;
export const MOST_ROWS = 10_000_000;
export const MOST_COLUMNS = 4_096;
/** More different words in a column are text. */
export const MOST_CLASSES = 1_000;

/** `1.2 GB`, `512 bytes`. */
export function sayBytes(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`;
  const power = Math.min(4, Math.floor(Math.log10(bytes) / 3));
  return `${Number((bytes / 1_000 ** power).toPrecision(3))} ${['', 'kB', 'MB', 'GB', 'TB'][power]}`;
}
