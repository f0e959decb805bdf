import * as z from 'zod';
import { sizeOf } from '@/lib/shapes/shape';
import { defineOp, type InputPort } from '../define';
import { inferAlike } from '../layers/alike';
import { expressionAt, shapeAt, tensorAt, tensorOut } from '../ports';
import { whenTraining } from '../torch';

export const reparameterize = defineOp({
  kind: 'reparameterize',
  role: 'op',
  title: 'Reparameterize',
  category: 'Probabilistic',
  place: ['network', 'game'],
  summary:
    'Draws from a Gaussian of given mean and variance so that both learn; the mean itself in eval mode.',
  formula: 'y = \\mu + e^{\\frac12 \\log \\sigma^2} \\varepsilon, \\quad \\varepsilon \\sim N(0, 1)',
  source: { label: 'Kingma & Welling 2014', url: 'https://arxiv.org/abs/1312.6114' },
  aliases: ['vae', 'sample', 'gaussian', 'latent', 'encoder', 'random'],
  params: z.strictObject({}),
  examples: [
    { inputs: { mean: [4], logvariance: [4] }, outputs: { out: [4] } },
    { inputs: { mean: [2, 2, 3], logvariance: [2, 2, 3] }, outputs: { out: [2, 2, 3] } },
  ],
  inputs: (): readonly InputPort[] => [
    { name: 'mean', type: 'tensor' },
    {
      name: 'logvariance',
      type: 'tensor',
      help: 'The logarithm of the variance, so that any number will do.',
    },
  ],
  outputs: tensorOut,
  infer: (_, inputs) =>
    inferAlike('Reparameterize', [
      ['mean', shapeAt(inputs, 'mean')],
      ['logvariance', shapeAt(inputs, 'logvariance')],
    ]),
  cost: (_, inputs) => 4 * sizeOf(shapeAt(inputs, 'mean').dims),
  differentiable: 2,
  random: true,
  apply(tf, { inputs, context }) {
    const mean = tensorAt(inputs, 'mean');
    // tfjs takes seed 0 for "no seed".
    const noise =
      context.mode === 'eval'
        ? tf.zerosLike(mean)
        : tf.randomNormal(mean.shape, 0, 1, 'float32', context.seed('noise') + 1);
    const deviation = tf.exp(tf.mul(tensorAt(inputs, 'logvariance'), 0.5));
    return { outputs: { out: tf.add(mean, tf.mul(deviation, noise)) } };
  },
  torch: {
    forward({ inputs }) {
      const [mean, logvariance] = [expressionAt(inputs, 'mean'), expressionAt(inputs, 'logvariance')];
      const noise = whenTraining(`normal(*${mean}.shape)`, `torch.zeros_like(${mean})`);
      return { out: `${mean} + (0.5 * ${logvariance}).exp() * ${noise}` };
    },
  },
});
