import type { Tensor4D } from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { type Padding, transposedLength } from '@/lib/shapes/convolution';
import { formatDims, shape, sizeOf } from '@/lib/shapes/shape';
import { defineLayer, problem, type Tensor, type Tensors, type Tf } from '../define';
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
import { type Convolution, convolveBackInOne } from './convolve';
import { cropping } from './cropping';
import { filtersParam, kernelSizeParam, paddingParam, stridesParam } from './image';
import { partsOf } from './windows';

/** Where the kernel [depth, height, width, filters, channels] has its outputs. */
const OUTPUTS = 3;

/**
 * [D, H, W, C] → [sD, sH, sW, filters] for `same`: one transposed convolution in two dimensions paints what
 * each slice gives to k slices of the larger volume, which are then added at their places along the depth.
 */
export const conv3dTranspose = defineLayer({
  kind: 'conv3d-transpose',
  role: 'layer',
  title: 'Conv 3-D transpose',
  category: 'Layers',
  place: ['network'],
  summary: 'Paints trained blocks into a larger volume; strides say how much larger.',
  formula: 'y_{si+t,\\; sj+u,\\; sk+v,\\; f} \\mathrel{+}= \\sum_{c} W_{tuvfc}\\, x_{ijkc}',
  source: { label: 'Wu et al. 2016 (3D-GAN)', url: 'https://arxiv.org/abs/1610.07584' },
  aliases: ['deconvolution', 'volume', 'voxel', 'upsample', 'solid'],
  traits: { convolution: true },
  params: z.strictObject({
    filters: filtersParam,
    kernelSize: kernelSizeParam(4),
    strides: stridesParam(2, 'How many times larger depth, height and width become.'),
    padding: paddingParam('Same: exactly strides times larger. Valid: whole blocks at the border too.'),
    ...kernelParams,
  }),
  sign: ({ kernelSize, strides }) => ({ type: 'window', size: kernelSize, strides }),
  caption: ({ filters, kernelSize, strides }) =>
    `${filters} · ${kernelSize}³${strides > 1 ? ` ↑${strides}` : ''}`,
  examples: [
    { params: { filters: 1 }, inputs: { in: [2, 2, 1, 2] }, outputs: { out: [4, 4, 2, 1] } },
    {
      params: { filters: 2, kernelSize: 3, padding: 'valid', useBias: false },
      inputs: { in: [2, 1, 2, 1] },
      outputs: { out: [5, 3, 5, 2] },
    },
    {
      params: { filters: 1, kernelSize: 3, strides: 1, init: 'torch' },
      inputs: { in: [2, 3, 2, 1] },
      outputs: { out: [2, 3, 2, 1] },
    },
    {
      params: { filters: 2, kernelSize: 1, strides: 2, spectralNorm: true },
      inputs: { in: [2, 1, 1, 3] },
      outputs: { out: [4, 2, 2, 2] },
    },
  ],
  inputs: tensorIn,
  outputs: tensorOut,
  infer({ filters, kernelSize, strides, padding }, inputs) {
    const { dims, batch } = shapeAt(inputs, 'in');
    if (dims.length !== 4)
      return problem({
        code: 'rank-mismatch',
        port: 'in',
        message: `Conv 3-D transpose takes [depth, height, width, channels], but gets ${formatDims(dims)}.`,
        hint: 'Put a Reshape before it.',
      });
    const lengths = dims.slice(0, 3).map((length) => transposedLength(length, kernelSize, strides, padding));
    return { out: shape([...lengths, filters], batch) };
  },
  cost: ({ filters, kernelSize }, inputs) => sizeOf(shapeAt(inputs, 'in').dims) * kernelSize ** 3 * filters,
  weights(params, inputs) {
    const channels = shapeAt(inputs, 'in').dims[3] as number;
    const { kernelSize: k, filters } = params;
    const fans = { fanIn: k ** 3 * channels, fanOut: k ** 3 * filters, outputs: filters };
    return kernelWeights(params, [k, k, k, filters, channels], fans);
  },
  buffers: (params) => kernelBuffers(params, params.filters),
  prepare: (tf, params, state) => improveDirection(tf, params, state, fanInOf(state.weights), OUTPUTS),
  differentiable: 2,
  apply(tf, { params, weights, buffers, inputs }) {
    const kernel = kernelOf(tf, params, { weights, buffers }, fanInOf(weights), OUTPUTS);
    const x = tensorAt(inputs, 'in');
    const y = convolveBackInOne(tf, x, kernel, sizesOf(x, params)) ?? paint(tf, x, kernel, params);
    return { outputs: { out: weights.bias ? tf.add(y, weights.bias) : y } };
  },
  stock(params) {
    if (!isPlainKernel(params)) return undefined;
    const { filters, kernelSize, strides, padding, useBias } = params;
    return { className: 'Conv3DTranspose', config: { filters, kernelSize, strides, padding, useBias } };
  },
  torch: {
    classes: [normalisedClass],
    module({ params, shapes }) {
      const { filters, kernelSize, strides, useBias } = params;
      const channels = shapeAt(shapes.inputs, 'in').dims[3] as number;
      const { before, missing } = cropping(params);
      const layer = `nn.ConvTranspose3d(${channels}, ${filters}, kernel_size=${kernelSize}, stride=${strides}, padding=${before}, output_padding=${missing}, groups=1, bias=${py(useBias)}, dilation=1, padding_mode='zeros')`;
      return normalisedModule(layer, params, kernelSize ** 3 * channels, 1);
    },
    forward({ params, self, inputs }) {
      const y = `${self}(${expressionAt(inputs, 'in')})`;
      const { before, after } = cropping(params);
      return { out: after > before ? `${y}[:, :, :-1, :-1, :-1]` : y };
    },
    state: {
      kernel: { name: 'weight', permute: [4, 3, 0, 1, 2] },
      bias: { name: 'bias' },
      ...normalisedState,
    },
  },
});

