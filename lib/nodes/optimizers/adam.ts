import * as z from 'zod';
import { defineOptimizer, type Tensor } from '../define';
import { adamStep } from '../operations';
import { liveParam, param } from '../params';
import { learningRate, optimizerInputs, optimizerOutputs, optimizerParams, rateCaption } from './common';

const beta = z.number().min(0).lt(1);

/** Kingma & Ba 2015, algorithm 1. Epsilon is passed always: its default differs between backends of tfjs. */
export const adam = defineOptimizer({
  kind: 'adam',
  role: 'optimizer',
  title: 'Adam',
  category: 'Optimizers',
  place: ['game'],
  summary: 'Scales each weight’s step by the history of its gradients.',
  formula:
    'm \\leftarrow \\beta_1 m + (1-\\beta_1) g \\\\ v \\leftarrow \\beta_2 v + (1-\\beta_2) g^2 \\\\ \\theta \\leftarrow \\theta - \\eta\\, \\hat m / (\\sqrt{\\hat v} + \\varepsilon)',
  source: { label: 'Kingma & Ba 2015', url: 'https://arxiv.org/abs/1412.6980' },
  aliases: ['optimizer', 'adaptive moments'],
  traits: { adaptive: true },
  params: z.strictObject({
    learningRate: learningRate(2e-4),
    beta1: param(beta.default(0.5), {
      label: 'β₁',
      help: 'Memory of the mean gradient. GANs use 0.5 or 0.',
      step: 0.05,
    }),
    beta2: liveParam(beta, 0.999, {
      label: 'β₂',
      help: 'Memory of the squared gradient. A ramp lets it grow or fade over the run.',
      step: 0.001,
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
    { params: { learningRate: 1e-3, beta1: 0.9, beta2: 0.99, epsilon: 1e-4 }, inputs: {}, outputs: {} },
  ],
  inputs: optimizerInputs,
  outputs: optimizerOutputs,
  slots: ['m', 'v'],
  direction(tf, { params, gradient, slots, step }) {
    const { beta1, beta2, epsilon, learningRate } = params;
    // rate · (m / (1 - β₁ᵗ)) / (sqrt(v / (1 - β₂ᵗ)) + ε)
    const rate = learningRate / (1 - beta1 ** step);
    const correction = 1 / (1 - beta2 ** step);
    const moments = { m: slots.m as Tensor, v: slots.v as Tensor };
    const { change, m, v } = adamStep(tf, gradient, moments, { beta1, beta2, rate, correction, epsilon });
    return { change, slots: { m, v } };
  },
  torch: ({ learningRate: rate, beta1, beta2, epsilon }) =>
    `torch.optim.Adam(parameters, lr=${rate}, betas=(${float(beta1)}, ${float(beta2)}), eps=${epsilon}, weight_decay=0, amsgrad=False)`,
  torchSlots: { m: 'exp_avg', v: 'exp_avg_sq' },
});

/** PyTorch wants both betas to be floats: `0.0` for 0. */
const float = (value: number): string => (Number.isInteger(value) ? `${value}.0` : String(value));
