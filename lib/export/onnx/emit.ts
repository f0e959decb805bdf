import type { Step, Traced } from './trace';

/** An attribute of an ONNX node: whole numbers, numbers with a point, or text. */
export type Attribute =
  | { readonly ints: readonly number[] }
  | { readonly int: number }
  | { readonly float: number }
  | { readonly text: string };

/** What operators are written with. */
export interface Emit {
  /** The name of a traced tensor. */
  name(traced: Traced): string;
  /** Adds a node and gives the name of its output: that of `to`, else a new one. */
  add(
    op: string,
    inputs: readonly string[],
    attributes?: Readonly<Record<string, Attribute>>,
    to?: Traced,
  ): string;
  /** A constant of 64-bit whole numbers, or of one number. */
  ints(values: readonly number[]): string;
  number(value: number): string;
  numbers(values: readonly number[]): string;
  /** A whole number without an axis. */
  index(value: number): string;
  /** The shape of a tensor, with the batch as it is when the model runs. */
  shapeOf(traced: Traced): string;
  /** The same tensor when the batch had one row more. */
  other(traced: Traced): Traced;
}

/** Writes a kernel. */
export type Operator = (emit: Emit, step: Step) => void;

/** What is not written: the reason, for a sentence that names the node. */
export class NotInOnnx extends Error {}

export const input = (step: Step, name: string): Traced => step.inputs[name] as Traced;
export const out = (step: Step): Traced => step.outputs[0] as Traced;
export const ints = (values: readonly number[]): Attribute => ({ ints: values });

/** Numbers of TensorProto's types. */
export const [FLOAT, INT32, INT64, BOOL] = [1, 6, 7, 9];
export const typeOf = (dtype: string): number =>
  dtype === 'int32' ? INT32 : dtype === 'bool' ? BOOL : FLOAT;

/** What is added before and after each axis as ONNX lists it: first all that comes before. */
export const padsOf = (axes: readonly (readonly [before: number, after: number])[]): number[] => [
  ...axes.map(([before]) => before),
  ...axes.map(([, after]) => after),
];
