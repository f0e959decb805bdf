/** One file as it was given: a file alone, one of a folder, or one inside a zip. */
export interface DataFile {
  /** With its folders: `cats/01.png`. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A file that is read in parts, as large ones must be. */
export interface GivenFile {
  /** With its folders. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Bytes from `start` up to `end`, which is at most the size. */
  read(start: number, end: number): Promise<Uint8Array>;
}

/** A file of which all bytes are there. */
export const givenFile = ({ name, bytes }: DataFile): GivenFile => ({
  name,
  size: bytes.length,
  read: async (start, end) => bytes.subarray(start, end),
});

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
/** Of a file that holds others, which are read one after the other; offsets in a zip say no more. */
export const MOST_PACKED = 2 ** 32;
/** @throws DataRefusal where a file is larger: it is not read. */
export function refuseLarge({ name, size }: Pick<GivenFile, 'name' | 'size'>, most = MOST_BYTES): void {
  if (size > most)
    throw new DataRefusal(name, `at most ${sayBytes(most)} are read; it has ${sayBytes(size)}.`);
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
