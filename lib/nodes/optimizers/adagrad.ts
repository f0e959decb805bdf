import * as z from 'zod';
import { defineOptimizer, type Tensor } from '../define';
import { param } from '../params';
import { learningRate, optimizerInputs, optimizerOutputs, optimizerParams, rateCaption } from './common';
import { rootOf } from './root';

export const adagrad = defineOptimizer({
  kind: 'adagrad',
  role: 'optimizer',
  title: 'AdaGrad',
  category: 'Optimizers',
  place: ['game'],
  summary: 'Divides each weight’s step by the size of all its gradients so far, so steps only shrink.',
  formula: 's \\leftarrow s + g^2 \\\\ \\theta \\leftarrow \\theta - \\eta\\, g / (\\sqrt{s} + \\varepsilon)',
  source: { label: 'Duchi et al. 2011', url: 'https://jmlr.org/papers/v12/duchi11a.html' },
  aliases: ['optimizer', 'adaptive', 'subgradient'],
  traits: { adaptive: true },
  params: z.strictObject({
    learningRate: learningRate(0.01),
    epsilon: param(z.number().gt(0).max(1).default(1e-8), {
      label: 'ε',
      help: 'Keeps the division finite.',
      input: 'log',
    }),
    ...optimizerParams,
  }),
  caption: rateCaption,
  examples: [
    { inputs: {}, outputs: {} },
    { params: { learningRate: 0.1, epsilon: 1e-3 }, inputs: {}, outputs: {} },
  ],
  inputs: optimizerInputs,
  outputs: optimizerOutputs,
  slots: ['sum'],
  direction(tf, { params: { epsilon, learningRate: rate }, gradient, slots }) {
    const sum = tf.add(slots.sum as Tensor, tf.square(gradient));
    return { change: tf.div(tf.mul(gradient, rate), tf.add(rootOf(tf, sum), epsilon)), slots: { sum } };
  },
  torch: ({ learningRate: rate, epsilon }) =>
    `torch.optim.Adagrad(parameters, lr=${rate}, lr_decay=0, weight_decay=0, initial_accumulator_value=0, eps=${epsilon})`,
  torchSlots: { sum: 'sum' },
});
