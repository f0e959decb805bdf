import type { Tensor4D } from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { transposedLength } from '@/lib/shapes/convolution';
import { shape, sizeOf } from '@/lib/shapes/shape';
import { defineLayer, type Tensors } from '../define';
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
import { cropping } from './cropping';
import { filtersParam, imageProblem, kernelSizeParam, paddingParam, stridesParam } from './image';

/** The gradient of a convolution in its input, as a layer: [H, W, C] → [sH, sW, filters] for `same`. */
export const conv2dTranspose = defineLayer({
  kind: 'conv2d-transpose',
  role: 'layer',
  title: 'Conv 2-D transpose',
  category: 'Layers',
  place: ['network'],
  summary: 'Paints trained patches onto a larger image; strides say how much larger.',
  formula: 'y_{si+u,\\; sj+v,\\; f} \\mathrel{+}= \\sum_{c} W_{uvfc}\\, x_{ijc}',
  source: { label: 'Radford et al. 2015 (DCGAN)', url: 'https://arxiv.org/abs/1511.06434' },
  aliases: ['deconvolution', 'fractionally strided', 'upsample', 'dcgan'],
  traits: { convolution: true },
  params: z.strictObject({
    filters: filtersParam,
    kernelSize: kernelSizeParam(4),
    strides: stridesParam(2, 'How many times larger height and width become.'),
    padding: paddingParam('Same: exactly strides times larger. Valid: whole patches at the border too.'),
    ...kernelParams,
  }),
  sign: ({ kernelSize, strides }) => ({ type: 'window', size: kernelSize, strides }),
  caption: ({ filters, kernelSize, strides }) =>
    `${filters} · ${kernelSize}×${kernelSize}${strides > 1 ? ` ↑${strides}` : ''}`,
  examples: [
    { params: { filters: 2 }, inputs: { in: [3, 3, 2] }, outputs: { out: [6, 6, 2] } },
    { params: { filters: 2, kernelSize: 5 }, inputs: { in: [3, 2, 2] }, outputs: { out: [6, 4, 2] } },
    {
      params: { filters: 3, kernelSize: 3, strides: 1, useBias: false },
      inputs: { in: [4, 4, 2] },
      outputs: { out: [4, 4, 3] },
    },
    {
      params: { filters: 2, kernelSize: 4, strides: 2, padding: 'valid', init: 'glorot-uniform' },
      inputs: { in: [2, 3, 1] },
      outputs: { out: [6, 8, 2] },
    },
    {
      params: { filters: 1, kernelSize: 2, strides: 3, padding: 'same' },
      inputs: { in: [2, 2, 2] },
      outputs: { out: [6, 6, 1] },
    },
    {
      params: { filters: 2, kernelSize: 2, strides: 2, spectralNorm: true, equalizedLearningRate: true },
      inputs: { in: [2, 2, 3] },
      outputs: { out: [4, 4, 2] },
    },
  ],
  inputs: tensorIn,
  outputs: tensorOut,
  infer({ filters, kernelSize, strides, padding }, inputs) {
    const input = shapeAt(inputs, 'in');
    const wrong = imageProblem('Conv 2-D transpose', input);
    if (wrong) return wrong;
    const [height = 0, width = 0] = input.dims;
    const rows = transposedLength(height, kernelSize, strides, padding);
    const columns = transposedLength(width, kernelSize, strides, padding);
    return { out: shape([rows, columns, filters], input.batch) };
  },
  cost: ({ filters, kernelSize }, inputs) => sizeOf(shapeAt(inputs, 'in').dims) * kernelSize ** 2 * filters,
  weights(params, inputs) {
    const channels = shapeAt(inputs, 'in').dims[2] as number;
    const { kernelSize: k, filters } = params;
    return kernelWeights(params, [k, k, filters, channels], {
      fanIn: k * k * channels,
      fanOut: k * k * filters,
      outputs: filters,
    });
  },
  buffers: (params) => kernelBuffers(params, params.filters),
  prepare: (tf, params, state) => improveDirection(tf, params, state, fanInOf(state.weights), OUTPUTS),
  differentiable: 2,
  apply(tf, { params, weights, buffers, inputs }) {
    const { filters, kernelSize, strides, padding } = params;
    const { bias } = weights;
    const kernel = kernelOf(tf, params, { weights, buffers }, fanInOf(weights), OUTPUTS);
    const x = tensorAt(inputs, 'in') as Tensor4D;
    const [rows, height, width] = x.shape;
    const out: [number, number, number, number] = [
      rows,
      transposedLength(height, kernelSize, strides, padding),
      transposedLength(width, kernelSize, strides, padding),
      filters,
    ];
    // A window no wider than its step is cut nowhere: `same` is `valid`, which tfjs's WASM kernel gets right.
    const pad = kernelSize <= strides ? 'valid' : padding;
    const y = tf.conv2dTranspose(x, kernel as Tensor4D, out, strides, pad);
    return { outputs: { out: bias ? tf.add(y, bias) : y } };
  },
  stock(params) {
    if (!isPlainKernel(params)) return undefined;
    const { filters, kernelSize, strides, padding, useBias } = params;
    return { className: 'Conv2DTranspose', config: { filters, kernelSize, strides, padding, useBias } };
  },
  torch: {
    classes: [normalisedClass],
    module({ params, shapes }) {
      const { filters, kernelSize, strides, useBias } = params;
      const channels = shapeAt(shapes.inputs, 'in').dims[2];
      const { before, missing } = cropping(params);
      const layer = `nn.ConvTranspose2d(${channels}, ${filters}, kernel_size=${kernelSize}, stride=${strides}, padding=${before}, output_padding=${missing}, groups=1, bias=${py(useBias)}, dilation=1, padding_mode='zeros')`;
      return normalisedModule(layer, params, kernelSize ** 2 * (channels as number), 1);
    },
    forward({ params, self, inputs }) {
      const y = `${self}(${expressionAt(inputs, 'in')})`;
      const { before, after } = cropping(params);
      return { out: after > before ? `${y}[:, :, :-1, :-1]` : y };
    },
    state: { kernel: { name: 'weight', permute: [3, 2, 0, 1] }, bias: { name: 'bias' }, ...normalisedState },
  },
});

/** Where the kernel [height, width, filters, channels] has its outputs. */
const OUTPUTS = 2;

const fanInOf = ({ kernel }: Tensors): number => {
  const [height = 0, width = 0, , channels = 0] = kernel?.shape ?? [];
  return height * width * channels;
};
