import type { Tensor4D } from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { formatDims, shape } from '@/lib/shapes/shape';
import { defineLayer, type InputPort, problem, type Tensor, type Tf } from '../define';
import { type KernelParams, kernelOf, kernelParams, kernelWeights, scaleOf } from '../kernel';
import { param } from '../params';
import { expressionAt, shapeAt, tensorAt, tensorOut } from '../ports';
import { py } from '../torch';
import { filtersParam, imageProblem, kernelSizeParam } from './image';
import { type Filter, filterSpace, torchFilter } from './resample';

/** Under the root of the demodulation, as the authors have it. */
const FLOOR = 1e-8;

const params = z.strictObject({
  filters: filtersParam,
  kernelSize: kernelSizeParam(3),
  demodulate: param(z.boolean().default(true), {
    label: 'Demodulate',
    help: 'Divides each filter by its length once the style is in it. Off where colours are made (toRGB).',
  }),
  up: param(z.boolean().default(false), {
    label: 'Twice as large',
    help: 'Pixels are spread, convolved, and smoothed by 1 3 3 1.',
  }),
  init: kernelParams.init,
  initScale: kernelParams.initScale,
  useBias: kernelParams.useBias,
  equalizedLearningRate: kernelParams.equalizedLearningRate,
});
type Params = z.output<typeof params>;

/**
 * Each example has a kernel of its own, w″ = s w / ‖s w‖. The sums are the same where the style scales the input
 * and the length divides the output, and then one convolution serves the whole batch.
 */
