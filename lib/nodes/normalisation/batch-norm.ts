import * as z from 'zod';
import { sizeOf } from '@/lib/shapes/shape';
import { defineLayer, problem, type Tensor } from '../define';
import { batchNormalise } from '../operations';
import { param } from '../params';
import { expressionAt, shapeAt, tensorAt, tensorIn, tensorOut } from '../ports';
import { channelWeights } from './per-example';

/**
 * Statistics per channel over batch and space, variance biased. PyTorch's moving variance is the unbiased one, n/(n-1) times ours; what a
 * train-mode call gives is the same.
 */
export const batchNorm = defineLayer({
  kind: 'batch-norm',
  role: 'layer',
  title: 'Batch norm',
  category: 'Normalisation',
  place: ['network'],
  summary: 'Gives each channel of the batch mean 0 and variance 1, then a trained scale and offset.',
  formula: 'y = \\gamma\\, \\frac{x - \\mu_B}{\\sqrt{\\sigma_B^2 + \\varepsilon}} + \\beta',
  source: { label: 'Ioffe & Szegedy 2015', url: 'https://arxiv.org/abs/1502.03167' },
  aliases: ['bn', 'normalise', 'batchnorm', 'dcgan'],
  traits: {
    batchStatistics: true,
    alone: { severity: 'error', overSpace: true, says: 'gives its offset β, whatever goes in' },
  },
  params: z.strictObject({
    momentum: param(z.number().min(0).lt(1).default(0.99), {
      label: 'Momentum',
      help: 'Memory of the moving statistics, which eval mode uses. PyTorch’s 0.1 is 0.9 here.',
      step: 0.01,
    }),
    epsilon: param(z.number().gt(0).max(1).default(1e-3), {
      label: 'ε',
      help: 'Added to the variance, so that a constant channel stays finite.',
      input: 'log',
    }),
  }),
  caption: ({ momentum }) => String(momentum),
  examples: [
    { inputs: { in: [4] }, outputs: { out: [4] } },
    { inputs: { in: [3, 3, 2] }, outputs: { out: [3, 3, 2] } },
    { params: { momentum: 0.8, epsilon: 1e-5 }, inputs: { in: [2, 2, 3] }, outputs: { out: [2, 2, 3] } },
  ],
  inputs: tensorIn,
  outputs: tensorOut,
  infer(_, inputs) {
    const input = shapeAt(inputs, 'in');
    if (input.batch === 'one' && input.dims.length === 1)
      return problem({
        code: 'batch-too-small',
        port: 'in',
        message: 'Batch norm over a single row turns everything into zeros.',
        hint: 'Put it before what makes one row of the batch.',
      });
    return { out: input };
  },
  cost: (_, inputs) => 4 * sizeOf(shapeAt(inputs, 'in').dims),
  weights: (_, inputs) => channelWeights(inputs),
  buffers(_, inputs) {
    const channels = shapeAt(inputs, 'in').dims.at(-1) as number;
    return [
      { name: 'mean', shape: [channels], init: { type: 'constant', value: 0 } },
      { name: 'variance', shape: [channels], init: { type: 'constant', value: 1 } },
    ];
  },
  advance(tf, { momentum }, buffers, observed) {
    const move = (name: 'mean' | 'variance') =>
      tf.add(tf.mul(buffers[name] as Tensor, momentum), tf.mul(observed[name] as Tensor, 1 - momentum));
    return { mean: move('mean'), variance: move('variance') };
  },
  differentiable: 2,
  apply(tf, { params, weights: { gamma, beta }, buffers, inputs, context }) {
    const x = tensorAt(inputs, 'in');
    // x, y: [batch, ..., C]; mean, variance, scale: [C]
    if (context.mode === 'train') {
      const { y, mean, variance } = batchNormalise(tf, x, gamma as Tensor, beta as Tensor, params.epsilon);
      return { outputs: { out: y }, observed: { mean, variance } };
    }
    const { mean, variance } = buffers as { mean: Tensor; variance: Tensor };
    const scale = tf.mul(gamma as Tensor, tf.rsqrt(tf.add(variance, params.epsilon)));
    return { outputs: { out: tf.add(tf.mul(tf.sub(x, mean), scale), beta as Tensor) } };
  },
  stock: ({ momentum, epsilon }) => ({
    className: 'BatchNormalization',
    config: { axis: -1, momentum, epsilon, center: true, scale: true },
  }),
  torch: {
    module({ params, shapes }) {
      const { dims } = shapeAt(shapes.inputs, 'in');
      const momentum = Number((1 - params.momentum).toPrecision(12));
      return `${norms[dims.length] ?? 'nn.BatchNorm1d'}(${dims.at(-1)}, eps=${params.epsilon}, momentum=${momentum}, affine=True, track_running_stats=True)`;
    },
    forward: ({ self, inputs }) => ({ out: `${self}(${expressionAt(inputs, 'in')})` }),
    state: {
      gamma: { name: 'weight' },
      beta: { name: 'bias' },
      mean: { name: 'running_mean' },
      variance: { name: 'running_var' },
    },
  },
});

/** By the rank of one example. */
const norms: { readonly [rank: number]: string } = {
  1: 'nn.BatchNorm1d',
  2: 'nn.BatchNorm1d',
  3: 'nn.BatchNorm2d',
  4: 'nn.BatchNorm3d',
};
