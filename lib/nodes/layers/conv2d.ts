import type { Tensor4D } from '@tensorflow/tfjs-core';
import * as z from 'zod';
import type { Padding } from '@/lib/shapes/convolution';
import { formatDims, shape } from '@/lib/shapes/shape';
import { defineLayer, type InputShapes, problem, type Tensors, type Tf } from '../define';
import {
  improveDirection,
  isPlainKernel,
  kernelBuffers,
  kernelOf,
  kernelParams,
  kernelWeights,
} from '../kernel';
import { normalisedClass, normalisedModule, normalisedState } from '../kernel-torch';
import { param } from '../params';
import { expressionAt, shapeAt, tensorAt, tensorIn, tensorOut } from '../ports';
import { py } from '../torch';
import { convolveInOne } from './convolve';
import { dilateKernel } from './dilate';
import { filtersParam, imageProblem, kernelSizeParam, stridesParam } from './image';
import {
  canMirror,
  padSpace,
  torchPadSpace,
  type Window,
  windowedLength,
  windowPaddingParam,
} from './windows';

/** [H, W, C] → [H', W', filters], padding as TensorFlow has it: `same` puts the odd pixel after. */
export const conv2d = defineLayer({
  kind: 'conv2d',
  role: 'layer',
  title: 'Conv 2-D',
  category: 'Layers',
  place: ['network'],
  summary: 'Slides trained filters over an image; strides above 1 make it smaller.',
  formula: 'y_{ijf} = b_f + \\sum_{u,v,c} W_{uvcf}\\, x_{si + du,\\; sj + dv,\\; c}',
  source: { label: 'Dumoulin & Visin 2016', url: 'https://arxiv.org/abs/1603.07285' },
  aliases: ['convolution', 'cnn', 'downsample', 'dcgan'],
  traits: { convolution: true },
  params: z.strictObject({
    filters: filtersParam,
    kernelSize: kernelSizeParam(3),
    strides: stridesParam(1, 'Step of the window; 2 halves height and width.'),
    padding: windowPaddingParam,
    dilation: param(z.int().min(1).max(16).default(1), {
      label: 'Dilation',
      help: 'Distance between the pixels that one window reads; 1 reads neighbours.',
      unit: 'px',
      step: 1,
    }),
    groups: param(z.int().min(1).max(1024).default(1), {
      label: 'Groups',
      help: 'Channels and filters in so many groups, each filter on its own group alone (ResNeXt).',
      step: 1,
      advanced: true,
    }),
    ...kernelParams,
  }),
  sign: ({ kernelSize, strides }) => ({ type: 'window', size: kernelSize, strides }),
  caption: ({ filters, kernelSize, strides }) =>
    `${filters} · ${kernelSize}×${kernelSize}${strides > 1 ? ` ↓${strides}` : ''}`,
  examples: [
    { params: { filters: 2 }, inputs: { in: [4, 4, 3] }, outputs: { out: [4, 4, 2] } },
    {
      params: { filters: 3, kernelSize: 4, strides: 2 },
      inputs: { in: [6, 6, 2] },
      outputs: { out: [3, 3, 3] },
    },
    {
      params: { filters: 2, kernelSize: 3, strides: 2, useBias: false },
      inputs: { in: [6, 5, 2] },
      outputs: { out: [3, 3, 2] },
    },
    {
      params: { filters: 2, kernelSize: 2, padding: 'valid', init: 'torch' },
      inputs: { in: [5, 4, 1] },
      outputs: { out: [4, 3, 2] },
    },
    {
      params: { filters: 2, kernelSize: 2, strides: 3 },
      inputs: { in: [6, 7, 1] },
      outputs: { out: [2, 3, 2] },
    },
    { params: { filters: 2, dilation: 2 }, inputs: { in: [6, 6, 2] }, outputs: { out: [6, 6, 2] } },
    {
      params: { filters: 2, kernelSize: 4, strides: 2, padding: 'reflect' },
      inputs: { in: [4, 5, 1] },
      outputs: { out: [2, 3, 2] },
    },
    {
      params: { filters: 4, kernelSize: 2, groups: 2 },
      inputs: { in: [3, 3, 2] },
      outputs: { out: [3, 3, 4] },
    },
    {
      params: { filters: 2, kernelSize: 2, spectralNorm: true, weightNorm: true },
      inputs: { in: [3, 3, 2] },
      outputs: { out: [3, 3, 2] },
    },
  ],
  inputs: tensorIn,
  outputs: tensorOut,
  infer(params, inputs) {
    const input = shapeAt(inputs, 'in');
    const { filters, kernelSize, strides, padding, dilation } = params;
    const wrong = imageProblem('Conv 2-D', input);
    if (wrong) return wrong;
    if (strides > 1 && dilation > 1)
      return problem({
        code: 'param-conflict',
        message: `Strides ${strides} and dilation ${dilation} do not go together: one of them must be 1.`,
        fix: { label: 'Set dilation to 1', params: { dilation: 1 } },
      });
    const [height = 0, width = 0, channels = 0] = input.dims;
    const { groups } = params;
    if (channels % groups !== 0 || filters % groups !== 0)
      return problem({
        code: 'param-conflict',
        message: `${groups} groups do not divide ${channels} channels and ${filters} filters evenly.`,
        fix: { label: 'Use one group', params: { groups: 1 } },
      });
    const extent = (kernelSize - 1) * dilation + 1;
    const [rows, columns] = [windowedLength(height, params), windowedLength(width, params)];
    const isMirrored = padding === 'reflect';
    if (rows < 1 || columns < 1 || (isMirrored && !canMirror([height, width], params)))
      return problem({
        code: 'kernel-too-large',
        port: 'in',
        message: `A window of ${extent}×${extent} does not fit into ${formatDims(input.dims)} ${isMirrored ? 'with mirrored borders' : 'without padding'}.`,
        hint: 'Use padding same, or a smaller kernel.',
        fix: { label: 'Use padding same', params: { padding: 'same' } },
      });
    return { out: shape([rows, columns, filters], input.batch) };
  },
  cost(params, inputs, { out }) {
    const [rows = 0, columns = 0, filters = 0] = out?.dims ?? [];
    return rows * columns * filters * params.kernelSize ** 2 * channelsOf(params, inputs);
  },
  weights(params, inputs) {
    const channels = channelsOf(params, inputs);
    const { kernelSize: k, filters } = params;
    return kernelWeights(params, [k, k, channels, filters], {
      fanIn: k * k * channels,
      fanOut: k * k * filters,
      outputs: filters,
    });
  },
  buffers: (params) => kernelBuffers(params, params.filters),
  prepare: (tf, params, state) => improveDirection(tf, params, state, fanInOf(state.weights)),
  differentiable: 2,
  apply(tf, { params, weights, buffers, inputs }) {
    const { groups } = params;
    const { bias } = weights;
    const kernel = kernelOf(tf, params, { weights, buffers }, fanInOf(weights));
    const x = tensorAt(inputs, 'in') as Tensor4D;
    const inOne = groups > 1 ? convolveInOne(tf, x, kernel, params, groups) : undefined;
    const y = inOne ?? convolve(tf, x, kernel as Tensor4D, params);
    return { outputs: { out: bias ? tf.add(y, bias) : y } };
  },
  stock(params) {
    if (!isPlainKernel(params) || params.padding === 'reflect' || params.groups > 1) return undefined;
    const { filters, kernelSize, strides, padding, dilation, useBias } = params;
    const config = { filters, kernelSize, strides, padding, dilationRate: dilation, useBias };
    return { className: 'Conv2D', config };
  },
  torch: {
    classes: [normalisedClass],
    module({ params, shapes }) {
      const { filters, kernelSize, strides, dilation, groups, useBias } = params;
      const channels = shapeAt(shapes.inputs, 'in').dims[2];
      const layer = `nn.Conv2d(${channels}, ${filters}, kernel_size=${kernelSize}, stride=${strides}, padding=0, dilation=${dilation}, groups=${groups}, bias=${py(useBias)}, padding_mode='zeros')`;
      return normalisedModule(layer, params, kernelSize ** 2 * channelsOf(params, shapes.inputs));
    },
    forward({ params, shapes, self, inputs }) {
      const { dims } = shapeAt(shapes.inputs, 'in');
      return { out: `${self}(${torchPadSpace(expressionAt(inputs, 'in'), dims, params)})` };
    },
    state: { kernel: { name: 'weight', permute: [3, 2, 0, 1] }, bias: { name: 'bias' }, ...normalisedState },
  },
});

