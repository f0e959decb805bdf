import * as z from 'zod';
import { sizeOf } from '@/lib/shapes/shape';
import { defineLayer, type Tensor } from '../define';
import { param } from '../params';
import { expressionAt, shapeAt, tensorAt, tensorIn, tensorOut } from '../ports';

export const prelu = defineLayer({
  kind: 'prelu',
  role: 'layer',
  title: 'PReLU',
  category: 'Activations',
  place: ['network'],
  summary: 'A leaky ReLU that learns its slope, one for each channel.',
  formula: 'y = \\max(0, x) - a_c \\max(0, -x)',
  source: { label: 'He et al. 2015', url: 'https://arxiv.org/abs/1502.01852' },
  aliases: ['parametric', 'leaky', 'activation', 'rectifier', 'srgan'],
  params: z.strictObject({
    slope: param(z.number().min(-1).max(1).default(0.25), {
      label: 'First slope',
      help: 'Initial value of every channel’s slope a.',
      step: 0.05,
    }),
  }),
  sign: ({ slope }) => ({ type: 'curve', of: (x) => (x < 0 ? slope * x : x) }),
  caption: ({ slope }) => String(slope),
  examples: [
    { inputs: { in: [4] }, outputs: { out: [4] } },
    { params: { slope: 0.1 }, inputs: { in: [2, 2, 3] }, outputs: { out: [2, 2, 3] } },
  ],
  inputs: tensorIn,
  outputs: tensorOut,
  infer: (_, inputs) => ({ out: shapeAt(inputs, 'in') }),
  cost: (_, inputs) => 2 * sizeOf(shapeAt(inputs, 'in').dims),
  weights({ slope }, inputs) {
    const channels = shapeAt(inputs, 'in').dims.at(-1) as number;
    return [{ name: 'slope', shape: [channels], init: { type: 'constant', value: slope } }];
  },
  differentiable: 2,
  apply(tf, { weights: { slope }, inputs }) {
    const x = tensorAt(inputs, 'in');
    return { outputs: { out: tf.sub(tf.relu(x), tf.mul(slope as Tensor, tf.relu(tf.neg(x)))) } };
  },
  // Of an image, tf.layers' own keeps a slope of other dims.
  stock: (_, { out }) => (out?.dims.length === 1 ? { className: 'PReLU', config: {} } : undefined),
  torch: {
    module: ({ params: { slope }, shapes }) =>
      `nn.PReLU(num_parameters=${shapeAt(shapes.inputs, 'in').dims.at(-1)}, init=${slope})`,
    forward: ({ self, inputs }) => ({ out: `${self}(${expressionAt(inputs, 'in')})` }),
    state: { slope: { name: 'weight' } },
  },
});
