import * as z from 'zod';
import { sizeOf } from '@/lib/shapes/shape';
import { defineOp } from '../define';
import { expressionAt, shapeAt, tensorAt, tensorIn, tensorOut } from '../ports';

export const swish = defineOp({
  kind: 'swish',
  role: 'op',
  title: 'Swish',
  category: 'Activations',
  place: ['network', 'game'],
  summary: 'The number times its own sigmoid: smooth, with a small dip below zero.',
  formula: 'y = \\frac{x}{1 + e^{-x}}',
  source: { label: 'Ramachandran et al. 2017', url: 'https://arxiv.org/abs/1710.05941' },
  aliases: ['activation', 'silu', 'sigmoid-weighted'],
  traits: { range: [-0.279, Number.POSITIVE_INFINITY] },
  sign: () => ({ type: 'curve', of: (x) => x / (1 + Math.exp(-x)) }),
  params: z.strictObject({}),
  examples: [
    { inputs: { in: [4] }, outputs: { out: [4] } },
    { inputs: { in: [2, 2, 3] }, outputs: { out: [2, 2, 3] } },
  ],
  inputs: tensorIn,
  outputs: tensorOut,
  infer: (_, inputs) => ({ out: shapeAt(inputs, 'in') }),
  cost: (_, inputs) => 5 * sizeOf(shapeAt(inputs, 'in').dims),
  differentiable: 2,
  apply(tf, { inputs }) {
    const x = tensorAt(inputs, 'in');
    return { outputs: { out: tf.mul(x, tf.sigmoid(x)) } };
  },
  stock: () => ({ className: 'Activation', config: { activation: 'swish' } }),
  torch: { forward: ({ inputs }) => ({ out: `F.silu(${expressionAt(inputs, 'in')})` }) },
});