/** Those that a filter sees. */
const channelsOf = ({ groups }: { readonly groups: number }, inputs: InputShapes): number =>
  (shapeAt(inputs, 'in').dims[2] as number) / groups;

/** Each group of channels with its own filters. */
function convolve(
  tf: Tf,
  input: Tensor4D,
  kernel: Tensor4D,
  window: Window & { readonly groups: number },
): Tensor4D {
  const { groups, strides, dilation } = window;
  const filter = dilation > 1 ? dilateKernel(tf, kernel, dilation) : kernel;
  const { image, padding } = padFirst(tf, input, window);
  if (groups === 1) return tf.conv2d(image, filter, strides, padding);
  const images = tf.split(image, groups, 3);
  const filters = tf.split(filter, groups, 3);
  return tf.concat(
    images.map((part, i) => tf.conv2d(part as Tensor4D, filters[i] as Tensor4D, strides, padding)),
    3,
  );
}

/** Of a kernel [height, width, channels, filters]. */
const fanInOf = ({ kernel }: Tensors): number =>
  (kernel?.shape ?? []).slice(0, 3).reduce((product, dim) => product * dim, 1);

/**
 * A window narrower than its step may need no padding at all, and tfjs's WASM kernel then gives zeros for
 * `same`. Padding such an image first is the same function; a mirrored border is always laid on first.
 */
function padFirst(
  tf: Tf,
  image: Tensor4D,
  window: Window,
): { readonly image: Tensor4D; readonly padding: Padding } {
  const { padding, kernelSize, strides } = window;
  if (padding === 'valid' || (padding === 'same' && kernelSize >= strides)) return { image, padding };
  return { image: padSpace(tf, image, window) as Tensor4D, padding: 'valid' };
}
