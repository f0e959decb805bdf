import * as z from 'zod';
import { formatShape, sameDims } from '@/lib/shapes/shape';
import { defineLoss, problem } from '../define';
import { expressionAt, shapeAt, tensorAt } from '../ports';
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
    { inputs: { in: [3], mean: [3], logvariance: [1] }, outputs: { out: [] } },
    { inputs: { in: [2, 2, 2], mean: [2, 2, 2], logvariance: [1] }, outputs: { out: [] } },
  ],
  inputs: () => [
    { name: 'in', type: 'tensor', help: 'The values whose likelihood is computed.' },
    { name: 'mean', type: 'tensor', help: 'μ, one for each number.' },
    {
      name: 'logvariance',
      type: 'tensor',
      help: 'ln σ², one for each number, or [1]: one for all of an example.',
    },
  ],
  outputs: scalarOut,
  infer(params, inputs) {
    const [x, log] = [shapeAt(inputs, 'in'), shapeAt(inputs, 'logvariance')];
    if (!sameDims(log.dims, [1]) && !sameDims(log.dims, x.dims))
      return problem({
        code: 'shape-mismatch',
        port: 'logvariance',
        message: `in is ${formatShape(x)} and logvariance ${formatShape(log)}; it is of the same shape, or [1].`,
      });
    return inferAlike(['in', 'mean'])(params, inputs);
  },
  differentiable: 2,
  evaluate(tf, _, { inputs }) {
    const x = tensorAt(inputs, 'in');
    const given = tensorAt(inputs, 'logvariance');
    const size = x.size / (x.shape[0] ?? 1);
    const isShared = given.size < x.size;
    // [rows, 1] goes along every axis of an example.
    const logvariance = isShared ? tf.reshape(given, [-1, ...x.shape.slice(1).map(() => 1)]) : given;
    const squares = tf.square(tf.sub(x, tensorAt(inputs, 'mean')));
    const scaled = tf.add(logvariance, tf.mul(squares, tf.exp(tf.neg(logvariance))));
    // Summed over the numbers of an example, averaged over examples.
    return tf.mul(tf.mean(tf.add(scaled, LOG_TWO_PI)), -0.5 * size);
  },
  torch: {
    forward({ inputs, shapes }) {
      const [x, mean, given] = ['in', 'mean', 'logvariance'].map((port) => expressionAt(inputs, port));
      const { dims } = shapeAt(shapes.inputs, 'in');
      const isShared = !sameDims(dims, shapeAt(shapes.inputs, 'logvariance').dims);
      const log = isShared && dims.length > 1 ? `${given}.view(-1, ${dims.map(() => 1).join(', ')})` : given;
      return {
        out: `(-0.5 * (${LOG_TWO_PI} + ${log} + (${x} - ${mean}).square() * (-${log}).exp())).flatten(1).sum(1).mean()`,
      };
    },
  },
});