export const modulatedConv2d = defineLayer({
  kind: 'modulated-conv2d',
  role: 'layer',
  title: 'Modulated conv 2-D',
  category: 'Layers',
  place: ['network'],
  summary: 'A convolution whose filters a style scales, example by example: StyleGAN2’s layer.',
  formula:
    "w'_{uvcf} = s_c\\, w_{uvcf}, \\quad w'' = w' \\Big/ \\sqrt{\\textstyle\\sum_{uvc} w'^2 + 10^{-8}}, \\quad y = w'' * x + b",
  source: {
    label: 'Karras et al. 2020 (networks_stylegan2.py)',
    url: 'https://github.com/NVlabs/stylegan2/blob/master/training/networks_stylegan2.py',
  },
  aliases: ['stylegan', 'style', 'convolution', 'demodulation', 'weight modulation', 'condition'],
  traits: { convolution: true },
  params,
  sign: ({ kernelSize }) => ({ type: 'window', size: kernelSize, strides: 1 }),
  caption: ({ filters, kernelSize, up }) => `${filters} · ${kernelSize}×${kernelSize}${up ? ' ↑2' : ''}`,
  examples: [
    { params: { filters: 2 }, inputs: { in: [3, 4, 3], style: [3] }, outputs: { out: [3, 4, 2] } },
    {
      params: { filters: 3, up: true, equalizedLearningRate: true },
      inputs: { in: [2, 3, 2], style: [2] },
      outputs: { out: [4, 6, 3] },
    },
    {
      params: { filters: 1, kernelSize: 1, demodulate: false, useBias: false },
      inputs: { in: [2, 2, 3], style: [3] },
      outputs: { out: [2, 2, 1] },
    },
    {
      params: { filters: 2, kernelSize: 2, up: true, init: 'torch' },
      inputs: { in: [2, 2, 2], style: [2] },
      outputs: { out: [4, 4, 2] },
    },
  ],
  inputs: (): readonly InputPort[] => [
    { name: 'in', type: 'tensor' },
    {
      name: 'style',
      type: 'tensor',
      help: 'A number per channel of the input: a Dense of the latent, and a Scale of offset 1 behind it.',
    },
  ],
  outputs: tensorOut,
  infer({ filters, up }, inputs) {
    const input = shapeAt(inputs, 'in');
    const style = shapeAt(inputs, 'style').dims;
    const wrong = imageProblem('Modulated conv 2-D', input);
    if (wrong) return wrong;
    const [height = 0, width = 0, channels = 0] = input.dims;
    if (style.length !== 1 || style[0] !== channels)
      return problem({
        code: 'size-mismatch',
        port: 'style',
        message: `A style scales ${channels} channels, so it is [${channels}], but gets ${formatDims(style)}.`,
        hint: `Put a Dense of ${channels} units before it.`,
      });
    const times = up ? 2 : 1;
    return { out: shape([height * times, width * times, filters], input.batch) };
  },
  cost({ kernelSize, filters, up }, inputs, { out }) {
    const channels = shapeAt(inputs, 'in').dims[2] as number;
    const [rows = 0, columns = 0] = out?.dims ?? [];
    const pixels = (rows * columns) / (up ? 4 : 1);
    return pixels * filters * kernelSize ** 2 * channels + (up ? 8 * rows * columns * filters : 0);
  },
  weights(given, inputs) {
    const channels = shapeAt(inputs, 'in').dims[2] as number;
    const { kernelSize: k, filters } = given;
    const sizes = { fanIn: k * k * channels, fanOut: k * k * filters, outputs: filters };
    return kernelWeights(withoutNorms(given), [k, k, channels, filters], sizes);
  },
  differentiable: 2,
  apply(tf, { params: given, weights, inputs }) {
    const [x, style] = [tensorAt(inputs, 'in') as Tensor4D, tensorAt(inputs, 'style')]; // [rows, H, W, C], [rows, C]
    const { demodulate, up, kernelSize, filters } = given;
    const channels = x.shape[3];
    const kernel = kernelOf(tf, withoutNorms(given), { weights, buffers: {} }, kernelSize ** 2 * channels);
    const styled = tf.mul(x, perChannel(tf, style)) as Tensor4D;
    let y: Tensor = up
      ? enlarge(tf, styled, kernel as Tensor4D)
      : tf.conv2d(styled, kernel as Tensor4D, 1, 'same');
    if (demodulate) {
      const squares = tf.sum(tf.square(tf.reshape(kernel, [kernelSize ** 2, channels, filters])), 0); // [C, filters]
      const lengths = tf.rsqrt(tf.add(tf.matMul(tf.square(style), squares), FLOOR)); // [rows, filters]
      y = tf.mul(y, perChannel(tf, lengths));
    }
    return { outputs: { out: weights.bias ? tf.add(y, weights.bias) : y } };
  },
  torch: {
    classes: [
      torchFilter,
      `class ModulatedConv2d(nn.Module):
    """Each example convolved with its own kernel, as groups of one convolution: the authors' fused form."""

    def __init__(self, layer, scale, demodulate, up):
        super().__init__()
        self.weight, self.bias = layer.weight, layer.bias
        self.scale, self.demodulate, self.up = scale, demodulate, up

    def forward(self, x, style):
        w = self.weight * self.scale * style[:, None, :, None, None]  # [rows, filters, channels, k, k]
        if self.demodulate:
            w = w * torch.rsqrt(w.square().sum((2, 3, 4), keepdim=True) + ${FLOOR})
        rows, k, x = len(x), w.shape[-1], x.flatten(0, 1)[None]
        if self.up:
            y = F.conv_transpose2d(x, w.transpose(1, 2).flatten(0, 1).flip((2, 3)), stride=2, groups=rows)
        else:
            around = ((k - 1) // 2, k // 2)
            y = F.conv2d(F.pad(x, around + around), w.flatten(0, 1), groups=rows)
        y = y.view(rows, -1, *y.shape[2:])
        if self.up:
            border = (4 - k) // 2 + 1, (3 - k) // 2 + 1
            y = filtered(y, [1, 3, 3, 1], 1, 1, 2, border)
        return y if self.bias is None else y + self.bias[:, None, None]
`,
    ],
    module({ params: given, shapes }) {
      const { filters, kernelSize, demodulate, up, useBias } = given;
      const channels = shapeAt(shapes.inputs, 'in').dims[2] as number;
      const layer = `nn.Conv2d(${channels}, ${filters}, kernel_size=${kernelSize}, stride=1, padding=0, dilation=1, groups=1, bias=${py(useBias)}, padding_mode='zeros')`;
      const scale = scaleOf(withoutNorms(given), kernelSize ** 2 * channels);
      return `ModulatedConv2d(${layer}, scale=${scale}, demodulate=${py(demodulate)}, up=${py(up)})`;
    },
    forward: ({ self, inputs }) => ({
      out: `${self}(${expressionAt(inputs, 'in')}, ${expressionAt(inputs, 'style')})`,
    }),
    state: { kernel: { name: 'weight', permute: [3, 2, 0, 1] }, bias: { name: 'bias' } },
  },
});

/** The norms of other kernels have no place here: demodulation is one. */
const withoutNorms = (given: Params): KernelParams => ({
  ...given,
  spectralNorm: false,
  weightNorm: false,
  powerIterations: 1,
});

/** [rows, C] → [rows, 1, 1, C] */
const perChannel = (tf: Tf, x: Tensor): Tensor =>
  tf.reshape(x, [x.shape[0] as number, 1, 1, x.shape[1] as number]);

/** The authors’ upsample_conv_2d: whole patches at twice the distance, then the filter, which cuts to 2H × 2W. */
function enlarge(tf: Tf, x: Tensor4D, kernel: Tensor4D): Tensor {
  const [rows, height, width] = x.shape;
  const [size, , , filters] = kernel.shape;
  const patches = tf.transpose(tf.reverse(kernel, [0, 1]), [0, 1, 3, 2]) as Tensor4D;
  const long = (length: number) => 2 * (length - 1) + size;
  const y = tf.conv2dTranspose(x, patches, [rows, long(height), long(width), filters], 2, 'valid');
  return filterSpace(tf, y, smoothing(size));
}

/** What is left of the filter’s border where the patches overlap it. */
function smoothing(kernelSize: number): Filter {
  const kernel = [1, 3, 3, 1];
  const pads = [Math.floor((4 - kernelSize) / 2) + 1, Math.floor((3 - kernelSize) / 2) + 1] as const;
  return { kernel, up: 1, down: 1, gain: 2, pads };
}
