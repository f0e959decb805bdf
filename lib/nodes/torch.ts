import type { InputShapes, OutputShapes } from './port-shapes';

/**
 * A kind in PyTorch. Convention of the emitted code: tensors are channels-first, [batch, C, H, W]; dims of
 * rank 1 are as they are. A kind whose meaning depends on the layout (flatten, reshape, axes) permutes.
 * Every argument is printed: the defaults of tf, tf.layers and PyTorch differ.
 */
export interface TorchArgs<P> {
  readonly params: P;
  readonly shapes: { readonly inputs: InputShapes; readonly outputs: OutputShapes };
  /** The expression of this node's module: `self.dense_1`. */
  readonly self: string;
  /** An expression per plain port, a list per (many) port. */
  readonly inputs: { readonly [port: string]: string | readonly string[] };
  /** The name of what `shared` gave. */
  readonly shared?: string;
  /** For a kind that applies a network: the expression of its output, from one per input by name. */
  apply?(inputs: { readonly [name: string]: string }): string;
}

export interface TorchLines<P> {
  /** Classes and functions that the lines name, each printed once before the networks. */
  readonly classes?: readonly string[];
  /** Why there are no lines with these parameters, in a sentence. */
  refuses?(params: P): string | undefined;
  /** Whether the lines read `clock.made`: how many updates the player that moves had made before. */
  counts?(params: P): boolean;
  /** The constructor of the module, for kinds that have one: `nn.Linear(2, 128, bias=True)`. */
  module?(args: Omit<TorchArgs<P>, 'self' | 'inputs'>): string;
  /** An expression that several outputs read, evaluated once. */
  shared?(args: TorchArgs<P>): string;
  /** Of a kind that may leave inputs unread: the condition under which it reads each of these. */
  reads?(params: P): { readonly [port: string]: string };
  /** An expression per output port; an input that is not read is `None`. */
  forward(args: TorchArgs<P>): { readonly [port: string]: string };
  /**
   * Of an invertible kind: an expression of (tensor, log|det| per example: [rows]) in one direction. The input
   * is that of the port that is read: the kind's own, or its output for `inverse`.
   */
  flow?(args: TorchArgs<P>, direction: 'forward' | 'inverse'): string;
  /** Where our weights and buffers go in the module's state_dict, and the permutation of axes on the way. */
  readonly state?: {
    readonly [weight: string]: { readonly name: string; readonly permute?: readonly number[] };
  };
}

/** `True` for true: a JavaScript value as a Python literal. */
export function py(value: number | boolean | string | null | readonly (number | boolean | string)[]): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (Array.isArray(value))
    return `(${value.map((item) => py(item)).join(', ')}${value.length === 1 ? ',' : ''})`;
  return JSON.stringify(value);
}

/** `x.permute(0, 2, 3, 1)`: a channels-first expression made channels-last, as ours. */
export function toChannelsLast(expression: string, rank: number): string {
  if (rank < 2) return expression;
  const axes = [0, ...Array.from({ length: rank - 1 }, (_, i) => i + 2), 1];
  return `${expression}.permute(${axes.join(', ')})`;
}

export function toChannelsFirst(expression: string, rank: number): string {
  if (rank < 2) return expression;
  const axes = [0, rank, ...Array.from({ length: rank - 1 }, (_, i) => i + 1)];
  return `${expression}.permute(${axes.join(', ')})`;
}

/** What a kind draws in training, and what it gives in eval mode, as one expression of a module's forward. */
export const whenTraining = (drawn: string, otherwise: string): string =>
  `(${drawn} if self.training else ${otherwise})`;
