import * as z from 'zod';
import { defineLoss } from '../define';
import { liveParam, scheduledCaption } from '../params';
import { expressionAt, tensorAt } from '../ports';
import { inferPair, pairOutputs, wantsOfPair } from './pair';

/** A discriminator that gives energies: low where data is, at least the margin elsewhere. */
export const lossEnergy = defineLoss({
  kind: 'loss-energy',
  role: 'loss',
  title: 'Energy',
  category: 'Losses',
  place: ['game'],
  summary:
    'Lowers the energy of real data and raises that of fakes up to a margin; G seeks low energy (EBGAN).',
  formula: 'J_D = \\overline{e_{real}} + \\overline{\\max(0, m - e_{fake})} \\\\ J_G = \\overline{e_{fake}}',
  source: { label: 'Zhao et al. 2016', url: 'https://arxiv.org/abs/1609.03126' },
  aliases: ['ebgan', 'autoencoder', 'margin', 'energy-based'],
  traits: { anyScores: true, wants: wantsOfPair(0, 1) },
  params: z.strictObject({
    margin: liveParam(z.number().min(0).max(1e6), 1, {
      label: 'Margin m',
      help: 'The energy beyond which a fake is left alone.',
      step: 0.1,
    }),
  }),
  caption: ({ margin }) => `margin ${scheduledCaption(margin)}`,
  examples: [
    { inputs: { real: [1], fake: [1] }, outputs: { d: [], g: [] } },
    { params: { margin: 0.5 }, inputs: { real: [3], fake: [3] }, outputs: { d: [], g: [] } },
  ],
  inputs: () => [
    { name: 'real', type: 'tensor', scores: true, help: 'Energies of real data, 0 or more.' },
    { name: 'fake', type: 'tensor', scores: true, help: 'Energies of fakes, 0 or more.' },
  ],
  outputs: pairOutputs,
  infer: inferPair,
  differentiable: 2,
  evaluate(tf, output, { params, inputs }) {
    const fake = tensorAt(inputs, 'fake');
    if (output === 'g') return tf.mean(fake);
    return tf.add(tf.mean(tensorAt(inputs, 'real')), tf.mean(tf.relu(tf.sub(params.margin, fake))));
  },
  torch: {
    forward({ params, inputs }) {
      const [real, fake] = [expressionAt(inputs, 'real'), expressionAt(inputs, 'fake')];
      return {
        d: `${real}.mean() + F.relu(${params.margin} - ${fake}).mean()`,
        g: `${fake}.mean()`,
      };
    },
  },
});
