import type { Truth } from '@/lib/data/truth';
import type { InputShapes } from './port-shapes';

/** One number that a metric gives. */
export interface MetricResult {
  readonly name: string;
  readonly label: string;
  /** The label where there is room for 16 letters, if it has more. */
  readonly short?: string;
  /** `%`: a share of 1, shown as percent. */
  readonly unit?: '%' | 'dB' | 'nats';
  readonly better?: 'higher' | 'lower';
  /** Given only where samples are judged by this: by the data's known modes, or, without those, by a classifier. */
  readonly by?: 'modes' | 'classifier';
  /** How much there is to reach, of what is known of the data set. */
  total?(truth: Truth): number | undefined;
}

/** What is known of a metric where it is written in Python. */
export interface MeasuredInPython<P> {
  readonly params: P;
  readonly inputs: InputShapes;
  readonly truth?: Truth;
  /** Of a metric that probes a network: what the sources that its parameters name know of themselves. */
  readonly truths?: { readonly [param: string]: Truth | undefined };
  /** An expression of the random numbers that `measure` is given, from their start. */
  readonly stream: string;
}
