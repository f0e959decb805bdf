import * as z from 'zod';
import { defineLoss } from '../define';
import { expressionAt } from '../ports';
import {
  evaluatePair,
  meanCrossEntropy,
  torchCrossEntropy,
  torchFakeLabel,
  torchPairD,
} from './cross-entropy-terms';
import {
  inferPair,
  pairInputs,
  pairOutputs,
  scoresParam,
  targetCaption,
  targetParams,
  wantsOfTargets,
} from './pair';

export const lossMinimax = defineLoss({
  kind: 'loss-minimax',
  role: 'loss',
  title: 'Minimax',
  category: 'Losses',
  place: ['game'],
  summary:
    'The zero-sum game: the generator minimises what the discriminator maximises. Its gradient vanishes when the discriminator is sure.',
  formula:
    'J_D = \\overline{\\operatorname{softplus}(-a_{real})} + \\overline{\\operatorname{softplus}(a_{fake})} \\\\ J_G = -\\overline{\\operatorname{softplus}(a_{fake})}',
  source: { label: 'Goodfellow et al. 2014', url: 'https://arxiv.org/abs/1406.2661' },
  aliases: ['gan', 'saturating', 'zero-sum', 'bce'],
  traits: { saturating: ['g'], wants: wantsOfTargets },
  params: z.strictObject({ scores: scoresParam, ...targetParams }),
  caption: targetCaption,
  examples: [
    { inputs: { real: [1], fake: [1] }, outputs: { d: [], g: [] } },
    {
      params: { scores: 'probabilities', realTarget: 0.9, fakeTarget: 0.1 },
      within: [0, 1],
      inputs: { real: [2, 2, 1], fake: [2, 2, 1] },
      outputs: { d: [], g: [] },
    },
    {
      params: { realTarget: 0.1, fakeTarget: 1 },
      inputs: { real: [1], fake: [1] },
      outputs: { d: [], g: [] },
    },
  ],
  inputs: pairInputs,
  outputs: pairOutputs,
  infer: inferPair,
  differentiable: 2,
  evaluate: (tf, output, args) =>
    evaluatePair(tf, output, args, (fake, real) =>
      tf.neg(meanCrossEntropy(tf, fake, 1 - real, args.params.scores)),
    ),
  torch: {
    forward: ({ params, inputs }) => ({
      d: torchPairD(params, inputs),
      g: `-${torchCrossEntropy(expressionAt(inputs, 'fake'), torchFakeLabel(params), params.scores)}`,
    }),
  },
});
