import * as z from 'zod';
import { defineLoss } from '../define';
import { param } from '../params';
import { expressionAt, tensorAt } from '../ports';
import { type FDivergence, type FDivergenceName, fDivergences } from './f-divergences';
import { inferPair, pairInputs, pairOutputs, wantsOfPair } from './pair';

const names = Object.keys(fDivergences) as [FDivergenceName, ...FDivergenceName[]];

/** D tightens a bound on a divergence between data and fakes; G lowers it. */
export const lossFGan = defineLoss({
  kind: 'loss-f-gan',
  role: 'loss',
  title: 'f-GAN',
  category: 'Losses',
  place: ['game'],
  summary:
    'Estimates an f-divergence by a bound that D makes tight: one formula, six divergences to choose from.',
  formula:
    'J_D = \\overline{f^*(g(v_{fake}))} - \\overline{g(v_{real})} \\\\ J_G = -\\overline{f^*(g(v_{fake}))} \\text{ or } -\\overline{g(v_{fake})}',
  source: { label: 'Nowozin et al. 2016', url: 'https://arxiv.org/abs/1606.00709' },
  aliases: ['divergence', 'variational', 'kl', 'pearson', 'hellinger', 'jensen-shannon', 'fenchel'],
  traits: {
    anyScores: true,
    wants: wantsOfPair(1, -1),
    growsWithRatio: ({ divergence }) => divergence === 'pearson',
  },
  params: z.strictObject({
    divergence: param(z.enum(names).default('kl'), {
      label: 'Divergence',
      help: 'KL spreads over all of the data, reverse KL keeps to a part of it; Jensen-Shannon is between. Pearson wants supports that are near.',
    }),
    generator: param(z.enum(['minimax', 'heuristic']).default('minimax'), {
      label: 'Generator',
      help: 'Minimax lowers the bound; heuristic raises what D says of fakes, which does not vanish at the start.',
    }),
  }),
  caption: ({ divergence }) => fDivergences[divergence].title,
  examples: [
    ...names.map((divergence) => ({
      params: { divergence },
      inputs: { real: [1], fake: [1] },
      outputs: { d: [], g: [] },
    })),
    {
      params: { divergence: 'squared-hellinger', generator: 'heuristic' },
      inputs: { real: [2], fake: [2] },
      outputs: { d: [], g: [] },
    },
  ],
  inputs: () =>
    pairInputs().map((port) => ({
      ...port,
      help: `${port.help} Any real numbers: no activation before it.`,
    })),
  outputs: pairOutputs,
  infer: inferPair,
  differentiable: 2,
  evaluate(tf, output, { params, inputs }) {
    const { activation, conjugate }: FDivergence = fDivergences[params.divergence];
    const fake = tensorAt(inputs, 'fake');
    if (output === 'd')
      return tf.sub(tf.mean(conjugate(tf, fake)), tf.mean(activation(tf, tensorAt(inputs, 'real'))));
    return tf.neg(tf.mean(params.generator === 'minimax' ? conjugate(tf, fake) : activation(tf, fake)));
  },
  torch: {
    forward({ params, inputs }) {
      const { activation, conjugate } = fDivergences[params.divergence].torch;
      const [real, fake] = [expressionAt(inputs, 'real'), expressionAt(inputs, 'fake')];
      return {
        d: `(${conjugate(fake)}).mean() - (${activation(real)}).mean()`,
        g: `-(${params.generator === 'minimax' ? conjugate(fake) : activation(fake)}).mean()`,
      };
    },
  },
});
