import type { Tensor4D } from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { defineOp } from '../define';
import { expressionAt, tensorAt, tensorIn, tensorOut } from '../ports';
import { poolSizeParam } from './image';
import { inferPooled, poolCost } from './pooling';

export const averagePool2d = defineOp({
  kind: 'average-pool2d',
  role: 'op',
  title: 'Average pool 2-D',
  category: 'Layers',
  place: ['network', 'game'],
  summary: 'Makes an image smaller: each window of pixels becomes its mean.',
  formula: 'y_{ij} = \\tfrac{1}{s^2} \\sum_{u,v < s} x_{si+u,\\; sj+v}',
  source: {
    label: 'torch.nn.AvgPool2d',
    url: 'https://pytorch.org/docs/stable/generated/torch.nn.AvgPool2d.html',
  },
  aliases: ['downsample', 'mean pooling', 'shrink', 'progressive'],
  traits: { maps: (x) => x },
  params: z.strictObject({ size: poolSizeParam('Height and width of the window, and its step.') }),
  sign: ({ size }) => ({ type: 'window', size, strides: size }),
  caption: ({ size }) => `↓${size}`,
  examples: [
    { inputs: { in: [4, 4, 2] }, outputs: { out: [2, 2, 2] } },
    { params: { size: 3 }, inputs: { in: [3, 7, 2] }, outputs: { out: [1, 2, 2] } },
  ],
  inputs: tensorIn,
  outputs: tensorOut,
  infer: ({ size }, inputs) => inferPooled('Average pool 2-D', size, inputs),
  cost: poolCost,
  differentiable: 2,
  apply: (tf, { params: { size }, inputs }) => ({
    outputs: { out: tf.avgPool(tensorAt(inputs, 'in') as Tensor4D, size, size, 'valid') },
  }),
  stock: ({ size }) => ({
    className: 'AveragePooling2D',
    config: { poolSize: [size, size], strides: [size, size], padding: 'valid' },
  }),
  torch: {
    forward: ({ params: { size }, inputs }) => ({
      out: `F.avg_pool2d(${expressionAt(inputs, 'in')}, kernel_size=${size}, stride=${size}, padding=0)`,
    }),
  },
});
