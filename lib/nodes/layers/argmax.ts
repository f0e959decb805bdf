import type { Tensor1D } from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { sizeOf } from '@/lib/shapes/shape';
import { defineOp } from '../define';
import { expressionAt, shapeAt, tensorAt, tensorIn, tensorOut } from '../ports';
import { choiceProblem } from '../single-choice';
import { toChannelsFirst, toChannelsLast } from '../torch';

/** One-hot along the last axis. It is flat between its jumps, so no gradient comes back: no loss learns through it. */
export const argmax = defineOp({
  kind: 'argmax',
  role: 'op',
  title: 'Argmax',
  category: 'Layers',
  place: ['network', 'game'],
  summary: 'One-hot: 1 where the last axis is largest, 0 elsewhere; it passes no gradient back.',
  formula: 'y_i = [\\, i = \\arg\\max_j x_j \\,]',
  source: { label: 'torch.argmax', url: 'https://pytorch.org/docs/stable/generated/torch.argmax.html' },
  aliases: ['hard', 'one-hot', 'discrete', 'choice', 'decision'],
  traits: { range: [0, 1], stopsGradient: true },
  params: z.strictObject({}),
  examples: [
    { inputs: { in: [4] }, outputs: { out: [4] } },
    { inputs: { in: [3, 5] }, outputs: { out: [3, 5] } },
  ],
  inputs: tensorIn,
  outputs: tensorOut,
  infer(_, inputs) {
    const input = shapeAt(inputs, 'in');
    return choiceProblem('Argmax', input) ?? { out: input };
  },
  cost: (_, inputs) => sizeOf(shapeAt(inputs, 'in').dims),
  differentiable: 0,
  apply(tf, { inputs }) {
    const x = tensorAt(inputs, 'in');
    const choices = x.shape.at(-1) as number;
    const places = tf.reshape(tf.argMax(x, -1), [-1]) as Tensor1D;
    return { outputs: { out: tf.reshape(tf.cast(tf.oneHot(places, choices), 'float32'), x.shape) } };
  },
  torch: {
    forward({ shapes, inputs }) {
      const { dims } = shapeAt(shapes.inputs, 'in');
      const x = expressionAt(inputs, 'in');
      const oneHot = `F.one_hot(${toChannelsLast(x, dims.length)}.argmax(-1), num_classes=${dims.at(-1)})`;
      return { out: `${toChannelsFirst(`${oneHot}.to(${x}.dtype)`, dims.length)}` };
    },
  },
});
