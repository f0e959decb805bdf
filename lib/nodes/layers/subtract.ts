import * as z from 'zod';
import { sizeOf } from '@/lib/shapes/shape';
import { defineOp } from '../define';
import { expressionAt, shapeAt, tensorAt, tensorOut } from '../ports';
import { inferAlike } from './alike';

export const subtract = defineOp({
  kind: 'subtract',
  role: 'op',
  title: 'Subtract',
  category: 'Layers',
  place: ['network', 'game'],
  summary: 'The difference of two tensors, number by number.',
  formula: 'y = a - b',
  source: { label: 'torch.sub', url: 'https://pytorch.org/docs/stable/generated/torch.sub.html' },
  aliases: ['difference', 'minus', 'residual'],
  params: z.strictObject({}),
  examples: [
    { inputs: { a: [4], b: [4] }, outputs: { out: [4] } },
    { inputs: { a: [2, 2, 3], b: [2, 2, 3] }, outputs: { out: [2, 2, 3] } },
  ],
  inputs: () => [
    { name: 'a', type: 'tensor' },
    { name: 'b', type: 'tensor', help: 'What is subtracted.' },
  ],
  outputs: tensorOut,
  infer: (_, inputs) =>
    inferAlike('Subtract', [
      ['a', shapeAt(inputs, 'a')],
      ['b', shapeAt(inputs, 'b')],
    ]),
  cost: (_, inputs) => sizeOf(shapeAt(inputs, 'a').dims),
  differentiable: 2,
  apply: (tf, { inputs }) => ({ outputs: { out: tf.sub(tensorAt(inputs, 'a'), tensorAt(inputs, 'b')) } }),
  layersLine: '({ a: [a], b: [b] }) => tf.sub(a, b)',
  torch: {
    forward: ({ inputs }) => ({ out: `${expressionAt(inputs, 'a')} - ${expressionAt(inputs, 'b')}` }),
  },
});
