import type { Tensor } from '@tensorflow/tfjs-core';
import type { Resolved } from './params';
import type { InputShapes } from './port-shapes';

/** What a kind that computes is given, and what it gives back. */
export type Tensors = { readonly [name: string]: Tensor };

export interface ApplyContext {
  /** A train-mode call normalises by its own batch and drops units; eval does neither. */
  readonly mode: 'train' | 'eval';
  /** A 31-bit seed from the stream (seed, node, call, purpose, update). */
  seed(purpose: string): number;
  /**
   * Of a layer with a `reference`: what it observed of the reference batch with the same weights. Absent while
   * the reference batch itself goes through the network.
   */
  readonly reference?: Tensors;
}

export interface ApplyArgs<P> {
  readonly params: Resolved<P>;
  /** Trainable weights by name. */
  readonly weights: Tensors;
  /** Moving statistics, or a game's memory, by name; read, never written. */
  readonly buffers: Tensors;
  /** A tensor per plain port, a list per (many) port. */
  readonly inputs: { readonly [port: string]: Tensor | readonly Tensor[] };
  readonly context: ApplyContext;
  /** For an op that names a network in `applies`: f_θ of the inputs by name, and the dims of the input named. */
  readonly applied?: { f(inputs: Tensors): Tensor; readonly dims: readonly number[] };
}

export interface FlowArgs<P> extends ApplyArgs<P> {
  /** Of the kind's own inputs, whichever direction is applied. */
  readonly shapes: InputShapes;
}

export interface Flowed {
  /** By the ports that are written: the kind's outputs, or its inputs for `inverse`. */
  readonly tensors: Tensors;
  readonly logDet: Tensor;
}

export interface Applied {
  readonly outputs: Tensors;
  /** Statistics of this batch; the compiler hands them to `advance` when the call may write. */
  readonly observed?: Tensors;
}
