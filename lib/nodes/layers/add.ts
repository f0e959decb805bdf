import * as z from 'zod';
import { defineOp } from '../define';
import { expressionsAt, tensorOut, tensorsAt } from '../ports';
import { costOfMany, inferMany, manyExamples, manyIn } from './alike';

export const add = defineOp({
  kind: 'add',
  role: 'op',
  title: 'Add',
  category: 'Layers',
  place: ['network', 'game'],
  summary: 'Adds tensors number by number: a residual connection is what went in plus what came out.',
  formula: 'y = \\sum_i x_i',
  source: { label: 'He et al. 2016 (ResNet)', url: 'https://arxiv.org/abs/1512.03385' },
  aliases: ['residual', 'skip', 'plus', 'sum'],
  traits: { sums: true },
  params: z.strictObject({}),
  examples: manyExamples,
  inputs: manyIn,
  outputs: tensorOut,
  infer: (_, inputs) => inferMany('Add', inputs),
  cost: costOfMany,
  differentiable: 2,
  apply: (tf, { inputs }) => ({
    outputs: { out: tensorsAt(inputs, 'in').reduce((sum, x) => tf.add(sum, x)) },
  }),
  layersLine: '({ in: xs }) => xs.reduce((sum, x) => tf.add(sum, x))',
  torch: { forward: ({ inputs }) => ({ out: expressionsAt(inputs, 'in').join(' + ') }) },
});
