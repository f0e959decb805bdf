import * as z from 'zod';
import { formatDims, shape, sizeOf } from '@/lib/shapes/shape';
import { defineOp, problem } from '../define';
import { param } from '../params';
import { expressionAt, shapeAt, tensorAt, tensorIn, tensorOut } from '../ports';
import { py, toChannelsFirst, toChannelsLast } from '../torch';

/** Keeps the norm's slope finite at 0. */
const FLOOR = 1e-12;

const signs = { mean: 'mean', sum: '∑', norm: '‖·‖' } as const;

export const reduce = defineOp({
  kind: 'reduce',
  role: 'op',
  title: 'Reduce',
  category: 'Layers',
  place: ['network', 'game'],
  summary: 'The mean, the sum or the Euclidean norm over some axes, or over all of an example.',
  formula:
    'y = \\tfrac1n \\sum_i x_i, \\quad \\sum_i x_i \\quad \\text{or} \\quad \\sqrt{\\textstyle\\sum_i x_i^2}',
  source: { label: 'torch.sum', url: 'https://pytorch.org/docs/stable/generated/torch.sum.html' },
  aliases: ['mean', 'sum', 'norm', 'average', 'length', 'pool'],
  traits: { maps: (x, { operation }) => (operation === 'mean' ? x : undefined) },
  params: z.strictObject({
    operation: param(z.enum(['mean', 'sum', 'norm']).default('mean'), {
      label: 'Operation',
      help: 'What becomes of the numbers along the axes.',
    }),
    axes: param(z.union([z.literal('all'), z.array(z.int().min(-5).max(4)).min(1).max(5)]).default('all'), {
      label: 'Axes',
      help: 'Which axes go, without the batch; -1 is the last. All leaves one number per example.',
      input: 'json',
    }),
  }),
  caption: ({ operation, axes }) =>
    axes === 'all' ? signs[operation] : `${signs[operation]} ${axes.join(', ')}`,
  examples: [
    { inputs: { in: [4] }, outputs: { out: [1] } },
    { params: { operation: 'sum', axes: [0, 1] }, inputs: { in: [2, 3, 2] }, outputs: { out: [2] } },
    { params: { operation: 'norm', axes: [-1] }, inputs: { in: [2, 3, 2] }, outputs: { out: [2, 3] } },
    { params: { operation: 'norm' }, inputs: { in: [2, 2, 2] }, outputs: { out: [1] } },
  ],
  inputs: tensorIn,
  outputs: tensorOut,
  infer({ axes }, inputs) {
    const { dims, batch } = shapeAt(inputs, 'in');
    const gone = axesOf(axes, dims.length);
    const odd = gone.find((axis) => axis < 0 || axis >= dims.length);
    if (odd !== undefined || new Set(gone).size < gone.length)
      return problem({
        code: 'param-range',
        message: `Reduce over axes ${axes} needs each of them once in ${formatDims(dims)}.`,
        hint: 'Axes count without the batch, from 0 or from -1 at the end.',
        fix: { label: 'Reduce over all', params: { axes: 'all' } },
      });
    const left = dims.filter((_, axis) => !gone.includes(axis));
    return { out: shape(left.length > 0 ? left : [1], batch) };
  },
  cost: (_, inputs) => sizeOf(shapeAt(inputs, 'in').dims),
  differentiable: 2,
  apply(tf, { params: { operation, axes }, inputs }) {
    const x = tensorAt(inputs, 'in');
    const gone = axesOf(axes, x.rank - 1).map((axis) => axis + 1);
    const out =
      operation === 'norm' ? tf.sqrt(tf.add(tf.sum(tf.square(x), gone), FLOOR)) : tf[operation](x, gone);
    return { outputs: { out: out.rank === 1 ? tf.reshape(out, [-1, 1]) : out } };
  },
  torch: {
    forward({ params: { operation, axes }, shapes, inputs }) {
      const rank = shapeAt(shapes.inputs, 'in').dims.length;
      const gone = axesOf(axes, rank);
      const x = toChannelsLast(expressionAt(inputs, 'in'), rank);
      const along = py(gone.map((axis) => axis + 1));
      const y =
        operation === 'norm'
          ? `${x}.square().sum(${along}).add(${FLOOR}).sqrt()`
          : `${x}.${operation}(${along})`;
      const left = rank - gone.length;
      return { out: left === 0 ? `${y}[:, None]` : toChannelsFirst(y, left) };
    },
  },
});

const axesOf = (axes: 'all' | readonly number[], rank: number): number[] =>
  axes === 'all'
    ? Array.from({ length: rank }, (_, axis) => axis)
    : axes.map((axis) => (axis < 0 ? rank + axis : axis));
