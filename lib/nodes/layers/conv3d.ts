import type { Tensor4D } from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { defineLayer, type Tensor, type Tensors, type Tf } from '../define';
import {
  improveDirection,
  isPlainKernel,
  kernelBuffers,
  kernelOf,
  kernelParams,
  kernelWeights,
} from '../kernel';
import { normalisedClass, normalisedModule, normalisedState } from '../kernel-torch';
import { expressionAt, shapeAt, tensorAt, tensorIn, tensorOut } from '../ports';
import { py } from '../torch';
import { convolveInOne } from './convolve';
import { dilateKernel } from './dilate';
import { filtersParam, kernelSizeParam, stridesParam } from './image';
import {
  dilationParam,
  everyNth,
  inferWindowed,
  padSpace,
  torchPadSpace,
  type Window,
  windowedLength,
  windowPaddingParam,
} from './windows';

/**
 * [D, H, W, C] → [D', H', W', filters]. tfjs has no second order of its own: here the slices that a window
 * reads along the depth are laid side by side as channels, and one convolution in two dimensions does the rest.
 */
export const conv3d = defineLayer({
  kind: 'conv3d',
  role: 'layer',
  title: 'Conv 3-D',
  category: 'Layers',
  place: ['network'],
  summary: 'Slides trained filters through a volume; strides above 1 make it smaller.',
  formula: 'y_{ijkf} = b_f + \\sum_{t,u,v,c} W_{tuvcf}\\, x_{si + dt,\\; sj + du,\\; sk + dv,\\; c}',
  source: { label: 'Wu et al. 2016 (3D-GAN)', url: 'https://arxiv.org/abs/1610.07584' },
  aliases: ['convolution', 'volume', 'voxel', 'video', 'solid'],
  traits: { convolution: true },
  params: z.strictObject({
    filters: filtersParam,
    kernelSize: kernelSizeParam(3),
    strides: stridesParam(1, 'Step of the window; 2 halves depth, height and width.'),
    padding: windowPaddingParam,
    dilation: dilationParam,
    ...kernelParams,
  }),
  sign: ({ kernelSize, strides }) => ({ type: 'window', size: kernelSize, strides }),
  caption: ({ filters, kernelSize, strides }) =>
    `${filters} · ${kernelSize}³${strides > 1 ? ` ↓${strides}` : ''}`,
  examples: [
    { params: { filters: 2 }, inputs: { in: [3, 2, 3, 2] }, outputs: { out: [3, 2, 3, 2] } },
    {
      params: { filters: 2, kernelSize: 4, strides: 2, padding: 'reflect', init: 'torch' },
      inputs: { in: [4, 4, 2, 1] },
      outputs: { out: [2, 2, 1, 2] },
    },
    {
      params: { filters: 2, kernelSize: 2, dilation: 2, padding: 'valid', useBias: false },
      inputs: { in: [3, 4, 3, 1] },
      outputs: { out: [1, 2, 1, 2] },
    },
    {
      params: { filters: 2, kernelSize: 2, strides: 2, equalizedLearningRate: true, spectralNorm: true },
      inputs: { in: [2, 3, 2, 2] },
      outputs: { out: [1, 2, 1, 2] },
    },
  ],
  inputs: tensorIn,
  outputs: tensorOut,
  infer: (params, inputs) =>
    inferWindowed(
      'Conv 3-D',
      'depth, height, width, channels',
      shapeAt(inputs, 'in'),
      params,
      params.filters,
    ),
  cost({ kernelSize }, inputs, { out }) {
    const size = (out?.dims ?? [0]).reduce((product, dim) => product * dim, 1);
    return size * kernelSize ** 3 * (shapeAt(inputs, 'in').dims[3] as number);
  },
  weights(params, inputs) {
    const channels = shapeAt(inputs, 'in').dims[3] as number;
    const { kernelSize: k, filters } = params;
    const fans = { fanIn: k ** 3 * channels, fanOut: k ** 3 * filters, outputs: filters };
    return kernelWeights(params, [k, k, k, channels, filters], fans);
  },
  buffers: (params) => kernelBuffers(params, params.filters),
  prepare: (tf, params, state) => improveDirection(tf, params, state, fanInOf(state.weights)),
  differentiable: 2,
  apply(tf, { params, weights, buffers, inputs }) {
    const kernel = kernelOf(tf, params, { weights, buffers }, fanInOf(weights));
    const x = tensorAt(inputs, 'in');
    const y = convolveInOne(tf, x, kernel, params, 1) ?? convolve(tf, x, kernel, params);
    return { outputs: { out: weights.bias ? tf.add(y, weights.bias) : y } };
  },
  stock(params) {
    const { filters, kernelSize, strides, padding, dilation, useBias } = params;
    // tf.layers' own does not dilate.
    if (!isPlainKernel(params) || padding === 'reflect' || dilation > 1) return undefined;
    return { className: 'Conv3D', config: { filters, kernelSize, strides, padding, useBias } };
  },
  torch: {
    classes: [normalisedClass],
    module({ params, shapes }) {
      const { filters, kernelSize, strides, dilation, useBias } = params;
      const channels = shapeAt(shapes.inputs, 'in').dims[3] as number;
      const layer = `nn.Conv3d(${channels}, ${filters}, kernel_size=${kernelSize}, stride=${strides}, padding=0, dilation=${dilation}, groups=1, bias=${py(useBias)}, padding_mode='zeros')`;
      return normalisedModule(layer, params, kernelSize ** 3 * channels);
    },
    forward({ params, shapes, self, inputs }) {
      const { dims } = shapeAt(shapes.inputs, 'in');
      return { out: `${self}(${torchPadSpace(expressionAt(inputs, 'in'), dims, params)})` };
    },
    state: {
      kernel: { name: 'weight', permute: [4, 3, 0, 1, 2] },
      bias: { name: 'bias' },
      ...normalisedState,
    },
  },
});

/** Of a kernel [depth, height, width, channels, filters]. */
const fanInOf = ({ kernel }: Tensors): number =>
  (kernel?.shape ?? []).slice(0, 4).reduce((product, dim) => product * dim, 1);

function convolve(tf: Tf, input: Tensor, kernel: Tensor, window: Window): Tensor {
  const { kernelSize: k, strides, dilation } = window;
  const [rows, ...space] = input.shape.slice(0, 4) as [number, number, number, number];
  const [deep, tall, wide] = space.map((length) => windowedLength(length, window)) as [
    number,
    number,
    number,
  ];
  const x = padSpace(tf, input, window);
  const [, depth, height, width, channels] = x.shape as [number, number, number, number, number];
  const slices = tf.reshape(x, [rows, depth, height * width * channels]);
  const read = Array.from({ length: k }, (_, t) =>
    tf.reshape(everyNth(tf, slices, t * dilation, strides, deep), [rows * deep, height, width, channels]),
  );
  const side = tf.concat(read, 3) as Tensor4D; // [rows·D', H, W, k C]
  const filters = kernel.shape[4] as number;
  const flat = tf.reshape(tf.transpose(kernel, [1, 2, 0, 3, 4]), [k, k, k * channels, filters]) as Tensor4D;
  const filter = dilation > 1 ? dilateKernel(tf, flat, dilation) : flat;
  return tf.reshape(tf.conv2d(side, filter, strides, 'valid'), [rows, deep, tall, wide, filters]);
}
