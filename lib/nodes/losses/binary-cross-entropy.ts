import * as z from 'zod';
import { defineLoss } from '../define';
import { liveParam, scheduledCaption } from '../params';
import { expressionAt, tensorAt } from '../ports';
import { meanCrossEntropy, torchCrossEntropy } from './cross-entropy-terms';
import { scoresParam } from './pair';

export const binaryCrossEntropy = defineLoss({
  kind: 'binary-cross-entropy',
  role: 'loss',
  title: 'Binary cross-entropy',
  category: 'Losses',
  place: ['game'],
  summary: 'How far scores are from one target for all: the piece of which GAN losses are made.',
  formula: 'J = \\overline{\\operatorname{softplus}(a) - t\\,a}',
  source: {
    label: 'Goodfellow et al. 2016, 6.2.2',
    url: 'https://www.deeplearningbook.org/contents/mlp.html',
  },
  aliases: ['bce', 'log loss', 'logistic'],
  traits: { wants: ({ target }) => ({ in: Number(target) }) },
  params: z.strictObject({
    target: liveParam(z.number().min(0).max(1), 1, {
      label: 'Target t',
      help: 'What every score should say: 1 for real, 0 for fake.',
      step: 0.05,
    }),
    scores: scoresParam,
  }),
  caption: ({ target }) => `→ ${scheduledCaption(target)}`,
  examples: [
    { inputs: { in: [1] }, outputs: { out: [] } },
    { params: { target: 0 }, inputs: { in: [3] }, outputs: { out: [] } },
    {
      params: { target: 0.9, scores: 'probabilities' },
      within: [0, 1],
      inputs: { in: [2, 2, 1] },
      outputs: { out: [] },
    },
  ],
  inputs: () => [{ name: 'in', type: 'tensor', scores: true }],
  outputs: () => [{ name: 'out', type: 'scalar' }],
  infer: () => ({ out: { dims: [], batch: 'one' } }),
  differentiable: 2,
  evaluate: (tf, _, { params, inputs }) =>
    meanCrossEntropy(tf, tensorAt(inputs, 'in'), params.target, params.scores),
  torch: {
    forward: ({ params, inputs }) => ({
      out: torchCrossEntropy(expressionAt(inputs, 'in'), params.target as number, params.scores),
    }),
  },
});
