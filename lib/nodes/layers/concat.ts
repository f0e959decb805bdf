import * as z from 'zod';
import { formatDims, type Shape, sizeOf } from '@/lib/shapes/shape';
import { defineOp, type Inference, problem, type Tensor, type Tf } from '../define';
import { param } from '../params';
import { expressionsAt, shapesAt, tensorOut, tensorsAt } from '../ports';
import { manyIn } from './alike';

/** Axes count without the batch. A vector that meets an image is repeated at every pixel. */
export const concat = defineOp({
  kind: 'concat',
  role: 'op',
  title: 'Concat',
  category: 'Layers',
  place: ['network', 'game'],
  summary: 'Lays tensors side by side; a vector meets an image as extra channels, the same at every pixel.',
  formula: 'y = [x_1, x_2, \\dots]',
  source: { label: 'Mirza & Osindero 2014 (conditional GAN)', url: 'https://arxiv.org/abs/1411.1784' },
  aliases: ['join', 'stack', 'condition', 'label', 'skip'],
  params: z.strictObject({
    axis: param(z.int().min(-5).max(4).default(-1), {
      label: 'Axis',
      help: 'Along which they are laid, without the batch; -1 is the last: channels.',
      step: 1,
    }),
  }),
  caption: ({ axis }) => (axis === -1 ? '' : `axis ${axis}`),
  examples: [
    { inputs: { in: [[2], [3]] }, outputs: { out: [5] } },
    { inputs: { in: [[2, 3, 2], [4]] }, outputs: { out: [2, 3, 6] } },
    {
      params: { axis: 0 },
      inputs: {
        in: [
          [1, 2, 3],
          [2, 2, 3],
        ],
      },
      outputs: { out: [3, 2, 3] },
    },
  ],
  inputs: manyIn,
  outputs: tensorOut,
  infer: ({ axis }, inputs) => inferConcat(axis, shapesAt(inputs, 'in')),
  cost: (_, __, { out }) => sizeOf(out?.dims ?? [0]),
  differentiable: 2,
  apply(tf, { params: { axis }, inputs }) {
    const tensors = tensorsAt(inputs, 'in');
    const image = tensors.find(({ rank }) => rank > 2);
    const all = image ? tensors.map((x) => overSpace(tf, x, image)) : [...tensors];
    const along = axis < 0 ? (all[0]?.rank ?? 0) + axis : axis + 1;
    return { outputs: { out: tf.concat(all, along) } };
  },
  layersLine: `({ in: xs }, { axis }) => {
    const image = xs.find((x) => x.rank > 2);
    const over = (x) => {
      const space = image.shape.slice(1, -1);
      const points = tf.reshape(x, [x.shape[0], ...space.map(() => 1), x.shape[1]]);
      return tf.broadcastTo(points, [x.shape[0], ...space, x.shape[1]]);
    };
    const all = xs.map((x) => (image && x.rank === 2 ? over(x) : x));
    return tf.concat(all, axis < 0 ? all[0].rank + axis : axis + 1);
  }`,
  torch: {
    forward({ params: { axis }, shapes, inputs }) {
      const dims = shapesAt(shapes.inputs, 'in').map((shape) => shape.dims);
      const image = dims.find(({ length }) => length > 1);
      const all = expressionsAt(inputs, 'in').map((x, i) =>
        image && dims[i]?.length === 1 ? torchOverSpace(x, image) : x,
      );
      const rank = image?.length ?? 1;
      const along = axis < 0 ? rank + axis : axis;
      return { out: `torch.cat([${all.join(', ')}], dim=${along === rank - 1 ? 1 : along + 2})` };
    },
  },
});

function inferConcat(axis: number, shapes: readonly Shape[]): Inference {
  const full = shapes.find(({ dims }) => dims.length > 1) ?? shapes[0];
  if (!full) return {};
  const rank = full.dims.length;
  const along = axis < 0 ? rank + axis : axis;
  if (along < 0 || along >= rank)
    return problem({
      code: 'param-range',
      message: `Concat along axis ${axis} needs tensors of more axes than ${formatDims(full.dims)} has.`,
      hint: 'Axes count without the batch.',
      fix: { label: 'Use the last', params: { axis: -1 } },
    });
  const isRepeated = (dims: readonly number[]) => dims.length === 1 && rank > 1 && along === rank - 1;
  const odd = shapes.find(
    ({ dims }) =>
      !isRepeated(dims) &&
      (dims.length !== rank || dims.some((dim, i) => i !== along && dim !== full.dims[i])),
  );
  if (odd)
    return problem({
      code: 'shape-mismatch',
      port: 'in',
      message: `Concat along axis ${along} lays ${formatDims(full.dims)} beside ${formatDims(odd.dims)}: all other axes must be alike.`,
      hint: 'A vector meets an image along the last axis; other tensors need the same height and width.',
    });
  const total = shapes.reduce(
    (sum, { dims }) => sum + (isRepeated(dims) ? (dims[0] ?? 0) : (dims[along] ?? 0)),
    0,
  );
  return { out: { dims: full.dims.with(along, total), batch: full.batch } };
}

/** [batch, C] → [batch, height, width, C] */
function overSpace(tf: Tf, x: Tensor, image: Tensor): Tensor {
  if (x.rank !== 2) return x;
  const [rows, channels] = x.shape as [number, number];
  const space = image.shape.slice(1, -1);
  return tf.broadcastTo(tf.reshape(x, [rows, ...space.map(() => 1), channels]), [rows, ...space, channels]);
}

const torchOverSpace = (x: string, image: readonly number[]): string => {
  const space = image.slice(0, -1);
  return `${x}[:, :, ${space.map(() => 'None').join(', ')}].expand(-1, -1, ${space.join(', ')})`;
};
