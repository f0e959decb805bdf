import * as z from 'zod';
import { shape, sizeOf } from '@/lib/shapes/shape';
import { defineLayer, type Tensor } from '../define';
import { kernelInitialiser } from '../initialise';
import { kernelParams } from '../kernel';
import { param } from '../params';
import { expressionAt, shapeAt, tensorAt, tensorIn, tensorOut } from '../ports';
import { toChannelsFirst, toChannelsLast } from '../torch';

/** One-hot [..., classes] → [..., size]: a row of the table, or a mixture of rows where choices are soft. */
export const embedding = defineLayer({
  kind: 'embedding',
  role: 'layer',
  title: 'Embedding',
  category: 'Layers',
  place: ['network'],
  summary: 'Looks up a trained vector for each class of a one-hot input.',
  formula: 'y = x E',
  source: { label: 'Bengio et al. 2003', url: 'https://www.jmlr.org/papers/v3/bengio03a.html' },
  aliases: ['lookup', 'label', 'token', 'condition', 'one-hot', 'table'],
  params: z.strictObject({
    size: param(z.int().min(1).max(16_384).default(16), {
      label: 'Size',
      help: 'Size of the vector of one class.',
      step: 1,
    }),
    init: kernelParams.init,
    initScale: kernelParams.initScale,
  }),
  caption: ({ size }) => String(size),
  examples: [
    { params: { size: 3 }, inputs: { in: [4] }, outputs: { out: [3] } },
    { params: { size: 2, init: 'normal' }, inputs: { in: [3, 5] }, outputs: { out: [3, 2] } },
  ],
  inputs: tensorIn,
  outputs: tensorOut,
  infer({ size }, inputs) {
    const { dims, batch } = shapeAt(inputs, 'in');
    return { out: shape([...dims.slice(0, -1), size], batch) };
  },
  cost: ({ size }, inputs) => sizeOf(shapeAt(inputs, 'in').dims) * size,
  weights({ size, init, initScale }, inputs) {
    const classes = shapeAt(inputs, 'in').dims.at(-1) as number;
    // One of the inputs is on, so each output is one number of the table: a fan in of 1.
    return [{ name: 'kernel', shape: [classes, size], init: kernelInitialiser(init, 1, size, initScale) }];
  },
  differentiable: 2,
  apply(tf, { params: { size }, weights: { kernel }, inputs }) {
    const x = tensorAt(inputs, 'in');
    const looked = tf.matMul(tf.reshape(x, [-1, x.shape.at(-1) as number]), kernel as Tensor);
    return { outputs: { out: tf.reshape(looked, [...x.shape.slice(0, -1), size]) } };
  },
  stock: ({ size }) => ({ className: 'Dense', config: { units: size, useBias: false } }),
  torch: {
    module: ({ params: { size }, shapes }) =>
      `nn.Linear(${shapeAt(shapes.inputs, 'in').dims.at(-1)}, ${size}, bias=False)`,
    forward({ shapes, self, inputs }) {
      const rank = shapeAt(shapes.inputs, 'in').dims.length;
      return { out: toChannelsFirst(`${self}(${toChannelsLast(expressionAt(inputs, 'in'), rank)})`, rank) };
    },
    state: { kernel: { name: 'weight', permute: [1, 0] } },
  },
});
