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
import { filtersParam, kernelSizeParam, stridesParam } from './image';
import {
  dilationParam,
  inferWindowed,
  padSpace,
  torchPadSpace,
  windowedLength,
  windowPaddingParam,
} from './windows';

/** [length, C] → [length', filters]: a convolution in two dimensions of images one pixel high. */
export const conv1d = defineLayer({
  kind: 'conv1d',
  role: 'layer',
  title: 'Conv 1-D',
  category: 'Layers',
  place: ['network'],
  summary: 'Slides trained filters along a sequence; strides above 1 make it shorter.',
  formula: 'y_{if} = b_f + \\sum_{u,c} W_{ucf}\\, x_{si + du,\\; c}',
  source: { label: 'torch.nn.Conv1d', url: 'https://pytorch.org/docs/stable/generated/torch.nn.Conv1d.html' },
  aliases: ['convolution', 'sequence', 'text', 'time', 'signal'],
  traits: { convolution: true },
  params: z.strictObject({
    filters: filtersParam,
    kernelSize: kernelSizeParam(3),
    strides: stridesParam(1, 'Step of the window; 2 halves the length.'),
    padding: windowPaddingParam,
    dilation: dilationParam,
    ...kernelParams,
  }),
  sign: ({ kernelSize, strides }) => ({ type: 'window', size: kernelSize, strides }),
  caption: ({ filters, kernelSize, strides }) =>
    `${filters} · ${kernelSize}${strides > 1 ? ` ↓${strides}` : ''}`,
  examples: [
    { params: { filters: 2 }, inputs: { in: [5, 3] }, outputs: { out: [5, 2] } },
    {
      params: { filters: 3, kernelSize: 4, strides: 2, padding: 'reflect', init: 'torch' },
      inputs: { in: [6, 2] },
      outputs: { out: [3, 3] },
    },
    {
      params: { filters: 2, kernelSize: 2, dilation: 2, padding: 'valid', useBias: false },
      inputs: { in: [5, 2] },
      outputs: { out: [3, 2] },
    },
    { params: { filters: 2, spectralNorm: true }, inputs: { in: [4, 2] }, outputs: { out: [4, 2] } },
  ],
  inputs: tensorIn,
  outputs: tensorOut,
  infer: (params, inputs) =>
    inferWindowed('Conv 1-D', 'length, channels', shapeAt(inputs, 'in'), params, params.filters),
  cost({ kernelSize }, inputs, { out }) {
    const [length = 0, filters = 0] = out?.dims ?? [];
    return length * filters * kernelSize * (shapeAt(inputs, 'in').dims[1] as number);
  },
  weights(params, inputs) {
    const channels = shapeAt(inputs, 'in').dims[1] as number;
    const { kernelSize: k, filters } = params;
    const fans = { fanIn: k * channels, fanOut: k * filters, outputs: filters };
    return kernelWeights(params, [k, channels, filters], fans);
  },
  buffers: (params) => kernelBuffers(params, params.filters),
  prepare: (tf, params, state) => improveDirection(tf, params, state, fanInOf(state.weights)),
  differentiable: 2,
  apply(tf, { params, weights, buffers, inputs }) {
    const { strides, dilation, filters } = params;
    const input = tensorAt(inputs, 'in');
    const [rows, length] = input.shape as [number, number, number];
    const x = padSpace(tf, input, params);
    const [, padded, channels] = x.shape as [number, number, number];
    const kernel = spread(tf, kernelOf(tf, params, { weights, buffers }, fanInOf(weights)), dilation);
    const y = tf.conv2d(
      tf.reshape(x, [rows, 1, padded, channels]) as Tensor4D,
      tf.reshape(kernel, [1, ...(kernel.shape as [number, number, number])]) as Tensor4D,
      [1, strides],
      'valid',
    );
    const out = tf.reshape(y, [rows, windowedLength(length, params), filters]);
    return { outputs: { out: weights.bias ? tf.add(out, weights.bias) : out } };
  },
  stock(params) {
    const { filters, kernelSize, strides, padding, dilation, useBias } = params;
    if (!isPlainKernel(params) || padding === 'reflect') return undefined;
    const config = { filters, kernelSize, strides, padding, dilationRate: dilation, useBias };
    return { className: 'Conv1D', config };
  },
  torch: {
    classes: [normalisedClass],
    module({ params, shapes }) {
      const { filters, kernelSize, strides, dilation, useBias } = params;
      const channels = shapeAt(shapes.inputs, 'in').dims[1] as number;
      const layer = `nn.Conv1d(${channels}, ${filters}, kernel_size=${kernelSize}, stride=${strides}, padding=0, dilation=${dilation}, groups=1, bias=${py(useBias)}, padding_mode='zeros')`;
      return normalisedModule(layer, params, kernelSize * channels);
    },
    forward({ params, shapes, self, inputs }) {
      const { dims } = shapeAt(shapes.inputs, 'in');
      return { out: `${self}(${torchPadSpace(expressionAt(inputs, 'in'), dims, params)})` };
    },
    state: { kernel: { name: 'weight', permute: [2, 1, 0] }, bias: { name: 'bias' }, ...normalisedState },
  },
});

/** Of a kernel [size, channels, filters]. */
const fanInOf = ({ kernel }: Tensors): number => (kernel?.shape[0] as number) * (kernel?.shape[1] as number);

/** A kernel with holes: [k, in, out] → [(k-1)d+1, in, out], zeros in between. */
function spread(tf: Tf, kernel: Tensor, dilation: number): Tensor {
  if (dilation === 1) return kernel;
  const [size, channels, filters] = kernel.shape as [number, number, number];
  const rows = tf.reshape(kernel, [size, 1, channels * filters]);
  const wide = tf.pad(rows, [
    [0, 0],
    [0, dilation - 1],
    [0, 0],
  ]);
  const all = tf.reshape(wide, [size * dilation, channels, filters]);
  return tf.slice(all, [0, 0, 0], [(size - 1) * dilation + 1, channels, filters]);
}
