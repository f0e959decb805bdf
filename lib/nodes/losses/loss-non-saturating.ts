import * as z from 'zod';
import { defineLoss } from '../define';
import { expressionAt } from '../ports';
import {
  evaluatePair,
  meanCrossEntropy,
  torchCrossEntropy,
  torchPairD,
  torchRealLabel,
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

export const lossNonSaturating = defineLoss({
  kind: 'loss-non-saturating',
  role: 'loss',
  title: 'Non-saturating',
  category: 'Losses',
  place: ['game'],
  summary:
    'The generator maximises the log-probability of being taken for real, so its gradient stays strong.',
  formula:
    'J_D = \\overline{\\operatorname{softplus}(-a_{real})} + \\overline{\\operatorname{softplus}(a_{fake})} \\\\ J_G = \\overline{\\operatorname{softplus}(-a_{fake})}',
  source: { label: 'Goodfellow et al. 2014', url: 'https://arxiv.org/abs/1406.2661' },
  aliases: ['gan', 'ns', 'heuristic', 'bce'],
  traits: { wants: wantsOfTargets },
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
    evaluatePair(tf, output, args, (fake, real) => meanCrossEntropy(tf, fake, real, args.params.scores)),
  torch: {
    forward: ({ params, inputs }) => ({
      d: torchPairD(params, inputs),
      g: torchCrossEntropy(expressionAt(inputs, 'fake'), torchRealLabel(params), params.scores),
    }),
  },
});
