import * as z from 'zod';
import { defineLoss, type OutputPort } from '../define';
import { param } from '../params';
import { expressionAt, tensorAt } from '../ports';
import { meanCrossEntropy, toLogits, torchLogits } from './cross-entropy-terms';
import { inferPair, pairInputs, pairOutputs, scoresParam } from './pair';

/** Both players look at both sides. */
const outputs = (): readonly OutputPort[] =>
  pairOutputs().map((port) => ({ ...port, needs: ['real', 'fake'] }));

/** How much more real the real is than the fake: by pairs, or each against the other side's mean. */
export const lossRelativistic = defineLoss({
  kind: 'loss-relativistic',
  role: 'loss',
  title: 'Relativistic',
  category: 'Losses',
  place: ['game'],
  summary:
    'Judges whether real data looks more real than fakes do, so that real data is part of the generator’s loss.',
  formula:
    'J_D = \\overline{\\operatorname{softplus}(\\bar a_{fake} - a_{real})} + \\overline{\\operatorname{softplus}(a_{fake} - \\bar a_{real})}, \\quad J_G: \\text{the reverse}',
  source: { label: 'Jolicoeur-Martineau 2018', url: 'https://arxiv.org/abs/1807.00734' },
  aliases: ['rgan', 'ragan', 'rpgan', 'esrgan'],
  traits: {
    wants: (_, output) => (output === 'g' ? { real: -1, fake: 1 } : { real: 1, fake: -1 }),
  },
  params: z.strictObject({
    scores: scoresParam,
    average: param(z.boolean().default(true), {
      label: 'Average',
      help: 'Compares each score with the mean of the other side (RaGAN); off, row by row (RpGAN).',
    }),
  }),
  caption: ({ average }) => (average ? 'average' : 'by pairs'),
  examples: [
    { inputs: { real: [1], fake: [1] }, outputs: { d: [], g: [] } },
    { params: { average: false }, inputs: { real: [2], fake: [2] }, outputs: { d: [], g: [] } },
    {
      params: { scores: 'probabilities' },
      within: [0, 1],
      inputs: { real: [1], fake: [1] },
      outputs: { d: [], g: [] },
    },
  ],
  inputs: pairInputs,
  outputs,
  infer: inferPair,
  differentiable: 2,
  evaluate(tf, output, { params: { scores, average }, inputs }) {
    const real = toLogits(tf, tensorAt(inputs, 'real'), scores);
    const fake = toLogits(tf, tensorAt(inputs, 'fake'), scores);
    const target = output === 'd' ? 1 : 0;
    if (!average) return meanCrossEntropy(tf, tf.sub(real, fake), target, 'logits');
    const ofReal = meanCrossEntropy(tf, tf.sub(real, tf.mean(fake)), target, 'logits');
    return tf.add(ofReal, meanCrossEntropy(tf, tf.sub(fake, tf.mean(real)), 1 - target, 'logits'));
  },
  torch: {
    forward({ params: { scores, average }, inputs }) {
      const [real, fake] = [
        torchLogits(expressionAt(inputs, 'real'), scores),
        torchLogits(expressionAt(inputs, 'fake'), scores),
      ];
      if (!average) return { d: softplus(`${fake} - ${real}`), g: softplus(`${real} - ${fake}`) };
      const [ofReal, ofFake] = [`${real} - ${fake}.mean()`, `${fake} - ${real}.mean()`];
      return {
        d: `${softplus(`-(${ofReal})`)} + ${softplus(ofFake)}`,
        g: `${softplus(ofReal)} + ${softplus(`-(${ofFake})`)}`,
      };
    },
  },
});

const softplus = (x: string) => `F.softplus(${x}, beta=1, threshold=20).mean()`;
