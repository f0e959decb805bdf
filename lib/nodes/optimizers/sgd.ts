import * as z from 'zod';
import { defineOptimizer, type Tensor } from '../define';
import { param } from '../params';
import { learningRate, optimizerInputs, optimizerOutputs, optimizerParams, rateCaption } from './common';

/** Heavy-ball momentum as PyTorch has it: the rate multiplies the velocity, not the gradient in it. */
export const sgd = defineOptimizer({
  kind: 'sgd',
  role: 'optimizer',
  title: 'SGD',
  category: 'Optimizers',
  place: ['game'],
  summary: 'Steps against the gradient, with momentum if wanted.',
  formula: 'v \\leftarrow \\mu v + g \\\\ \\theta \\leftarrow \\theta - \\eta v',
  source: {
    label: 'Sutskever et al. 2013',
    url: 'https://proceedings.mlr.press/v28/sutskever13.html',
  },
  aliases: ['optimizer', 'gradient descent', 'momentum', 'heavy ball'],
  params: z.strictObject({
    learningRate: learningRate(0.01),
    momentum: param(z.number().min(0).lt(1).default(0), {
      label: 'Momentum μ',
      help: 'The share of the last step that is kept. Many games want 0: momentum can make players circle.',
      step: 0.05,
    }),
    ...optimizerParams,
  }),
  caption: rateCaption,
  examples: [
    { inputs: {}, outputs: {} },
    { params: { learningRate: 0.1, momentum: 0.9 }, inputs: {}, outputs: {} },
  ],
  inputs: optimizerInputs,
  outputs: optimizerOutputs,
  slots: ['velocity'],
  direction(tf, { params, gradient, slots }) {
    const { momentum, learningRate: rate } = params;
    const velocity = momentum === 0 ? gradient : tf.add(tf.mul(slots.velocity as Tensor, momentum), gradient);
    return { change: tf.mul(velocity, rate), slots: { velocity } };
  },
  torch: ({ learningRate: rate, momentum }) =>
    `torch.optim.SGD(parameters, lr=${rate}, momentum=${momentum}, dampening=0, weight_decay=0, nesterov=False)`,
  torchSlots: { velocity: 'momentum_buffer' },
});
