import { z } from 'zod';
import { defineLoss } from '../define';
import { expressionAt, tensorAt } from '../ports';
import { meanCrossEntropy, toLogits, torchCrossEntropy } from './cross-entropy-terms';
import { inferPair, pairInputs, pairOutputs, scoresParam, targetCaption, targetParams } from './pair';

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
  traits: { saturating: ['g'] },
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
  ],
  inputs: pairInputs,
  outputs: pairOutputs,
  infer: inferPair,
  differentiable: 2,
  evaluate(tf, output, { params, inputs }) {
    const { scores, realTarget, fakeTarget } = params;
    const fake = toLogits(tf, tensorAt(inputs, 'fake'), scores);
    if (output === 'g') return tf.neg(meanCrossEntropy(tf, fake, 0));
    const real = toLogits(tf, tensorAt(inputs, 'real'), scores);
    return tf.add(meanCrossEntropy(tf, real, realTarget), meanCrossEntropy(tf, fake, fakeTarget));
  },
  torch: {
    forward({ params, inputs }) {
      const real = expressionAt(inputs, 'real');
      const fake = expressionAt(inputs, 'fake');
      const { scores } = params;
      return {
        d: `${torchCrossEntropy(real, params.realTarget as number, scores)} + ${torchCrossEntropy(fake, params.fakeTarget as number, scores)}`,
        g: `-${torchCrossEntropy(fake, 0, scores)}`,
      };
    },
  },
});
