import * as z from 'zod';
import { defineOptimizer } from '../define';
import { param } from '../params';
import { adam } from './adam';
import { optimizerInputs, optimizerOutputs, rateCaption } from './common';

/** Adam, and beside it a share of each weight itself, which no moment sees. */
export const adamw = defineOptimizer({
  kind: 'adamw',
  role: 'optimizer',
  title: 'AdamW',
  category: 'Optimizers',
  place: ['game'],
  summary: 'Adam that also lets every weight decay toward 0, by a share that its gradients do not change.',
  formula:
    '\\theta \\leftarrow \\theta - \\eta \\left( \\hat m / (\\sqrt{\\hat v} + \\varepsilon) + \\lambda \\theta \\right)',
  source: { label: 'Loshchilov & Hutter 2019', url: 'https://arxiv.org/abs/1711.05101' },
  aliases: ['optimizer', 'weight decay', 'l2', 'adaptive moments', 'regularisation'],
  traits: { adaptive: true },
  params: z.strictObject({
    ...adam.params.shape,
    weightDecay: param(z.number().min(0).max(10).default(0.01), {
      label: 'Weight decay λ',
      help: 'The share of each weight that a step takes away, times the learning rate.',
      step: 0.001,
    }),
  }),
  caption: rateCaption,
  examples: [
    { inputs: {}, outputs: {} },
    { params: { learningRate: 0.1, beta1: 0.9, weightDecay: 0.5 }, inputs: {}, outputs: {} },
  ],
  inputs: optimizerInputs,
  outputs: optimizerOutputs,
  slots: adam.slots,
  direction(tf, args) {
    const { learningRate, weightDecay } = args.params;
    const { change, slots } = adam.direction(tf, args);
    return { change: tf.add(change, tf.mul(args.theta, learningRate * weightDecay)), slots };
  },
  torch: (params) =>
    adam
      .torch(params)
      .replace('optim.Adam(', 'optim.AdamW(')
      .replace('weight_decay=0,', `weight_decay=${params.weightDecay},`),
  torchSlots: adam.torchSlots,
});
