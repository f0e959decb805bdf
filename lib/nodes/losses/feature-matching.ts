import type { Scalar } from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { formatShape, sameDims } from '@/lib/shapes/shape';
import { defineLoss, problem } from '../define';
import { param } from '../params';
import { expressionAt, shapeAt, tensorAt } from '../ports';
import { detach } from './detach';
import { scalar, scalarOut } from './two';

/** Means of a discriminator's features, made alike: an aim for the generator that does not run away. */
export const featureMatching = defineLoss({
  kind: 'feature-matching',
  role: 'loss',
  title: 'Feature matching',
  category: 'Losses',
  place: ['game'],
  summary: 'Asks fakes to have, on average, the features that real data has inside the discriminator.',
  formula: 'J = \\bigl\\lVert \\overline{f(x_{real})} - \\overline{f(x_{fake})} \\bigr\\rVert_2^2',
  source: { label: 'Salimans et al. 2016', url: 'https://arxiv.org/abs/1606.03498' },
  aliases: ['moments', 'statistics', 'semi-supervised', 'features', 'improved gan'],
  params: z.strictObject({
    norm: param(z.enum(['l2', 'l1']).default('l2'), {
      label: 'Norm',
      help: 'l2 is the sum of squared differences of the means, l1 the sum of absolute ones.',
    }),
  }),
  caption: ({ norm }) => norm,
  examples: [
    { inputs: { real: [4], fake: [4] }, outputs: { out: [] } },
    { params: { norm: 'l1' }, inputs: { real: [2, 2, 1], fake: [2, 2, 1] }, outputs: { out: [] } },
  ],
  inputs: () => [
    { name: 'real', type: 'tensor', constant: true, help: 'Features of real data; they get no gradient.' },
    { name: 'fake', type: 'tensor', help: 'The same features of fakes.' },
  ],
  outputs: scalarOut,
  infer(_, inputs) {
    const [real, fake] = [shapeAt(inputs, 'real'), shapeAt(inputs, 'fake')];
    if (sameDims(real.dims, fake.dims)) return { out: scalar };
    return problem({
      code: 'shape-mismatch',
      port: 'fake',
      message: `Features of real data are ${formatShape(real)}, of fakes ${formatShape(fake)}; their means are compared, so they must be alike.`,
      hint: 'Take both from one output of the discriminator.',
    });
  },
  differentiable: 2,
  evaluate(tf, _, { params, inputs }) {
    const real = detach(tf, tf.mean(tensorAt(inputs, 'real'), 0));
    const difference = tf.sub(real, tf.mean(tensorAt(inputs, 'fake'), 0));
    return tf.sum<Scalar>(params.norm === 'l2' ? tf.square(difference) : tf.abs(difference));
  },
  torch: {
    forward({ params, inputs }) {
      const difference = `(${expressionAt(inputs, 'real')}.mean(0).detach() - ${expressionAt(inputs, 'fake')}.mean(0))`;
      return { out: `${difference}.${params.norm === 'l2' ? 'square' : 'abs'}().sum()` };
    },
  },
});
