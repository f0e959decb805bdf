import * as z from 'zod';
import { sizeOf } from '@/lib/shapes/shape';
import { defineOp } from '../define';
import { expressionAt, shapeAt, tensorAt, tensorIn, tensorOut } from '../ports';

const SLOPE = Math.sqrt(2 / Math.PI);
const CUBIC = 0.044715;

export const gelu = defineOp({
  kind: 'gelu',
  role: 'op',
  title: 'GELU',
  category: 'Activations',
  place: ['network', 'game'],
  summary: 'Weighs x by how likely a normal number lies below it; here by the usual tanh approximation.',
  formula: 'y = \\tfrac12 x \\bigl(1 + \\tanh(\\sqrt{2/\\pi}\\,(x + 0.044715\\, x^3))\\bigr)',
  source: { label: 'Hendrycks & Gimpel 2016', url: 'https://arxiv.org/abs/1606.08415' },
  aliases: ['activation', 'gaussian', 'transformer'],
  traits: { range: [-0.17, Number.POSITIVE_INFINITY] },
  sign: () => ({
    type: 'curve',
    of: (x) => 0.5 * x * (1 + Math.tanh(SLOPE * (x + CUBIC * x ** 3))),
  }),
  params: z.strictObject({}),
  examples: [
    { inputs: { in: [4] }, outputs: { out: [4] } },
    { inputs: { in: [2, 2, 3] }, outputs: { out: [2, 2, 3] } },
  ],
  inputs: tensorIn,
  outputs: tensorOut,
  infer: (_, inputs) => ({ out: shapeAt(inputs, 'in') }),
  cost: (_, inputs) => 8 * sizeOf(shapeAt(inputs, 'in').dims),
  differentiable: 2,
  apply(tf, { inputs }) {
    const x = tensorAt(inputs, 'in');
    const inner = tf.mul(tf.mul(x, SLOPE), tf.add(tf.mul(tf.square(x), CUBIC), 1));
    return { outputs: { out: tf.mul(tf.mul(x, 0.5), tf.add(tf.tanh(inner), 1)) } };
  },
  stock: () => ({ className: 'Activation', config: { activation: 'gelu_new' } }),
  torch: { forward: ({ inputs }) => ({ out: `F.gelu(${expressionAt(inputs, 'in')}, approximate='tanh')` }) },
});
