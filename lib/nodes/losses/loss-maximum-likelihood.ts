import * as z from 'zod';
import { defineLoss } from '../define';
import { param } from '../params';
import { expressionAt } from '../ports';
import {
  evaluatePair,
  toLogits,
  torchLogits,
  torchPairD,
  torchTowardsReal,
  towardsReal,
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

export const lossMaximumLikelihood = defineLoss({
  kind: 'loss-maximum-likelihood',
  role: 'loss',
  title: 'Maximum likelihood',
  category: 'Losses',
  place: ['game'],
  summary:
    'Weighs fakes by the odds that D gives them: on average the likelihood’s gradient, with a large variance.',
  formula:
    'J_D = \\overline{\\operatorname{softplus}(-a_{real})} + \\overline{\\operatorname{softplus}(a_{fake})} \\\\ J_G = -\\overline{e^{\\min(a_{fake},\\, c)}}',
  source: { label: 'Goodfellow 2014', url: 'https://arxiv.org/abs/1412.6515' },
  aliases: ['mle', 'likelihood', 'kl'],
  traits: { wants: wantsOfTargets },
  params: z.strictObject({
    scores: scoresParam,
    ...targetParams,
    cap: param(z.number().min(-20).max(80).default(10), {
      label: 'Cap c',
      help: 'The largest exponent; beyond it a fake has no gradient, but nothing overflows.',
      step: 1,
    }),
  }),
  caption: targetCaption,
  examples: [
    { inputs: { real: [1], fake: [1] }, outputs: { d: [], g: [] } },
    { params: { cap: 1, realTarget: 0.9 }, inputs: { real: [4], fake: [4] }, outputs: { d: [], g: [] } },
    {
      params: { scores: 'probabilities' },
      within: [0, 1],
      inputs: { real: [2], fake: [2] },
      outputs: { d: [], g: [] },
    },
    {
      params: { cap: 1, realTarget: 0, fakeTarget: 0.9 },
      inputs: { real: [2], fake: [2] },
      outputs: { d: [], g: [] },
    },
  ],
  inputs: pairInputs,
  outputs: pairOutputs,
  infer: inferPair,
  differentiable: 2,
  evaluate(tf, output, args) {
    const { cap, scores } = args.params;
    // min(a, c) = c - relu(c - a)
    return evaluatePair(tf, output, args, (fake, real) => {
      const a = towardsReal(tf, toLogits(tf, fake, scores), real);
      return tf.neg(tf.mean(tf.exp(tf.sub(cap, tf.relu(tf.sub(cap, a))))));
    });
  },
  torch: {
    forward({ params, inputs }) {
      const a = torchLogits(expressionAt(inputs, 'fake'), params.scores);
      return {
        d: torchPairD(params, inputs),
        g: `-(${torchTowardsReal(a, params)}).clamp(max=${params.cap}).exp().mean()`,
      };
    },
  },
});