const fanInOf = ({ kernel }: Tensors): number => {
  const [depth = 0, height = 0, width = 0, , channels = 0] = kernel?.shape ?? [];
  return depth * height * width * channels;
};

interface Block {
  readonly filters: number;
  readonly kernelSize: number;
  readonly strides: number;
  readonly padding: Padding;
}

/** Of the convolution that leads from y to x. */
function sizesOf(x: Tensor, block: Block): Convolution {
  const { filters, kernelSize: k, strides: s, padding } = block;
  const [, depth, height, width, channels] = x.shape as [number, number, number, number, number];
  const long = (length: number) => transposedLength(length, k, s, padding);
  const { before } = cropping(block);
  return {
    input: [long(depth), long(height), long(width), filters],
    window: [k, k, k],
    strides: [s, s, s],
    before: [before, before, before],
    output: [depth, height, width, channels],
    groups: 1,
  };
}

function paint(tf: Tf, x: Tensor, kernel: Tensor, window: Block): Tensor {
  const { kernelSize: k, strides, padding } = window;
  const [rows, depth, height, width, channels] = x.shape as [number, number, number, number, number];
  const filters = kernel.shape[OUTPUTS] as number;
  const [deep, tall, wide] = [depth, height, width].map((length) =>
    transposedLength(length, k, strides, padding),
  ) as [number, number, number];
  // What each slice gives to all k: [rows·D, tall, wide, k F]
  const filter = tf.reshape(tf.transpose(kernel, [1, 2, 0, 3, 4]), [k, k, k * filters, channels]) as Tensor4D;
  const slices = tf.reshape(x, [rows * depth, height, width, channels]) as Tensor4D;
  const out: [number, number, number, number] = [rows * depth, tall, wide, k * filters];
  // A window no wider than its step is cut nowhere: `same` is `valid`, which tfjs's WASM kernel gets right.
  const painted = tf.conv2dTranspose(slices, filter, out, strides, k <= strides ? 'valid' : padding);
  const line = tall * wide * filters;
  const parts = partsOf(tf, painted, k, 3); // k × [rows·D, tall, wide, F]
  // Part t of slice i belongs to slice s i + t of the full depth.
  const full = (depth - 1) * strides + Math.max(k, strides);
  const placed = parts.map((part, t) => {
    const apart = tf.pad(tf.reshape(part, [rows, depth, 1, line]), [
      [0, 0],
      [0, 0],
      [0, strides - 1],
      [0, 0],
    ]);
    const long = tf.reshape(apart, [rows, depth * strides, line]);
    const after = full - t - depth * strides;
    const at = after < 0 ? tf.slice(long, [0, 0, 0], [rows, full - t, line]) : long;
    return tf.pad(at, [
      [0, 0],
      [t, Math.max(0, after)],
      [0, 0],
    ]);
  });
  const sum = placed.reduce((total, part) => tf.add(total, part)); // [rows, full, line]
  const { before } = cropping(window);
  return tf.reshape(tf.slice(sum, [0, before, 0], [rows, deep, line]), [rows, deep, tall, wide, filters]);
}
