import * as z from 'zod';
import { formatDims, shape } from '@/lib/shapes/shape';
import { defineOp, problem } from '../define';
import { param } from '../params';
import { expressionAt, shapeAt, tensorAt, tensorIn, tensorOut } from '../ports';

export const slice = defineOp({
  kind: 'slice',
  role: 'op',
  title: 'Slice',
  category: 'Layers',
  place: ['network', 'game'],
  summary: 'Cuts a stretch out of a tensor along one axis: some features, some channels, a part of a code.',
  formula: 'y_i = x_{\\text{start} + i}, \\quad i < \\text{size}',
  source: { label: 'torch.narrow', url: 'https://pytorch.org/docs/stable/generated/torch.narrow.html' },
  aliases: ['cut', 'part', 'crop', 'split', 'narrow', 'select'],
  traits: { keepsValues: true },
  params: z.strictObject({
    start: param(z.int().min(0).max(65_535).default(0), {
      label: 'Start',
      help: 'The place of the first number that is kept, from 0.',
      step: 1,
    }),
    size: param(z.int().min(1).max(65_536).default(1), {
      label: 'Size',
      help: 'How many are kept.',
      step: 1,
    }),
    axis: param(z.int().min(-5).max(4).default(-1), {
      label: 'Axis',
      help: 'Along which it is cut, without the batch; -1 is the last: features or channels.',
      step: 1,
    }),
  }),
  caption: ({ start, size }) => (size === 1 ? `${start}` : `${start} … ${start + size - 1}`),
  examples: [
    { params: { start: 1, size: 2 }, inputs: { in: [4] }, outputs: { out: [2] } },
    { params: { size: 2 }, inputs: { in: [2, 3, 3] }, outputs: { out: [2, 3, 2] } },
    { params: { start: 1, size: 2, axis: 0 }, inputs: { in: [3, 2, 2] }, outputs: { out: [2, 2, 2] } },
  ],
  inputs: tensorIn,
  outputs: tensorOut,
  infer({ start, size, axis }, inputs) {
    const { dims, batch } = shapeAt(inputs, 'in');
    const along = axis < 0 ? dims.length + axis : axis;
    const length = dims[along];
    if (length === undefined)
      return problem({
        code: 'param-range',
        message: `Slice along axis ${axis} needs a tensor of more axes than ${formatDims(dims)} has.`,
        hint: 'Axes count without the batch.',
        fix: { label: 'Use the last', params: { axis: -1 } },
      });
    if (start + size > length)
      return problem({
        code: 'param-range',
        port: 'in',
        message: `Slice takes ${size} from place ${start} on, but axis ${axis} of ${formatDims(dims)} has ${length}.`,
        hint: `Start and size may come to ${length} at most.`,
        ...(start < length && {
          fix: { label: `Set size to ${length - start}`, params: { size: length - start } },
        }),
      });
    return { out: shape(dims.with(along, size), batch) };
  },
  cost: () => 0,
  differentiable: 2,
  apply(tf, { params: { start, size, axis }, inputs }) {
    const x = tensorAt(inputs, 'in');
    const along = axis < 0 ? x.rank + axis : axis + 1;
    const begin = x.shape.map((_, i) => (i === along ? start : 0));
    return { outputs: { out: tf.slice(x, begin, x.shape.with(along, size)) } };
  },
  layersLine: `({ in: [x] }, { start, size, axis }) => {
    const along = axis < 0 ? x.rank + axis : axis + 1;
    return tf.slice(x, x.shape.map((_, i) => (i === along ? start : 0)), x.shape.with(along, size));
  }`,
  torch: {
    forward({ params: { start, size, axis }, shapes, inputs }) {
      const rank = shapeAt(shapes.inputs, 'in').dims.length;
      const along = axis < 0 ? rank + axis : axis;
      const dim = along === rank - 1 ? 1 : along + 2;
      return { out: `${expressionAt(inputs, 'in')}.narrow(${dim}, ${start}, ${size})` };
    },
  },
});
