import * as z from 'zod';
import { defineOp, type Tensor, type Tf } from '../define';
import { param } from '../params';
import { expressionAt, tensorAt, tensorOut } from '../ports';
import { inferNumber, pairCost, pairIn } from './pairwise';

/** Keeps the root's slope finite at 0. */
const FLOOR = 1e-12;

export const distance = defineOp({
  kind: 'distance',
  role: 'op',
  title: 'Distance',
  category: 'Layers',
  place: ['network', 'game'],
  summary:
    'How far two tensors are apart, one number per example: the energy of an autoencoder, a ratio’s part.',
  formula:
    'y = \\sum_i (a_i - b_i)^2, \\quad \\sum_i |a_i - b_i| \\quad \\text{or} \\quad \\sqrt{\\tfrac1n \\textstyle\\sum_i (a_i - b_i)^2}',
  source: { label: 'Zhao et al. 2017 (EBGAN)', url: 'https://arxiv.org/abs/1609.03126' },
  aliases: ['energy', 'reconstruction', 'error', 'l1', 'l2', 'rms', 'mse'],
  params: z.strictObject({
    measure: param(z.enum(['sum-of-squares', 'l1', 'rms']).default('sum-of-squares'), {
      label: 'Measure',
      help: 'Sums of squared or absolute differences, or the root of the mean square.',
    }),
  }),
  caption: ({ measure }) => measure,
  examples: [
    { inputs: { a: [4], b: [4] }, outputs: { out: [1] } },
    { params: { measure: 'l1' }, inputs: { a: [2, 2, 2], b: [2, 2, 2] }, outputs: { out: [1] } },
    { params: { measure: 'rms' }, inputs: { a: [2, 3, 1], b: [2, 3, 1] }, outputs: { out: [1] } },
  ],
  inputs: pairIn,
  outputs: tensorOut,
  infer: (_, inputs) => inferNumber('Distance', inputs),
  cost: pairCost,
  differentiable: 2,
  apply(tf, { params: { measure }, inputs }) {
    const difference = tf.sub(tensorAt(inputs, 'a'), tensorAt(inputs, 'b'));
    const flat = tf.reshape(difference, [difference.shape[0] as number, -1]); // [rows, n]
    return { outputs: { out: measures[measure](tf, flat) } };
  },
  torch: {
    forward({ params: { measure }, inputs }) {
      const flat = `(${expressionAt(inputs, 'a')} - ${expressionAt(inputs, 'b')}).flatten(1)`;
      return { out: torchMeasures[measure](flat) };
    },
  },
});

const measures = {
  'sum-of-squares': (tf: Tf, flat: Tensor) => tf.sum(tf.square(flat), 1, true),
  l1: (tf: Tf, flat: Tensor) => tf.sum(tf.abs(flat), 1, true),
  rms: (tf: Tf, flat: Tensor) => tf.sqrt(tf.add(tf.mean(tf.square(flat), 1, true), FLOOR)),
};

const torchMeasures = {
  'sum-of-squares': (flat: string) => `${flat}.square().sum(1, keepdim=True)`,
  l1: (flat: string) => `${flat}.abs().sum(1, keepdim=True)`,
  rms: (flat: string) => `${flat}.square().mean(1, keepdim=True).add(${FLOOR}).sqrt()`,
};
