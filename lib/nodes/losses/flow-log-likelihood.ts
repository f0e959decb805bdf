import * as z from 'zod';
import { formatDims, sizeOf } from '@/lib/shapes/shape';
import { defineLoss, problem } from '../define';
import { expressionAt, shapeAt, tensorAt } from '../ports';
import { LOG_TWO_PI } from './gaussian';
import { scalar, scalarOut } from './two';

export const flowLogLikelihood = defineLoss({
  kind: 'flow-log-likelihood',
  role: 'loss',
  title: 'Flow log-likelihood',
  category: 'Losses',
  place: ['game'],
  summary:
    'The exact log-likelihood of data that an invertible network turns into normal noise; to be made large.',
  formula:
    'J = \\overline{\\textstyle\\sum_j \\ln N(z_j; 0, 1) + \\ln \\lvert \\det \\partial z / \\partial x \\rvert}, \\quad z = f(x)',
  source: { label: 'Dinh et al. 2016 (Real NVP)', url: 'https://arxiv.org/abs/1605.08803' },
  aliases: ['normalizing flow', 'alignflow', 'change of variables', 'mle', 'coupling', 'density'],
  traits: { isGain: true },
  params: z.strictObject({}),
  examples: [
    { inputs: { z: [2], 'log-det': [1] }, outputs: { out: [] } },
    { inputs: { z: [2, 2, 3], 'log-det': [1] }, outputs: { out: [] } },
  ],
  inputs: () => [
    { name: 'z', type: 'tensor', help: 'What the flow makes of data.' },
    { name: 'log-det', type: 'tensor', help: 'The call’s log-determinant, one number per example.' },
  ],
  outputs: scalarOut,
  infer(_, inputs) {
    const { dims } = shapeAt(inputs, 'log-det');
    if (sizeOf(dims) === 1) return { out: scalar };
    return problem({
      code: 'shape-mismatch',
      port: 'log-det',
      message: `A log-determinant is one number per example, but this is ${formatDims(dims)}.`,
      hint: 'Wire the output log-det of the call that gives z.',
    });
  },
  differentiable: 2,
  evaluate(tf, _, { inputs }) {
    const z = tensorAt(inputs, 'z');
    const size = z.size / (z.shape[0] ?? 1);
    const normal = tf.mul(tf.mean(tf.add(tf.square(z), LOG_TWO_PI)), -0.5 * size);
    return tf.add(normal, tf.mean(tensorAt(inputs, 'log-det')));
  },
  torch: {
    forward({ inputs }) {
      const [z, logDet] = [expressionAt(inputs, 'z'), expressionAt(inputs, 'log-det')];
      return { out: `(-0.5 * (${LOG_TWO_PI} + ${z}.square())).flatten(1).sum(1).mean() + ${logDet}.mean()` };
    },
  },
});
