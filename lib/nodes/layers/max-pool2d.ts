import * as z from 'zod';
import { defineOp, type Tensor, type Tf } from '../define';
import { expressionAt, tensorAt, tensorIn, tensorOut } from '../ports';
import { poolSizeParam } from './image';
import { cutToWindows, inferPooled, poolCost } from './pooling';
import { partsOf } from './windows';

/** By comparisons in pairs, which have gradients of both orders; of equal numbers the first gets the gradient. */
export const maxPool2d = defineOp({
  kind: 'max-pool2d',
  role: 'op',
  title: 'Max pool 2-D',
  category: 'Layers',
  place: ['network', 'game'],
  summary: 'Makes an image smaller: each window of pixels becomes its largest number.',
  formula: 'y_{ij} = \\max_{u,v < s} x_{si+u,\\; sj+v}',
  source: {
    label: 'torch.nn.MaxPool2d',
    url: 'https://pytorch.org/docs/stable/generated/torch.nn.MaxPool2d.html',
  },
  aliases: ['downsample', 'maximum', 'shrink'],
  traits: { sparse: true, maps: (x) => x },
  params: z.strictObject({ size: poolSizeParam('Height and width of the window, and its step.') }),
  sign: ({ size }) => ({ type: 'window', size, strides: size }),
  caption: ({ size }) => `↓${size}`,
  examples: [
    { inputs: { in: [4, 4, 2] }, outputs: { out: [2, 2, 2] } },
    { params: { size: 3 }, inputs: { in: [3, 7, 2] }, outputs: { out: [1, 2, 2] } },
  ],
  inputs: tensorIn,
  outputs: tensorOut,
  infer: ({ size }, inputs) => inferPooled('Max pool 2-D', size, inputs),
  cost: poolCost,
  differentiable: 2,
  apply(tf, { params: { size }, inputs }) {
    const x = cutToWindows(tf, tensorAt(inputs, 'in'), size);
    const [rows, height, width, channels] = x.shape as [number, number, number, number];
    const line = (width / size) * channels;
    const across = largest(tf, tf.reshape(x, [(rows * height * width) / size, size, channels]));
    const down = largest(tf, tf.reshape(across, [(rows * height) / size, size, line]));
    return { outputs: { out: tf.reshape(down, [rows, height / size, width / size, channels]) } };
  },
  stock: ({ size }) => ({
    className: 'MaxPooling2D',
    config: { poolSize: [size, size], strides: [size, size], padding: 'valid' },
  }),
  torch: {
    forward: ({ params: { size }, inputs }) => ({
      out: `F.max_pool2d(${expressionAt(inputs, 'in')}, kernel_size=${size}, stride=${size}, padding=0)`,
    }),
  },
});

/** [n, s, m] → [n, 1, m], the first of equal ones. */
const largest = (tf: Tf, x: Tensor): Tensor =>
  partsOf(tf, x, x.shape[1] as number, 1).reduce((most, next) => tf.maximum(most, next));
