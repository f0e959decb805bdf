import * as z from 'zod';
import { sizeOf } from '@/lib/shapes/shape';
import { defineOp } from '../define';
import { param } from '../params';
import { expressionAt, shapeAt, tensorAt, tensorIn, tensorOut } from '../ports';

export const softplus = defineOp({
  kind: 'softplus',
  role: 'op',
  title: 'Softplus',
  category: 'Activations',
  place: ['network', 'game'],
  summary: 'A smooth ReLU: positive everywhere, and never quite flat.',
  formula: 'y = \\tfrac{1}{\\beta} \\log(1 + e^{\\beta x})',
  source: { label: 'Dugas et al. 2001', url: 'https://papers.nips.cc/paper/1920' },
  aliases: ['activation', 'smooth'],
  traits: { range: [0, Number.POSITIVE_INFINITY] },
  params: z.strictObject({
    beta: param(z.number().min(0.1).max(10).default(1), {
      label: 'β',
      help: 'How sharp the bend is. Large values come close to ReLU.',
      step: 0.1,
    }),
  }),
  sign: ({ beta }) => ({ type: 'curve', of: (x) => Math.log1p(Math.exp(beta * x)) / beta }),
  caption: ({ beta }) => `β ${beta}`,
  examples: [
    { inputs: { in: [4] }, outputs: { out: [4] } },
    { params: { beta: 2 }, inputs: { in: [2, 2, 3] }, outputs: { out: [2, 2, 3] } },
  ],
  inputs: tensorIn,
  outputs: tensorOut,
  infer: (_, inputs) => ({ out: shapeAt(inputs, 'in') }),
  cost: (_, inputs) => 4 * sizeOf(shapeAt(inputs, 'in').dims),
  differentiable: 2,
  apply: (tf, { params, inputs }) => ({
    outputs: { out: tf.div(tf.softplus(tf.mul(tensorAt(inputs, 'in'), params.beta)), params.beta) },
  }),
  layersLine: '({ in: [x] }, { beta }) => tf.div(tf.softplus(tf.mul(x, beta)), beta)',
  torch: {
    forward: ({ params, inputs }) => ({
      out: `F.softplus(${expressionAt(inputs, 'in')}, beta=${params.beta}, threshold=20)`,
    }),
  },
});
