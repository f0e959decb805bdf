import * as z from 'zod';
import { defineOptimizer, type Tensor } from '../define';
import { param } from '../params';
import { learningRate, optimizerInputs, optimizerOutputs, optimizerParams, rateCaption } from './common';
import { rootOf } from './root';

/** Epsilon stands outside the root, as in PyTorch; tf.train.rmsprop has it inside. */
export const rmsprop = defineOptimizer({
  kind: 'rmsprop',
  role: 'optimizer',
  title: 'RMSProp',
  category: 'Optimizers',
  place: ['game'],
  summary:
    'Divides each weight’s step by the recent size of its gradients, without momentum: for clipped critics.',
  formula:
    'v \\leftarrow \\rho v + (1-\\rho) g^2 \\\\ \\theta \\leftarrow \\theta - \\eta\\, g / (\\sqrt{v} + \\varepsilon)',
  source: {
    label: 'Tieleman & Hinton 2012',
    url: 'https://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf',
  },
  aliases: ['optimizer', 'wgan', 'adaptive'],
  traits: { adaptive: true },
  params: z.strictObject({
    learningRate: learningRate(5e-5),
    decay: param(z.number().min(0).lt(1).default(0.9), {
      label: 'Decay ρ',
      help: 'Memory of the squared gradient.',
      step: 0.01,
    }),
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
    { params: { learningRate: 1e-2, decay: 0.99, epsilon: 1e-3 }, inputs: {}, outputs: {} },
  ],
  inputs: optimizerInputs,
  outputs: optimizerOutputs,
  slots: ['v'],
  direction(tf, { params: { decay, epsilon, learningRate: rate }, gradient, slots }) {
    const v = tf.add(tf.mul(slots.v as Tensor, decay), tf.mul(tf.square(gradient), 1 - decay));
    return { change: tf.div(tf.mul(gradient, rate), tf.add(rootOf(tf, v), epsilon)), slots: { v } };
  },
  torch: ({ learningRate: rate, decay, epsilon }) =>
    `torch.optim.RMSprop(parameters, lr=${rate}, alpha=${decay}, eps=${epsilon}, weight_decay=0, momentum=0, centered=False)`,
  torchSlots: { v: 'square_avg' },
});
