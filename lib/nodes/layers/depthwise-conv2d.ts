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
import { param } from '../params';
import { expressionAt, shapeAt, tensorAt, tensorIn, tensorOut } from '../ports';
import { py } from '../torch';
import { convolveInOne } from './convolve';
import { kernelSizeParam, stridesParam } from './image';
import {
  dilationParam,
  everyNth,
  inferWindowed,
  padSpace,
  partsOf,
  torchPadSpace,
  type Window,
  windowedLength,
  windowPaddingParam,
} from './windows';

/** Where the kernel [k, k, C m, 1] has its outputs; channel c gives m of them, next to each other. */
const OUTPUTS = 2;

/**
 * Each channel by filters of its own. tfjs has no second order of it, so without a kernel of the engine it is a sum over
 * the places of the window: the image moved, times that place's weights.
 */
export const depthwiseConv2d = defineLayer({
  kind: 'depthwise-conv2d',
  role: 'layer',
  title: 'Depthwise conv 2-D',
  category: 'Layers',
  place: ['network'],
  summary: 'Slides filters over each channel by itself: few weights, and no mixing of channels.',
  formula: 'y_{i,j,\\,cm+q} = b_{cm+q} + \\sum_{u,v} W_{uvcq}\\, x_{si + du,\\; sj + dv,\\; c}',
  source: { label: 'Chollet 2017', url: 'https://arxiv.org/abs/1610.02357' },
  aliases: ['convolution', 'separable', 'mobilenet', 'groups', 'blur'],
  traits: { convolution: true },
  params: z.strictObject({
    multiplier: param(z.int().min(1).max(64).default(1), {
      label: 'Multiplier',
      help: 'Filters per channel.',
      step: 1,
    }),
    kernelSize: kernelSizeParam(3),
    strides: stridesParam(1, 'Step of the window; 2 halves height and width.'),
    padding: windowPaddingParam,
    dilation: dilationParam,
    ...kernelParams,
  }),
  sign: ({ kernelSize, strides }) => ({ type: 'window', size: kernelSize, strides }),
  caption: ({ multiplier, kernelSize, strides }) =>
    `×${multiplier} · ${kernelSize}×${kernelSize}${strides > 1 ? ` ↓${strides}` : ''}`,
  examples: [
    { inputs: { in: [3, 4, 2] }, outputs: { out: [3, 4, 2] } },
    {
      params: { multiplier: 2, kernelSize: 2, strides: 2, padding: 'reflect', init: 'torch' },
      inputs: { in: [4, 5, 2] },
      outputs: { out: [2, 3, 4] },
    },
    {
      params: { kernelSize: 2, dilation: 2, padding: 'valid', useBias: false },
      inputs: { in: [4, 4, 1] },
      outputs: { out: [2, 2, 1] },
    },
    { params: { kernelSize: 2, weightNorm: true }, inputs: { in: [3, 3, 2] }, outputs: { out: [3, 3, 2] } },
  ],
  inputs: tensorIn,
  outputs: tensorOut,
  infer(params, inputs) {
    const input = shapeAt(inputs, 'in');
    const outputs = (input.dims.at(-1) as number) * params.multiplier;
    return inferWindowed('Depthwise conv 2-D', 'height, width, channels', input, params, outputs);
  },
  cost({ kernelSize }, _, { out }) {
    const [rows = 0, columns = 0, outputs = 0] = out?.dims ?? [];
    return rows * columns * outputs * kernelSize ** 2;
  },
  weights(params, inputs) {
    const { kernelSize: k, multiplier } = params;
    const outputs = (shapeAt(inputs, 'in').dims[2] as number) * multiplier;
    const fans = { fanIn: k * k, fanOut: k * k * multiplier, outputs };
    return kernelWeights(params, [k, k, outputs, 1], fans);
  },
  buffers: (params, inputs) =>
    kernelBuffers(params, (shapeAt(inputs, 'in').dims[2] as number) * params.multiplier),
  prepare: (tf, params, state) => improveDirection(tf, params, state, fanInOf(state.weights), OUTPUTS),
  differentiable: 2,
  apply(tf, { params, weights, buffers, inputs }) {
    const kernel = kernelOf(tf, params, { weights, buffers }, fanInOf(weights), OUTPUTS);
    const y = convolve(tf, tensorAt(inputs, 'in'), kernel, params);
    return { outputs: { out: weights.bias ? tf.add(y, weights.bias) : y } };
  },
  stock(params) {
    const { kernelSize, strides, padding, dilation, multiplier, useBias } = params;
    // Of several filters per channel, tf.layers' own has a kernel of other dims; it forgets to dilate.
    if (!isPlainKernel(params) || padding === 'reflect' || multiplier > 1 || dilation > 1) return undefined;
    const config = { kernelSize, strides, padding, depthMultiplier: 1, useBias };
    return { className: 'DepthwiseConv2D', config };
  },
  torch: {
    classes: [normalisedClass],
    module({ params, shapes }) {
      const { kernelSize, strides, dilation, multiplier, useBias } = params;
      const channels = shapeAt(shapes.inputs, 'in').dims[2] as number;
      const layer = `nn.Conv2d(${channels}, ${channels * multiplier}, kernel_size=${kernelSize}, stride=${strides}, padding=0, dilation=${dilation}, groups=${channels}, bias=${py(useBias)}, padding_mode='zeros')`;
      return normalisedModule(layer, params, kernelSize ** 2);
    },
    forward({ params, shapes, self, inputs }) {
      const { dims } = shapeAt(shapes.inputs, 'in');
      return { out: `${self}(${torchPadSpace(expressionAt(inputs, 'in'), dims, params)})` };
    },
    state: { kernel: { name: 'weight', permute: [2, 3, 0, 1] }, bias: { name: 'bias' }, ...normalisedState },
  },
});

