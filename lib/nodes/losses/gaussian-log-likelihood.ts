import * as z from 'zod';
import { defineLoss } from '../define';
import { expressionAt, tensorAt } from '../ports';
import { inferAlike, LOG_TWO_PI } from './gaussian';
import { scalarOut } from './two';

export const gaussianLogLikelihood = defineLoss({
  kind: 'gaussian-log-likelihood',
  role: 'loss',
  title: 'Gaussian log-likelihood',
  category: 'Losses',
  place: ['game'],
  summary:
    'The likelihood of numbers under a Gaussian of given mean and variance; give it a negative weight in a sum.',
  formula:
    'J = \\overline{\\textstyle\\sum_j -\\tfrac12 \\bigl( \\ln 2\\pi + \\ell_j + (x_j - \\mu_j)^2 e^{-\\ell_j} \\bigr)}, \\quad \\ell = \\ln \\sigma^2',
  source: { label: 'Kingma & Welling 2013', url: 'https://arxiv.org/abs/1312.6114' },
  aliases: ['vae', 'decoder', 'reconstruction', 'nll', 'continuous code', 'elbo', 'normal'],
  traits: { isGain: true },
  params: z.strictObject({}),
  examples: [
    { inputs: { in: [3], mean: [3], logvariance: [3] }, outputs: { out: [] } },
    { inputs: { in: [2, 2, 1], mean: [2, 2, 1], logvariance: [2, 2, 1] }, outputs: { out: [] } },
  ],
  inputs: () => [
    { name: 'in', type: 'tensor', help: 'The values whose likelihood is computed.' },
    { name: 'mean', type: 'tensor', help: 'μ, one for each number.' },
    { name: 'logvariance', type: 'tensor', help: 'ln σ², one for each number.' },
  ],
  outputs: scalarOut,
  infer: inferAlike(['in', 'mean', 'logvariance']),
  differentiable: 2,
  evaluate(tf, _, { inputs }) {
    const logvariance = tensorAt(inputs, 'logvariance');
    const squares = tf.square(tf.sub(tensorAt(inputs, 'in'), tensorAt(inputs, 'mean')));
    const scaled = tf.add(logvariance, tf.mul(squares, tf.exp(tf.neg(logvariance))));
    const size = logvariance.size / (logvariance.shape[0] ?? 1);
    // Summed over the numbers of an example, averaged over examples.
    return tf.mul(tf.mean(tf.add(scaled, LOG_TWO_PI)), -0.5 * size);
  },
  torch: {
    forward({ inputs }) {
      const [x, mean, log] = ['in', 'mean', 'logvariance'].map((port) => expressionAt(inputs, port));
      return {
        out: `(-0.5 * (${LOG_TWO_PI} + ${log} + (${x} - ${mean}).square() * (-${log}).exp())).flatten(1).sum(1).mean()`,
      };
    },
  },
});
