import * as z from 'zod';
import { formatDims, shape, sizeOf } from '@/lib/shapes/shape';
import { defineOp, problem } from '../define';
import { param } from '../params';
import { expressionAt, shapeAt, tensorAt, tensorIn, tensorOut } from '../ports';
import { imageProblem } from './image';
import { type Filter, filteredLength, filterSpace, torchFilter, torchFiltered } from './resample';

/** [H, W, C] → the same, twice as large, or half: filter_2d, upsample_2d and downsample_2d of StyleGAN2’s code. */
export const blur = defineOp({
  kind: 'blur',
  role: 'op',
  title: 'Blur',
  category: 'Layers',
  place: ['network', 'game'],
  summary: 'Lays a fixed soft window over each channel, so that changing its size leaves no checkerboard.',
  formula: 'y_{ij} = \\sum_{u,v} k_u k_v\\, x_{i-u,\\,j-v}, \\quad k = \\tfrac18 (1, 3, 3, 1)',
  source: {
    label: 'Karras et al. 2020 (upfirdn_2d.py)',
    url: 'https://github.com/NVlabs/stylegan2/blob/master/dnnlib/tflib/ops/upfirdn_2d.py',
  },
  aliases: ['filter', 'smooth', 'low-pass', 'stylegan', 'antialias', 'resample', 'upfirdn'],
  params: z.strictObject({
    kernel: param(z.array(z.number().min(0).max(1000)).min(1).max(16).default([1, 3, 3, 1]), {
      label: 'Kernel',
      help: 'The window along each axis. It is divided by its sum.',
    }),
    resample: param(z.enum(['none', 'up', 'down']).default('none'), {
      label: 'Resample',
      help: 'Up makes the image twice as large, its pixels spread before the filter; down keeps every second one after it.',
    }),
  }),
  sign: ({ kernel }) => ({ type: 'window', size: kernel.length, strides: 1 }),
  caption: ({ kernel, resample }) => `${kernel.join(' ')}${{ none: '', up: ' ↑2', down: ' ↓2' }[resample]}`,
  examples: [
    { inputs: { in: [4, 3, 2] }, outputs: { out: [4, 3, 2] } },
    { params: { resample: 'up' }, inputs: { in: [2, 3, 2] }, outputs: { out: [4, 6, 2] } },
    {
      params: { resample: 'down', kernel: [1, 2, 4] },
      inputs: { in: [4, 5, 1] },
      outputs: { out: [2, 2, 1] },
    },
    { params: { resample: 'up', kernel: [1] }, inputs: { in: [2, 1, 1] }, outputs: { out: [4, 2, 1] } },
  ],
  inputs: tensorIn,
  outputs: tensorOut,
  infer(params, inputs) {
    const input = shapeAt(inputs, 'in');
    const wrong = imageProblem('Blur', input);
    if (wrong) return wrong;
    if (params.kernel.every((tap) => tap === 0))
      return problem({
        code: 'param-conflict',
        message: `A kernel of ${params.kernel.length} zeros leaves nothing of the image.`,
        fix: { label: 'Use 1 3 3 1', params: { kernel: [1, 3, 3, 1] } },
      });
    const filter = filterOf(params);
    const [height = 0, width = 0, channels = 0] = input.dims;
    const [rows, columns] = [filteredLength(height, filter), filteredLength(width, filter)];
    if (rows < 1 || columns < 1)
      return problem({
        code: 'kernel-too-large',
        port: 'in',
        message: `Half of ${formatDims(input.dims)} has no pixels left: height and width must be 2 at least.`,
        fix: { label: 'Keep the size', params: { resample: 'none' } },
      });
    return { out: shape([rows, columns, channels], input.batch) };
  },
  cost: ({ kernel }, _, { out }) => 2 * kernel.length * sizeOf(out?.dims ?? [0]),
  differentiable: 2,
  apply: (tf, { params, inputs }) => ({
    outputs: { out: filterSpace(tf, tensorAt(inputs, 'in'), filterOf(params)) },
  }),
  torch: {
    classes: [torchFilter],
    forward: ({ params, inputs }) => ({ out: torchFiltered(expressionAt(inputs, 'in'), filterOf(params)) }),
  },
});

function filterOf({ kernel, resample }: { kernel: readonly number[]; resample: string }): Filter {
  const [up, down] = [resample === 'up' ? 2 : 1, resample === 'down' ? 2 : 1];
  const around = kernel.length - Math.max(up, down);
  const pads = [Math.floor((around + 1) / 2) + up - 1, Math.floor(around / 2)] as const;
  return { kernel, up, down, gain: up, pads };
}
