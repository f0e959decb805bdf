import * as z from 'zod';
import { sizeOf } from '@/lib/shapes/shape';
import { defineOp } from '../define';
import { liveParam, scheduledCaption, valueAt } from '../params';
import { expressionAt, shapeAt, tensorAt, tensorIn, tensorOut } from '../ports';

/** Inverted dropout: what is kept is scaled up in training, so that eval leaves everything as it is. */
export const dropout = defineOp({
  kind: 'dropout',
  role: 'op',
  title: 'Dropout',
  category: 'Layers',
  place: ['network', 'game'],
  summary: 'In training, sets a random share of the numbers to zero and scales up the rest.',
  formula: 'y = \\frac{m \\odot x}{1 - p}, \\quad m \\sim \\operatorname{Bernoulli}(1 - p)',
  source: { label: 'Srivastava et al. 2014', url: 'https://jmlr.org/papers/v15/srivastava14a.html' },
  aliases: ['regularisation', 'noise', 'mask'],
  traits: { keepsValues: true },
  params: z.strictObject({
    rate: liveParam(z.number().min(0).max(0.99), 0.5, {
      label: 'Rate p',
      help: 'The share that is dropped in training; nothing is dropped in eval mode.',
      step: 0.05,
    }),
  }),
  caption: ({ rate }) => scheduledCaption(rate),
  examples: [
    { inputs: { in: [8] }, outputs: { out: [8] } },
    { params: { rate: 0.3 }, inputs: { in: [2, 2, 3] }, outputs: { out: [2, 2, 3] } },
  ],
  inputs: tensorIn,
  outputs: tensorOut,
  infer: (_, inputs) => ({ out: shapeAt(inputs, 'in') }),
  cost: (_, inputs) => sizeOf(shapeAt(inputs, 'in').dims),
  differentiable: 2,
  random: true,
  apply(tf, { params, inputs, context }) {
    const x = tensorAt(inputs, 'in');
    const { rate } = params;
    if (context.mode === 'eval' || rate === 0) return { outputs: { out: x } };
    // tfjs takes seed 0 for "no seed".
    const uniform = tf.randomUniform(x.shape, 0, 1, 'float32', context.seed('mask') + 1);
    const mask = tf.cast(tf.greaterEqual(uniform, rate), 'float32');
    return { outputs: { out: tf.mul(x, tf.mul(mask, 1 / (1 - rate))) } };
  },
  stock: ({ rate }) => ({ className: 'Dropout', config: { rate: valueAt(rate, 0) } }),
  torch: {
    classes: [
      `def dropout(x, rate, training):
    """In training a share of the numbers is zero and the rest is scaled up; nothing is drawn for a rate of 0."""
    return x * (uniform(*x.shape) >= rate) / (1 - rate) if training and rate > 0 else x
`,
    ],
    forward: ({ params: { rate }, inputs }) => ({
      out: `dropout(${expressionAt(inputs, 'in')}, ${valueAt(rate, 0)}, self.training)`,
    }),
  },
});
