import type * as z from 'zod';
import type { Stream } from '@/lib/util/random';
import type { PythonSource } from './python';
import type { Truth } from './truth';

/**
 * What a built-in data set is: plain data and pure functions of (options, rows, stream). It draws typed
 * arrays and knows nothing of graphs, epochs or tensors.
 */
export interface Batch {
  /** Row-major, rows × the size of `ports().x`. */
  readonly x: Float32Array;
  /** One-hot, rows × classes. */
  readonly labels?: Float32Array;
  readonly target?: Float32Array;
}

/** Dims of one row by port, without the batch. */
export interface SourcePorts {
  readonly x: readonly number[];
  readonly labels?: readonly number[];
  readonly target?: readonly number[];
}

/** Rows of one split, [from, to): those that are held out are cut from the end. */
export function splitRange(
  rows: number,
  split: Part['split'],
  heldOut: number,
): readonly [from: number, to: number] {
  const cut = rows - Math.floor(rows * heldOut);
  if (split === 'all') return [0, rows];
  return split === 'train' ? [0, cut] : [cut, rows];
}

/** Which rows of a finite data set a node gets. */
export interface Part {
  readonly split: 'train' | 'test' | 'all';
  /** At most so many. */
  readonly count: number | null;
  readonly perClass: number | null;
  /** Which set of this size. */
  readonly draw: number;
}

export interface Source<K extends string = string, S extends z.ZodObject = z.ZodObject> {
  readonly id: K;
  readonly title: string;
  /** One sentence. */
  readonly summary: string;
  /** A heading of the list. */
  readonly family: 'One dimension' | 'Two dimensions' | 'Vectors' | 'Strings and bits' | 'Images' | 'Files';
  /** Strict; default, limits, label and help on every field. */
  readonly options: S;
  ports(options: z.output<S>): SourcePorts;
  /** Independent rows; the same stream gives the same rows. */
  draw(options: z.output<S>, rows: number, stream: Stream): Batch;
  truth?(options: z.output<S>): Truth;
  /** Names of the labels' classes. */
  classes?(options: z.output<S>): readonly string[];
  /** Labels are those of the channels, side by side: a class is all of them together. */
  readonly judged?: 'channels';
  /** Of rows that are there and no more: which of them a node gets, and those at such places. */
  readonly held?: {
    /** Of a split: [from, to), known without the data. */
    rows(options: z.output<S>, split: Part['split']): readonly [number, number];
    places(options: z.output<S>, part: Part): Int32Array;
    take(options: z.output<S>, places: ArrayLike<number>): Batch;
  };
  /** The same distribution in Python; of held rows a function of `part`, `name` and `index` too. */
  python(options: z.output<S>): PythonSource;
}

export const defineSource = <const K extends string, S extends z.ZodObject>(source: Source<K, S>) => source;
