import * as z from 'zod';
import type { Tensor, Tensors, Tf, WeightSpec } from './define';
import { biasInitialiser, type Initialiser, type InitName, initNames, kernelInitialiser } from './initialise';
import { param } from './params';

/** The parameters of every kind with a kernel and a bias. */
export const kernelParams = {
  init: param(z.enum(initNames).default('he-normal'), {
    label: 'Initialiser',
    help: 'Initial values of the kernel. He suits ReLU, Glorot tanh; torch is PyTorch’s default, biases too.',
  }),
  initScale: param(z.number().gt(0).max(100).default(1), {
    label: 'Initial scale',
    help: 'Multiplies the initial weights; the standard deviation itself for normal, the gain for orthogonal.',
    step: 0.01,
  }),
  useBias: param(z.boolean().default(true), { label: 'Bias', help: 'Adds a trainable offset per output.' }),
  spectralNorm: param(z.boolean().default(false), {
    label: 'Spectral norm',
    advanced: true,
    help: 'Divides the kernel by its largest singular value, so that the layer stretches nothing (Miyato et al. 2018).',
  }),
  powerIterations: param(z.int().min(1).max(20).default(1), {
    label: 'Power iterations',
    advanced: true,
    help: 'With spectral norm: how often the estimate of the singular value is improved before each update.',
    step: 1,
  }),
  weightNorm: param(z.boolean().default(false), {
    label: 'Weight norm',
    advanced: true,
    help: 'Trains length and direction of each output’s weights apart (Salimans & Kingma 2016).',
  }),
  equalizedLearningRate: param(z.boolean().default(false), {
    label: 'Equalised rate',
    advanced: true,
    help: 'Weights start at N(0, 1) and are scaled by He’s constant where they are used, so that Adam moves all layers alike (Karras et al. 2018).',
  }),
};

export interface KernelParams {
  readonly init: InitName;
  readonly initScale: number;
  readonly useBias: boolean;
  readonly spectralNorm: boolean;
  readonly powerIterations: number;
  readonly weightNorm: boolean;
  readonly equalizedLearningRate: boolean;
  /** 1 where a kind has none. */
  readonly learningRateMultiplier?: number;
}

interface KernelSizes {
  readonly fanIn: number;
  readonly fanOut: number;
  readonly outputs: number;
}

/** The kernel and, where they are wanted, the lengths of weight norm and the bias of `outputs` numbers. */
export function kernelWeights(
  params: KernelParams,
  shape: readonly number[],
  { fanIn, fanOut, outputs }: KernelSizes,
): readonly WeightSpec[] {
  const { init, initScale, useBias, weightNorm, equalizedLearningRate } = params;
  const start: Initialiser = equalizedLearningRate
    ? { type: 'normal', sd: 1 }
    : kernelInitialiser(init, fanIn, fanOut, initScale);
  // Weights are stored larger by what they are used less, so that nothing but the step changes.
  const stored = (initialiser: Initialiser) => scaled(initialiser, 1 / multiplierOf(params));
  const weights: WeightSpec[] = [{ name: 'kernel', shape, init: stored(start) }];
  if (weightNorm) {
    const length = equalizedLearningRate ? initScale * Math.SQRT2 : deviationOf(start) * Math.sqrt(fanIn);
    weights.push({ name: 'gain', shape: [outputs], init: stored({ type: 'constant', value: length }) });
  }
  if (useBias)
    weights.push({ name: 'bias', shape: [outputs], init: stored(biasInitialiser(init, fanIn, initScale)) });
  return weights;
}

export const multiplierOf = ({ learningRateMultiplier = 1 }: KernelParams): number => learningRateMultiplier;

function scaled(init: Initialiser, by: number): Initialiser {
  if (by === 1) return init;
  switch (init.type) {
    case 'normal':
      return { ...init, sd: init.sd * by };
    case 'uniform':
      return { ...init, limit: init.limit * by };
    case 'orthogonal':
      return { ...init, gain: init.gain * by };
    case 'constant':
      return { ...init, value: init.value * by };
  }
}

