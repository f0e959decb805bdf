import type { Tensor, Tf } from '../define';

/** The functions of a formula: number by number, per example, or over all. */
interface Elementwise {
  apply(tf: Tf, x: Tensor): Tensor;
  torch(x: string): string;
}

/** Under the root, so that the slope at 0 is finite. */
const FLOOR = 1e-12;

/** Number by number. */
export const elementwise = {
  abs: { apply: (tf, x) => tf.abs(x), torch: (x) => `${x}.abs()` },
  exp: { apply: (tf, x) => tf.exp(x), torch: (x) => `${x}.exp()` },
  log: { apply: (tf, x) => tf.log(x), torch: (x) => `${x}.log()` },
  sqrt: { apply: (tf, x) => tf.sqrt(x), torch: (x) => `${x}.sqrt()` },
  square: { apply: (tf, x) => tf.square(x), torch: (x) => `${x}.square()` },
  relu: { apply: (tf, x) => tf.relu(x), torch: (x) => `F.relu(${x})` },
  sigmoid: { apply: (tf, x) => tf.sigmoid(x), torch: (x) => `torch.sigmoid(${x})` },
  softplus: {
    apply: (tf, x) => tf.softplus(x),
    torch: (x) => `F.softplus(${x}, beta=1, threshold=20)`,
  },
  tanh: { apply: (tf, x) => tf.tanh(x), torch: (x) => `torch.tanh(${x})` },
} as const satisfies Readonly<Record<string, Elementwise>>;

type ElementwiseName = keyof typeof elementwise;
export type FormulaFunction = ElementwiseName | 'min' | 'max' | 'pow' | 'sum' | 'norm' | 'mean';

const names = Object.keys(elementwise) as readonly ElementwiseName[];

/** How many arguments each takes. */
export const lossFunctions: Readonly<Record<FormulaFunction, number>> = {
  ...(Object.fromEntries(names.map((name) => [name, 1])) as Readonly<Record<ElementwiseName, number>>),
  min: 2,
  max: 2,
  pow: 2,
  sum: 1,
  norm: 1,
  mean: 1,
};

export const isElementwise = (name: string): name is ElementwiseName => Object.hasOwn(elementwise, name);

/** Of the numbers of one example: [rows, 1]. */
export function perExample(tf: Tf, name: 'sum' | 'norm', x: Tensor): Tensor {
  const flat = tf.reshape(x, [x.shape[0] ?? 1, -1]);
  if (name === 'sum') return tf.sum(flat, 1, true);
  return tf.sqrt(tf.add(tf.sum(tf.square(flat), 1, true), FLOOR));
}

export const torchPerExample = (name: 'sum' | 'norm', x: string): string =>
  name === 'sum'
    ? `${x}.flatten(1).sum(1, keepdim=True)`
    : `${x}.flatten(1).square().sum(1, keepdim=True).add(${FLOOR}).sqrt()`;
