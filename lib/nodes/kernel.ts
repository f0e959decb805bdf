import { z } from 'zod';
import { initNames } from './initialise';
import { param } from './params';

/** The parameters of every kind with a kernel and a bias. */
export const kernelParams = {
  init: param(z.enum(initNames).default('he-normal'), {
    label: 'Initialiser',
    help: 'How the kernel starts. He suits ReLU, Glorot tanh; torch is PyTorch’s default, biases too.',
  }),
  initScale: param(z.number().gt(0).max(100).default(1), {
    label: 'Initial scale',
    help: 'Multiplies the initial weights; the standard deviation itself for normal, the gain for orthogonal.',
    step: 0.01,
  }),
  useBias: param(z.boolean().default(true), { label: 'Bias', help: 'Adds a trainable offset per output.' }),
};
