import type { Truth } from '@/lib/data/truth';
import type { Stream } from '@/lib/util/random';

/** What views and metrics get to read of a run. */

/** A tensor read back from a run: row-major numbers, dims with the rows first. */
export interface TensorData {
  readonly data: Float32Array;
  readonly dims: readonly number[];
  /** Which wire it came by, as people call it: `D(x)`. */
  readonly label: string;
}

export type ReadInputs = { readonly [port: string]: readonly TensorData[] };

/** Points to push through a network, for views that show a function. */
export interface Probe {
  readonly network: string;
  readonly input: string;
  readonly output: string;
  /** Inputs of more numbers are not probed; the view says so. */
  readonly mostAxes: number;
  /** Its average, where it keeps one, in place of its weights. */
  readonly weights?: 'live' | 'ema';
  /** Low and high per axis → the points, rows × dims. */
  points(bounds: readonly (readonly [number, number])[]): Float32Array;
}

/** What a view asks of the network that made the samples at one of its ports. */
export interface MadeRequest {
  readonly port: string;
  /** Low and high per axis of what the network is fed → a grid over it, rows × dims. */
  grid?(bounds: readonly (readonly [number, number])[]): Float32Array;
  readonly pull: boolean;
}

/** What made the samples at a port of a view: the network behind them. */
export interface Made {
  /** The network over the grid that the view gave, rows × dims. */
  readonly sheet?: TensorData;
  /** Samples with ∂J/∂ of each, J the loss of the player that moves the network. */
  readonly pull?: { readonly points: TensorData; readonly slope: TensorData };
}

/** What a metric that probes a network is given. */
export interface Probed {
  readonly output: TensorData;
  readonly bounds: readonly (readonly [number, number])[];
  /** By parameter: what the sources that it names know of themselves. */
  readonly truths: { readonly [param: string]: Truth | undefined };
}

/** What a metric measures by. */
export interface Measured<P> {
  readonly params: P;
  readonly inputs: ReadInputs;
  /** Of the dataset that the parameter `dataset` names. */
  readonly truth?: Truth;
  /** Of a metric that probes: the output, its points, and the truths by parameter. */
  readonly probed?: Probed;
  /** Of a metric that runs a network on rows of its own: what came out. */
  readonly again?: TensorData;
  /** From its start, each time. */
  readonly stream: Stream;
}

/** A network that is run on rows made of what was read: of which one and on how many at most, and the rows. */
export interface Reruns<P> {
  of(params: P): Omit<Probe, 'mostAxes' | 'points'> & { readonly rows: number };
  rows(args: Measured<P>): Float32Array | undefined;
}
