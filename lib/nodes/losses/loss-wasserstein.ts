import type { Scalar } from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { defineLoss } from '../define';
import { expressionAt, tensorAt } from '../ports';
import { inferPair, pairInputs, pairOutputs, scoresParam, wantsOfPair } from './pair';

export const lossWasserstein = defineLoss({
  kind: 'loss-wasserstein',
  role: 'loss',
  title: 'Wasserstein',
  category: 'Losses',
  place: ['game'],
  summary:
    'The difference of mean scores: the distance that mass has to move, if the critic’s slope is held at 1 (WGAN).',
  formula: 'J_D = \\overline{s_{fake}} - \\overline{s_{real}} \\\\ J_G = -\\overline{s_{fake}}',
  source: { label: 'Arjovsky et al. 2017', url: 'https://arxiv.org/abs/1701.07875' },
  aliases: ['wgan', 'critic', 'earth mover', 'em distance'],
  traits: { anyScores: true, needsBoundedSlope: true, wants: wantsOfPair(1, -1) },
  params: z.strictObject({ scores: scoresParam }),
  examples: [
    { inputs: { real: [1], fake: [1] }, outputs: { d: [], g: [] } },
    { inputs: { real: [2, 2, 1], fake: [2, 2, 1] }, outputs: { d: [], g: [] } },
  ],
  inputs: pairInputs,
  outputs: pairOutputs,
  infer: inferPair,
  differentiable: 2,
  evaluate(tf, output, { inputs }) {
    const fake = tf.mean<Scalar>(tensorAt(inputs, 'fake'));
    return output === 'g' ? tf.neg(fake) : tf.sub(fake, tf.mean<Scalar>(tensorAt(inputs, 'real')));
  },
  torch: {
    forward({ inputs }) {
      const fake = `${expressionAt(inputs, 'fake')}.mean()`;
      return { d: `${fake} - ${expressionAt(inputs, 'real')}.mean()`, g: `-${fake}` };
    },
  },
});