function deviationOf(init: Initialiser): number {
  switch (init.type) {
    case 'normal':
      return init.sd;
    case 'uniform':
      return init.limit / Math.sqrt(3);
    case 'orthogonal':
      return init.gain;
    case 'constant':
      return init.value;
  }
}

/** Spectral norm keeps a unit vector over the outputs: its estimate of the largest singular vector. */
export const kernelBuffers = ({ spectralNorm }: KernelParams, outputs: number): readonly WeightSpec[] =>
  spectralNorm
    ? [{ name: 'direction', shape: [outputs, 1], init: { type: 'normal', sd: 1 / Math.sqrt(outputs) } }]
    : [];

/** The kernel as a matrix [inputs, outputs]. */
function matrixOf(tf: Tf, kernel: Tensor, outAxis: number): Tensor {
  const { rank } = kernel;
  const outputs = kernel.shape[outAxis] as number;
  if (outAxis === rank - 1) return tf.reshape(kernel, [-1, outputs]);
  const others = kernel.shape.map((_, axis) => axis).filter((axis) => axis !== outAxis);
  return tf.reshape(tf.transpose(kernel, [...others, outAxis]), [-1, outputs]);
}

/** What a stored kernel is multiplied by where it is used. */
export const scaleOf = (params: KernelParams, fanIn: number): number =>
  multiplierOf(params) * (params.equalizedLearningRate ? params.initScale * Math.sqrt(2 / fanIn) : 1);

/**
 * The kernel as it is used: scaled by He's constant, each output's weights to its length, all by σ = ‖W u‖, u
 * the direction in which W stretches most. The gradient of ‖W u‖ by W is that of σ with both its vectors held.
 * `outAxis` is where the kernel's outputs are: the last axis where left out.
 */
export function kernelOf(
  tf: Tf,
  params: KernelParams,
  { weights, buffers }: { readonly weights: Tensors; readonly buffers: Tensors },
  fanIn: number,
  outAxis = (weights.kernel as Tensor).rank - 1,
): Tensor {
  let kernel = weights.kernel as Tensor;
  if (isPlainKernel(params)) return kernel;
  const perOutput = kernel.shape.map((dim, axis) => (axis === outAxis ? dim : 1));
  const others = kernel.shape.map((_, axis) => axis).filter((axis) => axis !== outAxis);
  const scale = scaleOf(params, fanIn);
  if (scale !== 1) kernel = tf.mul(kernel, scale);
  if (params.weightNorm) {
    const length = tf.sqrt(tf.add(tf.sum(tf.square(kernel), others, true), 1e-12));
    const gain = tf.mul(tf.reshape(weights.gain as Tensor, perOutput), multiplierOf(params));
    kernel = tf.div(tf.mul(kernel, gain), length);
  }
  if (params.spectralNorm) {
    const stretched = tf.matMul(matrixOf(tf, kernel, outAxis), buffers.direction as Tensor);
    kernel = tf.div(kernel, tf.sqrt(tf.add(tf.sum(tf.square(stretched)), 1e-12)));
  }
  return kernel;
}

/** The direction after the power iterations of one update: u ← normalise(Wᵀ W u). */
export function improveDirection(
  tf: Tf,
  params: KernelParams,
  state: { readonly weights: Tensors; readonly buffers: Tensors },
  fanIn: number,
  outAxis = (state.weights.kernel as Tensor).rank - 1,
): Tensors {
  const kernel = kernelOf(tf, { ...params, spectralNorm: false }, state, fanIn, outAxis);
  const matrix = matrixOf(tf, kernel, outAxis);
  let direction = state.buffers.direction as Tensor;
  for (let i = 0; i < params.powerIterations; i++) {
    const next = tf.matMul(matrix, tf.matMul(matrix, direction), true, false);
    direction = tf.div(next, tf.sqrt(tf.add(tf.sum(tf.square(next)), 1e-12)));
  }
  return { direction };
}

/** tf.layers has none of these. */
export const isPlainKernel = (params: KernelParams): boolean =>
  !params.spectralNorm && !params.weightNorm && !params.equalizedLearningRate && multiplierOf(params) === 1;
