import * as z from 'zod';
import { defineLoss } from '../define';
import { expressionAt, tensorAt } from '../ports';
import { inferTwo, scalarOut, twoInputs } from './two';

export const meanSquaredError = defineLoss({
  kind: 'mean-squared-error',
  role: 'loss',
  title: 'Mean squared error',
  category: 'Losses',
  place: ['game'],
  summary: 'The mean squared difference; of several answers it prefers their average, which blurs.',
  formula: 'J = \\overline{(a - b)^2}',
  source: {
    label: 'Goodfellow et al. 2016, 5.1.4',
    url: 'https://www.deeplearningbook.org/contents/ml.html',
  },
  aliases: ['mse', 'l2', 'reconstruction', 'regression'],
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
  evaluate: (tf, _, { inputs }) => tf.mean(tf.square(tf.sub(tensorAt(inputs, 'a'), tensorAt(inputs, 'b')))),
  torch: {
    forward: ({ inputs }) => ({
      out: `F.mse_loss(${expressionAt(inputs, 'a')}, ${expressionAt(inputs, 'b')}, reduction='mean')`,
    }),
  },
});
