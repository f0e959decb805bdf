import * as z from 'zod';
import { shape, sizeOf } from '@/lib/shapes/shape';
import { defineOp, type Tensor, type Tf } from '../define';
import { param } from '../params';
import { expressionAt, shapeAt, tensorAt, tensorIn, tensorOut } from '../ports';
import { imageProblem, poolSizeParam } from './image';
import { resampleSpace } from './resample';

/**
 * [H, W, C] → [sH, sW, C]. tfjs has no second order of its resizing: nearest is broadcasting here, bilinear
 * and bicubic two products with fixed matrices. Pixels have their centres at halves, as in PyTorch without align_corners; bicubic is Keys’ kernel with a = -½, renormalised at the border.
 */
export const upsample2d = defineOp({
  kind: 'upsample2d',
  role: 'op',
  title: 'Upsample 2-D',
  category: 'Layers',
  place: ['network', 'game'],
  summary: 'Makes an image larger by repeating its pixels, or by lines or cubic curves between them.',
  formula: 'y_{i,j} = x_{\\lfloor i/s \\rfloor, \\lfloor j/s \\rfloor}',
  source: { label: 'Odena et al. 2016', url: 'https://distill.pub/2016/deconv-checkerboard/' },
  aliases: ['resize', 'nearest', 'bilinear', 'bicubic', 'enlarge', 'upscale', 'decoder'],
  traits: { maps: (x, { interpolation }) => (interpolation === 'bicubic' ? undefined : x) },
  params: z.strictObject({
    size: poolSizeParam('How many times larger height and width become.'),
    interpolation: param(z.enum(['nearest', 'bilinear', 'bicubic']).default('nearest'), {
      label: 'Interpolation',
      help: 'Nearest repeats pixels; bilinear weighs the four around each new one, bicubic sixteen, which is sharper and can overshoot.',
    }),
  }),
  caption: ({ size, interpolation }) =>
    interpolation === 'nearest' ? `×${size}` : `×${size} ${interpolation}`,
  examples: [
    { inputs: { in: [2, 3, 2] }, outputs: { out: [4, 6, 2] } },
    { params: { size: 3 }, inputs: { in: [2, 2, 1] }, outputs: { out: [6, 6, 1] } },
    { params: { interpolation: 'bilinear' }, inputs: { in: [3, 2, 2] }, outputs: { out: [6, 4, 2] } },
    {
      params: { size: 3, interpolation: 'bilinear' },
      inputs: { in: [1, 3, 1] },
      outputs: { out: [3, 9, 1] },
    },
    { params: { interpolation: 'bicubic' }, inputs: { in: [4, 3, 1] }, outputs: { out: [8, 6, 1] } },
  ],
  inputs: tensorIn,
  outputs: tensorOut,
  infer({ size }, inputs) {
    const input = shapeAt(inputs, 'in');
    const [height = 0, width = 0, channels = 0] = input.dims;
    return (
      imageProblem('Upsample 2-D', input) ?? {
        out: shape([height * size, width * size, channels], input.batch),
      }
    );
  },
  cost: ({ interpolation }, _, { out }) => pixelsRead[interpolation] * sizeOf(out?.dims ?? [0]),
  differentiable: 2,
  apply(tf, { params: { size, interpolation }, inputs }) {
    const x = tensorAt(inputs, 'in');
    const out =
      interpolation === 'nearest'
        ? repeat(tf, x, size)
        : resampleSpace(tf, x, (length) => matrix(tf, length, size, shares[interpolation]));
    return { outputs: { out } };
  },
  stock: ({ size, interpolation }) =>
    interpolation === 'nearest'
      ? { className: 'UpSampling2D', config: { size: [size, size], interpolation } }
      : undefined,
  torch: {
    forward: ({ params: { size, interpolation }, inputs }) => ({
      out: `F.interpolate(${expressionAt(inputs, 'in')}, scale_factor=${size}, mode='${interpolation}'${torchOptions[interpolation]})`,
    }),
  },
});

const pixelsRead = { nearest: 1, bilinear: 4, bicubic: 16 };

/** PyTorch’s bicubic has a = -¾, but for the one with antialiasing, which makes no difference where an image grows. */
const torchOptions = {
  nearest: '',
  bilinear: ', align_corners=False',
  bicubic: ', align_corners=False, antialias=True',
};

/** Every pixel s × s times: a sum with zeros broadcasts, and its gradient is one sum. */
function repeat(tf: Tf, x: Tensor, size: number): Tensor {
  const [rows, height, width, channels] = x.shape as [number, number, number, number];
  const across = tf.add(tf.reshape(x, [rows * height * width, 1, channels]), tf.zeros([1, size, 1])); // [rows·H·W, s, C]
  const line = width * size * channels;
  const down = tf.add(tf.reshape(across, [rows * height, 1, line]), tf.zeros([1, size, 1])); // [rows·H, s, sW·C]
  return tf.reshape(down, [rows, height * size, width * size, channels]);
}

/** What pixels count at a place between them: index and share. */
type Shares = (at: number, length: number) => readonly (readonly [pixel: number, share: number])[];

const shares = {
  bilinear(place, length) {
    const at = Math.min(length - 1, Math.max(0, place));
    const low = Math.floor(at);
    return at > low
      ? [
          [low, 1 - (at - low)],
          [low + 1, at - low],
        ]
      : [[low, 1]];
  },
  bicubic(at, length) {
    const around = [-1, 0, 1, 2].map((k) => Math.floor(at) + k).filter((i) => i >= 0 && i < length);
    const weights = around.map((i) => keys(Math.abs(at - i)));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return around.map((i, k) => [i, (weights[k] as number) / total]);
  },
} satisfies Record<string, Shares>;

/** Keys’ cubic kernel (1981) with a = -½. */
const keys = (d: number): number =>
  d <= 1 ? 1.5 * d ** 3 - 2.5 * d ** 2 + 1 : -0.5 * d ** 3 + 2.5 * d ** 2 - 4 * d + 2;

/** [n, s n]: the share of pixel i in new pixel o, whose centre lies at (o + ½)/s - ½ between the old ones. */
function matrix(tf: Tf, length: number, size: number, sharesAt: Shares): Tensor {
  const matrix = tf.buffer([length, length * size]);
  for (let o = 0; o < length * size; o++)
    for (const [pixel, share] of sharesAt((o + 0.5) / size - 0.5, length)) matrix.set(share, pixel, o);
  return matrix.toTensor();
}
