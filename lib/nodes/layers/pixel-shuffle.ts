import * as z from 'zod';
import { formatDims, shape } from '@/lib/shapes/shape';
import { defineOp, problem } from '../define';
import { param } from '../params';
import { expressionAt, shapeAt, tensorAt, tensorIn, tensorOut } from '../ports';
import { imageProblem } from './image';

/** [H, W, C s²] → [sH, sW, C]; channel c s² + i s + j goes to row i and column j of a pixel, as in PyTorch. */
export const pixelShuffle = defineOp({
  kind: 'pixel-shuffle',
  role: 'op',
  title: 'Pixel shuffle',
  category: 'Layers',
  place: ['network', 'game'],
  summary:
    'Makes an image larger by laying its channels out as pixels: upsampling by an ordinary convolution.',
  formula: 'y_{si+u,\\; sj+v,\\; c} = x_{i,\\; j,\\; cs^2+us+v}',
  source: { label: 'Shi et al. 2016', url: 'https://arxiv.org/abs/1609.05158' },
  aliases: ['depth to space', 'subpixel', 'upsample', 'super-resolution', 'srgan'],
  traits: { keepsValues: true },
  params: z.strictObject({
    scale: param(z.int().min(2).max(16).default(2), {
      label: 'Scale s',
      help: 'How many times larger height and width become; channels become s² times fewer.',
      step: 1,
    }),
  }),
  caption: ({ scale }) => `×${scale}`,
  examples: [
    { inputs: { in: [2, 3, 4] }, outputs: { out: [4, 6, 1] } },
    { params: { scale: 3 }, inputs: { in: [1, 2, 18] }, outputs: { out: [3, 6, 2] } },
  ],
  inputs: tensorIn,
  outputs: tensorOut,
  infer({ scale }, inputs) {
    const input = shapeAt(inputs, 'in');
    const wrong = imageProblem('Pixel shuffle', input);
    if (wrong) return wrong;
    const [height = 0, width = 0, channels = 0] = input.dims;
    if (channels % scale ** 2 !== 0)
      return problem({
        code: 'size-mismatch',
        port: 'in',
        message: `Pixel shuffle by ${scale} takes ${scale ** 2} channels for each that comes out, but ${formatDims(input.dims)} has ${channels}.`,
        hint: `Give what comes before a multiple of ${scale ** 2} filters.`,
      });
    return { out: shape([height * scale, width * scale, channels / scale ** 2], input.batch) };
  },
  cost: () => 0,
  differentiable: 2,
  apply(tf, { params: { scale }, inputs }) {
    const x = tensorAt(inputs, 'in');
    const [rows, height, width, channels] = x.shape as [number, number, number, number];
    const out = channels / scale ** 2;
    // [rows·H, W, C, s, s] → [rows·H, s, W, s, C]
    const parts = tf.reshape(x, [rows * height, width, out, scale, scale]);
    const laid = tf.transpose(parts, [0, 3, 1, 4, 2]);
    return { outputs: { out: tf.reshape(laid, [rows, height * scale, width * scale, out]) } };
  },
  layersLine: `({ in: [x] }, { scale }) => {
    const [rows, height, width, channels] = x.shape;
    const out = channels / scale ** 2;
    const parts = tf.transpose(tf.reshape(x, [rows * height, width, out, scale, scale]), [0, 3, 1, 4, 2]);
    return tf.reshape(parts, [rows, height * scale, width * scale, out]);
  }`,
  torch: {
    forward: ({ params: { scale }, inputs }) => ({
      out: `F.pixel_shuffle(${expressionAt(inputs, 'in')}, upscale_factor=${scale})`,
    }),
  },
});
