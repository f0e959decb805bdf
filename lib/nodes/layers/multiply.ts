import * as z from 'zod';
import { defineOp } from '../define';
import { expressionsAt, tensorOut, tensorsAt } from '../ports';
import { costOfMany, inferMany, manyExamples, manyIn } from './alike';

export const multiply = defineOp({
  kind: 'multiply',
  role: 'op',
  title: 'Multiply',
  category: 'Layers',
  place: ['network', 'game'],
  summary: 'Multiplies tensors number by number: a gate, a mask, a conditional scale.',
  formula: 'y = \\prod_i x_i',
  source: { label: 'Dauphin et al. 2017 (gated units)', url: 'https://arxiv.org/abs/1612.08083' },
  aliases: ['product', 'gate', 'mask', 'times'],
  params: z.strictObject({}),
  examples: manyExamples,
  inputs: manyIn,
  outputs: tensorOut,
  infer: (_, inputs) => inferMany('Multiply', inputs),
  cost: costOfMany,
  differentiable: 2,
  apply: (tf, { inputs }) => ({
    outputs: { out: tensorsAt(inputs, 'in').reduce((product, x) => tf.mul(product, x)) },
  }),
  layersLine: '({ in: xs }) => xs.reduce((product, x) => tf.mul(product, x))',
  torch: { forward: ({ inputs }) => ({ out: expressionsAt(inputs, 'in').join(' * ') }) },
});
