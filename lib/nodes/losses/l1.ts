import * as z from 'zod';
import { defineLoss } from '../define';
import { expressionAt, tensorAt } from '../ports';
import { inferTwo, scalarOut, twoInputs } from './two';

export const l1 = defineLoss({
  kind: 'l1',
  role: 'loss',
  title: 'L1',
  category: 'Losses',
  place: ['game'],
  summary:
    'The mean absolute difference: of several answers it prefers the median, sharper than the average.',
  formula: 'J = \\overline{\\lvert a - b \\rvert}',
  source: { label: 'Isola et al. 2017 (pix2pix)', url: 'https://arxiv.org/abs/1611.07004' },
  aliases: ['mae', 'absolute error', 'cycle', 'reconstruction'],
  traits: { distance: true },
  params: z.strictObject({}),
  examples: [
    { inputs: { a: [3], b: [3] }, outputs: { out: [] } },
    { inputs: { a: [2, 2, 1], b: [2, 2, 1] }, outputs: { out: [] } },
  ],
  inputs: twoInputs,
  outputs: scalarOut,
  infer: inferTwo,
  differentiable: 2,
  evaluate: (tf, _, { inputs }) => tf.mean(tf.abs(tf.sub(tensorAt(inputs, 'a'), tensorAt(inputs, 'b')))),
  torch: {
    forward: ({ inputs }) => ({
      out: `F.l1_loss(${expressionAt(inputs, 'a')}, ${expressionAt(inputs, 'b')}, reduction='mean')`,
    }),
  },
});
