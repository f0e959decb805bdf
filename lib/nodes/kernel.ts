import { z } from 'zod';
import { biasInitialiser, type InitName, initNames, kernelInitialiser } from './initialise';
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

interface KernelParams {
  readonly init: InitName;
  readonly initScale: number;
  readonly useBias: boolean;
}

/** The kernel and, where it is wanted, the bias of `outputs` numbers. */
export function kernelWeights(
  { init, initScale, useBias }: KernelParams,
  shape: readonly number[],
  { fanIn, fanOut, outputs }: { fanIn: number; fanOut: number; outputs: number },
) {
  const kernel = { name: 'kernel', shape, init: kernelInitialiser(init, fanIn, fanOut, initScale) };
  if (!useBias) return [kernel];
  return [kernel, { name: 'bias', shape: [outputs], init: biasInitialiser(init, fanIn, initScale) }];
}
