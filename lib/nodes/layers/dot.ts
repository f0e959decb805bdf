import * as z from 'zod';
import { defineOp } from '../define';
import { expressionAt, tensorAt, tensorOut } from '../ports';
import { inferNumber, pairCost, pairIn } from './pairwise';

export const dot = defineOp({
  kind: 'dot',
  role: 'op',
  title: 'Dot product',
  category: 'Layers',
  place: ['network', 'game'],
  summary: 'The sum of products of two tensors, one number per example: how well they agree.',
  formula: 'y = \\sum_i a_i b_i',
  source: {
    label: 'Miyato & Koyama 2018 (projection discriminator)',
    url: 'https://arxiv.org/abs/1802.05637',
  },
  aliases: ['inner product', 'projection', 'similarity', 'condition'],
  params: z.strictObject({}),
  examples: [
    { inputs: { a: [4], b: [4] }, outputs: { out: [1] } },
    { inputs: { a: [2, 2, 3], b: [2, 2, 3] }, outputs: { out: [1] } },
  ],
  inputs: pairIn,
  outputs: tensorOut,
  infer: (_, inputs) => inferNumber('Dot product', inputs),
  cost: pairCost,
  differentiable: 2,
  apply(tf, { inputs }) {
    const product = tf.mul(tensorAt(inputs, 'a'), tensorAt(inputs, 'b'));
    return { outputs: { out: tf.sum(tf.reshape(product, [product.shape[0] as number, -1]), 1, true) } };
  },
  torch: {
    forward: ({ inputs }) => ({
      out: `(${expressionAt(inputs, 'a')} * ${expressionAt(inputs, 'b')}).flatten(1).sum(1, keepdim=True)`,
    }),
  },
});
