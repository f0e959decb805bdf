import * as z from 'zod';
import { shape, sizeOf } from '@/lib/shapes/shape';
import { defineOp } from '../define';
import { expressionAt, shapeAt, tensorAt, tensorIn, tensorOut } from '../ports';
import { toChannelsLast } from '../torch';
import { keptFlow, keptFlowLine } from './kept-flow';

/** [H, W, C] → [H·W·C], channels running fastest; PyTorch's own flatten would run them slowest. */
export const flatten = defineOp({
  kind: 'flatten',
  role: 'op',
  title: 'Flatten',
  category: 'Layers',
  place: ['network', 'game'],
  summary: 'Lays a tensor out as one vector.',
  formula: '[h, w, c] \\to [h \\cdot w \\cdot c]',
  source: { label: 'tf.layers.flatten', url: 'https://js.tensorflow.org/api/latest/#layers.flatten' },
  aliases: ['vector', 'unroll'],
  traits: { keepsValues: true },
  params: z.strictObject({}),
  examples: [
    { inputs: { in: [2, 3, 2] }, outputs: { out: [12] } },
    { inputs: { in: [5] }, outputs: { out: [5] } },
  ],
  inputs: tensorIn,
  outputs: tensorOut,
  infer(_, inputs) {
    const { dims, batch } = shapeAt(inputs, 'in');
    return { out: shape([sizeOf(dims)], batch) };
  },
  cost: () => 0,
  differentiable: 2,
  apply(tf, { inputs }) {
    const x = tensorAt(inputs, 'in');
    return { outputs: { out: tf.reshape(x, [x.shape[0] as number, sizeOf(x.shape.slice(1))]) } };
  },
  flow(tf, { inputs, shapes }, direction) {
    const from = tensorAt(inputs, direction === 'forward' ? 'in' : 'out');
    const { dims } = shapeAt(shapes, 'in');
    return keptFlow(tf, from, direction === 'forward' ? [sizeOf(dims)] : dims, direction);
  },
  // tf.layers' own Flatten refuses a vector.
  stock: (_, { out }) => ({ className: 'Reshape', config: { targetShape: out?.dims } }),
  torch: {
    forward: ({ shapes, inputs }) => ({
      out: `${toChannelsLast(expressionAt(inputs, 'in'), shapeAt(shapes.inputs, 'in').dims.length)}.flatten(1)`,
    }),
    flow({ shapes, inputs }, direction) {
      const { dims } = shapeAt(shapes.inputs, 'in');
      return keptFlowLine(inputs, dims, [sizeOf(dims)], direction);
    },
  },
});
