import * as z from 'zod';
import { sizeOf } from '@/lib/shapes/shape';
import { defineLayer, problem, type Tensor } from '../define';
import { param } from '../params';
import { expressionAt, shapeAt, tensorAt, tensorIn, tensorOut } from '../ports';
import { channelWeights, epsilonParam, normalisationCost, normalise } from './per-example';

export const groupNorm = defineLayer({
  kind: 'group-norm',
  role: 'layer',
  title: 'Group norm',
  category: 'Normalisation',
  place: ['network'],
  summary:
    'Gives each group of channels of each example mean 0 and variance 1, then a trained scale and offset.',
  formula: 'y = \\gamma\\, \\frac{x - \\mu_g}{\\sqrt{\\sigma_g^2 + \\varepsilon}} + \\beta',
  source: { label: 'Wu & He 2018', url: 'https://arxiv.org/abs/1803.08494' },
  aliases: ['gn', 'normalise', 'channels'],
  params: z.strictObject({
    groups: param(z.int().min(1).max(4_096).default(8), {
      label: 'Groups',
      help: 'Neighbouring channels share statistics; the channels must divide evenly.',
      step: 1,
    }),
    epsilon: epsilonParam(z.number(), 1e-5),
  }),
  caption: ({ groups }) => String(groups),
  examples: [
    { inputs: { in: [2, 2, 8] }, outputs: { out: [2, 2, 8] } },
    { params: { groups: 2 }, inputs: { in: [2, 2, 4] }, outputs: { out: [2, 2, 4] } },
    { params: { groups: 3, epsilon: 1e-3 }, inputs: { in: [4, 3] }, outputs: { out: [4, 3] } },
  ],
  inputs: tensorIn,
  outputs: tensorOut,
  infer({ groups }, inputs) {
    const input = shapeAt(inputs, 'in');
    const channels = input.dims.at(-1) as number;
    if (channels % groups !== 0) {
      let fitting = Math.min(groups, channels);
      while (channels % fitting !== 0) fitting--;
      return problem({
        code: 'size-mismatch',
        port: 'in',
        message: `Group norm shares ${channels} channels among ${groups} groups: that leaves ${channels % groups} over.`,
        hint: `Choose a divisor of ${channels}.`,
        fix: { label: `Set groups to ${fitting}`, params: { groups: fitting } },
      });
    }
    if (groups === sizeOf(input.dims))
      return problem({
        code: 'size-mismatch',
        port: 'in',
        message: `Group norm with ${groups} groups of ${channels} numbers has one number in each: all become zeros.`,
        hint: 'Use fewer groups.',
        fix: { label: 'Set groups to 1', params: { groups: 1 } },
      });
    return { out: input };
  },
  cost: normalisationCost,
  weights: (_, inputs) => channelWeights(inputs),
  differentiable: 2,
  apply(tf, { params: { groups, epsilon }, weights, inputs }) {
    const x = tensorAt(inputs, 'in');
    const channels = x.shape.at(-1) as number;
    const each = [groups, channels / groups];
    const split = tf.reshape(x, [x.shape[0] as number, -1, ...each]); // [rows, places, G, C/G]
    const gamma = tf.reshape(weights.gamma as Tensor, each);
    const beta = tf.reshape(weights.beta as Tensor, each);
    const y = normalise(tf, split, [1, 3], { gamma, beta }, epsilon);
    return { outputs: { out: tf.reshape(y, x.shape) } };
  },
  torch: {
    module: ({ params: { groups, epsilon }, shapes }) =>
      `nn.GroupNorm(${groups}, ${shapeAt(shapes.inputs, 'in').dims.at(-1)}, eps=${epsilon}, affine=True)`,
    forward: ({ self, inputs }) => ({ out: `${self}(${expressionAt(inputs, 'in')})` }),
    state: { gamma: { name: 'weight' }, beta: { name: 'bias' } },
  },
});
