import * as z from 'zod';
import { formatDims, shape, sizeOf } from '@/lib/shapes/shape';
import { defineOp, problem } from '../define';
import { dims, param } from '../params';
import { expressionAt, shapeAt, tensorAt, tensorIn, tensorOut } from '../ports';
import { toChannelsFirst, toChannelsLast } from '../torch';
import { keptFlow, keptFlowLine } from './kept-flow';

/** The same numbers in other dims, in the order in which they lie: the last axis runs fastest. */
export const reshape = defineOp({
  kind: 'reshape',
  role: 'op',
  title: 'Reshape',
  category: 'Layers',
  place: ['network', 'game'],
  summary: 'Gives the same numbers another shape: a vector becomes an image.',
  formula: '[h \\cdot w \\cdot c] \\to [h, w, c]',
  source: { label: 'tf.layers.reshape', url: 'https://js.tensorflow.org/api/latest/#layers.reshape' },
  aliases: ['view', 'image', 'project'],
  traits: { keepsValues: true },
  params: z.strictObject({
    shape: param(dims.default([28, 28, 1]), {
      label: 'Shape',
      help: 'Dims of the output, without the batch; channels last.',
      input: 'dims',
    }),
  }),
  caption: ({ shape: target }) => target.join(' × '),
  examples: [
    { params: { shape: [2, 3, 2] }, inputs: { in: [12] }, outputs: { out: [2, 3, 2] } },
    { params: { shape: [4, 3] }, inputs: { in: [2, 3, 2] }, outputs: { out: [4, 3] } },
  ],
  inputs: tensorIn,
  outputs: tensorOut,
  infer(params, inputs) {
    const { dims: given, batch } = shapeAt(inputs, 'in');
    const needed = sizeOf(params.shape);
    const found = sizeOf(given);
    if (needed !== found)
      return problem({
        code: 'size-mismatch',
        port: 'in',
        message: `Reshape to ${formatDims(params.shape)} needs ${needed} numbers, gets ${found} from ${formatDims(given)}.`,
        hint: `Let what comes before give ${needed}, or choose dims whose product is ${found}.`,
      });
    return { out: shape(params.shape, batch) };
  },
  cost: () => 0,
  differentiable: 2,
  apply(tf, { params, inputs }) {
    const x = tensorAt(inputs, 'in');
    return { outputs: { out: tf.reshape(x, [x.shape[0] as number, ...params.shape]) } };
  },
  flow(tf, { params, inputs, shapes }, direction) {
    const from = tensorAt(inputs, direction === 'forward' ? 'in' : 'out');
    return keptFlow(tf, from, direction === 'forward' ? params.shape : shapeAt(shapes, 'in').dims, direction);
  },
  stock: ({ shape: targetShape }) => ({ className: 'Reshape', config: { targetShape } }),
  torch: {
    forward({ params, shapes, inputs }) {
      const x = toChannelsLast(expressionAt(inputs, 'in'), shapeAt(shapes.inputs, 'in').dims.length);
      return {
        out: toChannelsFirst(`${x}.reshape(-1, ${params.shape.join(', ')})`, params.shape.length),
      };
    },
    flow: ({ params, shapes, inputs }, direction) =>
      keptFlowLine(inputs, shapeAt(shapes.inputs, 'in').dims, params.shape, direction),
  },
});
