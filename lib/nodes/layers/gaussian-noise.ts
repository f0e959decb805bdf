import * as z from 'zod';
import { sizeOf } from '@/lib/shapes/shape';
import { defineOp } from '../define';
import { liveParam, scheduledCaption, valueAt } from '../params';
import { expressionAt, shapeAt, tensorAt, tensorIn, tensorOut } from '../ports';

export const gaussianNoise = defineOp({
  kind: 'gaussian-noise',
  role: 'op',
  title: 'Gaussian noise',
  category: 'Layers',
  place: ['network', 'game'],
  summary:
    'In training, adds noise to every number: on a discriminator’s inputs it makes real and fake overlap.',
  formula: 'y = x + \\sigma \\varepsilon, \\quad \\varepsilon \\sim N(0, 1)',
  source: { label: 'Sønderby et al. 2017 (instance noise)', url: 'https://arxiv.org/abs/1610.04490' },
  aliases: ['instance noise', 'jitter', 'random', 'regularisation'],
  traits: { keepsValues: true, blurs: true },
  params: z.strictObject({
    sd: liveParam(z.number().min(0).max(100), 0.1, {
      label: 'Standard deviation σ',
      help: 'How much noise; a ramp to 0 takes it away over the run. None is added in eval mode.',
      step: 0.01,
    }),
  }),
  caption: ({ sd }) => `σ ${scheduledCaption(sd)}`,
  examples: [
    { inputs: { in: [8] }, outputs: { out: [8] } },
    { params: { sd: 0.5 }, inputs: { in: [2, 2, 3] }, outputs: { out: [2, 2, 3] } },
  ],
  inputs: tensorIn,
  outputs: tensorOut,
  infer: (_, inputs) => ({ out: shapeAt(inputs, 'in') }),
  cost: (_, inputs) => 2 * sizeOf(shapeAt(inputs, 'in').dims),
  differentiable: 2,
  random: true,
  apply(tf, { params: { sd }, inputs, context }) {
    const x = tensorAt(inputs, 'in');
    if (context.mode === 'eval' || sd === 0) return { outputs: { out: x } };
    // tfjs takes seed 0 for "no seed".
    const noise = tf.randomNormal(x.shape, 0, sd, 'float32', context.seed('noise') + 1);
    return { outputs: { out: tf.add(x, noise) } };
  },
  stock: ({ sd }) => ({ className: 'GaussianNoise', config: { stddev: valueAt(sd, 0) } }),
  torch: {
    classes: [
      `def gaussian_noise(x, sd, training):
    """x + sd * noise in training; without a deviation nothing is drawn."""
    return x + sd * normal(*x.shape) if training and sd > 0 else x
`,
    ],
    forward: ({ params: { sd }, inputs }) => ({
      out: `gaussian_noise(${expressionAt(inputs, 'in')}, ${valueAt(sd, 0)}, self.training)`,
    }),
  },
});
