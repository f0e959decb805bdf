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

export interface Source<K extends string = string, S extends z.ZodObject = z.ZodObject> {
  readonly id: K;
  readonly title: string;
  /** One sentence. */
  readonly summary: string;
  /** A heading of the list. */
  readonly family: 'One dimension' | 'Two dimensions' | 'Vectors' | 'Strings and bits' | 'Images';
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
  /** The same distribution in Python. */
  python(options: z.output<S>): PythonSource;
}

export const defineSource = <const K extends string, S extends z.ZodObject>(source: Source<K, S>) => source;
