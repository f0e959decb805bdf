import * as z from 'zod';
import { defineLoss } from '../define';
import { expressionAt, tensorAt } from '../ports';
import { inferAlike } from './gaussian';
import { scalarOut } from './two';

export const klToNormal = defineLoss({
  kind: 'kl-to-normal',
  role: 'loss',
  title: 'KL to normal',
  category: 'Losses',
  place: ['game'],
  summary: 'How far an encoder’s Gaussian is from the standard normal, from which a decoder will draw.',
  formula:
    'J = \\overline{\\textstyle\\sum_j \\tfrac12 \\bigl( \\mu_j^2 + e^{\\ell_j} - \\ell_j - 1 \\bigr)}, \\quad \\ell = \\ln \\sigma^2',
  source: { label: 'Kingma & Welling 2013, appendix B', url: 'https://arxiv.org/abs/1312.6114' },
  aliases: ['vae', 'encoder', 'prior', 'kullback-leibler', 'regulariser', 'elbo'],
  params: z.strictObject({}),
  examples: [
    { inputs: { mean: [3], logvariance: [3] }, outputs: { out: [] } },
    { inputs: { mean: [2, 2, 1], logvariance: [2, 2, 1] }, outputs: { out: [] } },
  ],
  inputs: () => [
    { name: 'mean', type: 'tensor', help: 'μ of each number of the code.' },
    { name: 'logvariance', type: 'tensor', help: 'ln σ² of each number of the code.' },
  ],
  outputs: scalarOut,
  infer: inferAlike(['mean', 'logvariance']),
  differentiable: 2,
  evaluate(tf, _, { inputs }) {
    const [mean, logvariance] = [tensorAt(inputs, 'mean'), tensorAt(inputs, 'logvariance')];
    const width = tf.sub(tf.sub(tf.exp(logvariance), logvariance), 1);
    const size = mean.size / (mean.shape[0] ?? 1);
    // Summed over the numbers of an example, averaged over examples.
    return tf.mul(tf.mean(tf.add(tf.square(mean), width)), 0.5 * size);
  },
  torch: {
    forward({ inputs }) {
      const [mean, log] = [expressionAt(inputs, 'mean'), expressionAt(inputs, 'logvariance')];
      return { out: `(0.5 * (${mean}.square() + ${log}.exp() - ${log} - 1)).flatten(1).sum(1).mean()` };
    },
  },
});
