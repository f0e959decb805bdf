import type { Scalar } from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { defineLoss, type Tensor, type Tf } from '../define';
import { expressionAt, tensorAt } from '../ports';
import { inferPair, pairInputs, pairOutputs, scoresParam, wantsOfPair } from './pair';

/** mean max(0, 1 + x) */
const meanHinge = (tf: Tf, x: Tensor): Scalar => tf.mean(tf.relu(tf.add(x, 1)));

export const lossHinge = defineLoss({
  kind: 'loss-hinge',
  role: 'loss',
  title: 'Hinge',
  category: 'Losses',
  place: ['game'],
  summary: 'Asks for scores beyond ±1 and no further: what is right by the margin exerts no pull.',
  formula:
    'J_D = \\overline{\\max(0, 1 - s_{real})} + \\overline{\\max(0, 1 + s_{fake})} \\\\ J_G = -\\overline{s_{fake}}',
  source: { label: 'Lim & Ye 2017 (geometric GAN)', url: 'https://arxiv.org/abs/1705.02894' },
  aliases: ['geometric gan', 'margin', 'sagan', 'biggan', 'svm'],
  traits: { anyScores: true, wants: wantsOfPair(1, -1) },
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
    const fake = tensorAt(inputs, 'fake');
    if (output === 'g') return tf.neg(tf.mean<Scalar>(fake));
    return tf.add(meanHinge(tf, tf.neg(tensorAt(inputs, 'real'))), meanHinge(tf, fake));
  },
  torch: {
    forward({ inputs }) {
      const fake = expressionAt(inputs, 'fake');
      return {
        d: `F.relu(1 - ${expressionAt(inputs, 'real')}).mean() + F.relu(1 + ${fake}).mean()`,
        g: `-${fake}.mean()`,
      };
    },
  },
});