const fanInOf = ({ kernel }: Tensors): number => (kernel?.shape[0] as number) ** 2;

function convolve(tf: Tf, input: Tensor, kernel: Tensor, window: Window & { multiplier: number }): Tensor {
  const { kernelSize, strides, dilation, multiplier } = window;
  const [rows, height, width, channels] = input.shape as [number, number, number, number];
  const outputs = channels * multiplier;
  const flat = multiplier === 1 ? input : repeatChannels(tf, input, multiplier);
  const taps = tf.reshape(kernel, [kernelSize, kernelSize, 1, outputs]);
  const inOne = convolveInOne(tf, flat, taps, window, outputs);
  if (inOne) return inOne;
  const [down, across] = [windowedLength(height, window), windowedLength(width, window)];
  const x = padSpace(tf, flat, window);
  const [, tall, wide] = x.shape as [number, number, number];
  const lines = tf.reshape(x, [rows, tall, wide * outputs]);
  const places = partsOf(tf, tf.reshape(kernel, [kernelSize ** 2, outputs]), kernelSize ** 2, 0); // [1, C m] each
  const terms: Tensor[] = [];
  for (let u = 0; u < kernelSize; u++) {
    const moved = tf.reshape(everyNth(tf, lines, u * dilation, strides, down), [rows * down, wide, outputs]);
    for (let v = 0; v < kernelSize; v++)
      terms.push(
        tf.mul(everyNth(tf, moved, v * dilation, strides, across), places[u * kernelSize + v] as Tensor),
      );
  }
  const sum = terms.reduce((total, term) => tf.add(total, term));
  return tf.reshape(sum, [rows, down, across, outputs]);
}

/** Each channel so many times, next to each other: [rows, H, W, C, 1] + zeros [m]. */
function repeatChannels(tf: Tf, x: Tensor, times: number): Tensor {
  const [rows, height, width, channels] = x.shape as [number, number, number, number];
  const each = tf.reshape(x, [rows * height * width, channels, 1]);
  return tf.reshape(tf.add(each, tf.zeros([times])), [rows, height, width, channels * times]);
}
