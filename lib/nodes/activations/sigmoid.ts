import * as z from 'zod';
import { sizeOf } from '@/lib/shapes/shape';
import { defineOp } from '../define';
import { expressionAt, shapeAt, tensorAt, tensorIn, tensorOut } from '../ports';

/** A loss after it wants `scores: probabilities`; logits without a sigmoid keep more precision. */
export const sigmoid = defineOp({
  kind: 'sigmoid',
  role: 'op',
  title: 'Sigmoid',
  category: 'Activations',
  place: ['network', 'game'],
  summary: 'Turns a logit into a probability.',
  formula: 'y = \\frac{1}{1 + e^{-x}}',
  source: { label: 'Goodfellow et al. 2014', url: 'https://arxiv.org/abs/1406.2661' },
  aliases: ['activation', 'logistic', 'probability', 'squash'],
  traits: { range: [0, 1], maps: (x) => 1 / (1 + Math.exp(-x)) },
  params: z.strictObject({}),
  examples: [
    { inputs: { in: [4] }, outputs: { out: [4] } },
    { inputs: { in: [2, 2, 3] }, outputs: { out: [2, 2, 3] } },
  ],
  inputs: tensorIn,
  outputs: tensorOut,
  infer: (_, inputs) => ({ out: shapeAt(inputs, 'in') }),
  cost: (_, inputs) => 4 * sizeOf(shapeAt(inputs, 'in').dims),
  differentiable: 2,
  apply: (tf, { inputs }) => ({ outputs: { out: tf.sigmoid(tensorAt(inputs, 'in')) } }),
  stock: () => ({ className: 'Activation', config: { activation: 'sigmoid' } }),
  torch: { forward: ({ inputs }) => ({ out: `torch.sigmoid(${expressionAt(inputs, 'in')})` }) },
});
