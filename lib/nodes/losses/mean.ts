import * as z from 'zod';
import { defineLoss } from '../define';
import { expressionAt, tensorAt } from '../ports';
import { scalar, scalarOut } from './two';

export const mean = defineLoss({
  kind: 'mean',
  role: 'loss',
  title: 'Mean',
  category: 'Losses',
  place: ['game'],
  summary: 'The mean of all numbers as a loss, from which objectives of your own are made.',
  formula: 'J = \\overline{x}',
  source: { label: 'torch.mean', url: 'https://pytorch.org/docs/stable/generated/torch.mean.html' },
  aliases: ['average', 'critic', 'expectation'],
  params: z.strictObject({}),
  examples: [
    { inputs: { in: [1] }, outputs: { out: [] } },
    { inputs: { in: [2, 2, 3] }, outputs: { out: [] } },
  ],
  inputs: () => [{ name: 'in', type: 'tensor' }],
  outputs: scalarOut,
  infer: () => ({ out: scalar }),
  differentiable: 2,
  evaluate: (tf, _, { inputs }) => tf.mean(tensorAt(inputs, 'in')),
  torch: { forward: ({ inputs }) => ({ out: `${expressionAt(inputs, 'in')}.mean()` }) },
});
