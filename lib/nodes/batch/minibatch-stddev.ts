import * as z from 'zod';
import { shape, sizeOf } from '@/lib/shapes/shape';
import { defineOp, type Tensor, type Tf } from '../define';
import { param } from '../params';
import { expressionAt, shapeAt, tensorAt, tensorIn, tensorOut } from '../ports';

/** Under the root, so that a group of equal examples gives 1e-4 and a finite slope. */
const EPSILON = 1e-8;

/**
 * Groups as in PG-GAN: of n rows in groups of g, rows r, r + n/g, r + 2n/g … are one. Where g does not divide
 * n, the largest smaller number that does is taken.
 */
export const minibatchStddev = defineOp({
  kind: 'minibatch-stddev',
  role: 'op',
  title: 'Minibatch deviation',
  category: 'Batch statistics',
  place: ['network', 'game'],
  summary:
    'Adds how much the examples of a group differ as further channels, so that D sees a lack of variety.',
  formula:
    'y = \\left[x,\\; \\operatorname{mean}_f \\sqrt{\\tfrac1g \\textstyle\\sum_i (x_{if} - \\mu_f)^2 + 10^{-8}}\\right]',
  source: { label: 'Karras et al. 2018 (PG-GAN)', url: 'https://arxiv.org/abs/1710.10196' },
  aliases: ['standard deviation', 'variety', 'mode collapse', 'diversity', 'batch'],
  traits: {
    batchStatistics: true,
    alone: { severity: 'warning', says: 'adds a deviation of 0 always' },
  },
  params: z.strictObject({
    groupSize: param(z.int().min(1).max(4_096).default(4), {
      label: 'Group size',
      help: 'Examples that are compared. Where it does not divide the batch, the next smaller that does.',
      step: 1,
    }),
    form: param(z.enum(['scalar', 'per-feature']).default('scalar'), {
      label: 'Form',
      help: 'Scalar adds the mean deviation as one channel; per feature adds each deviation in its place.',
    }),
  }),
  caption: ({ groupSize, form }) =>
    form === 'scalar' ? `groups of ${groupSize}` : `${groupSize}, per feature`,
  examples: [
    { inputs: { in: [4] }, outputs: { out: [5] } },
    { params: { groupSize: 3 }, inputs: { in: [2, 2, 3] }, outputs: { out: [2, 2, 4] } },
    { params: { form: 'per-feature' }, inputs: { in: [4] }, outputs: { out: [8] } },
    { params: { form: 'per-feature' }, inputs: { in: [2, 2, 2] }, outputs: { out: [2, 2, 4] } },
  ],
  inputs: tensorIn,
  outputs: tensorOut,
  infer({ form }, inputs) {
    const { dims, batch } = shapeAt(inputs, 'in');
    const channels = dims.at(-1) as number;
    return { out: shape(dims.with(-1, form === 'scalar' ? channels + 1 : 2 * channels), batch) };
  },
  cost: (_, inputs) => 4 * sizeOf(shapeAt(inputs, 'in').dims),
  differentiable: 2,
  apply(tf, { params: { groupSize, form }, inputs }) {
    const x = tensorAt(inputs, 'in');
    const rows = x.shape[0] as number;
    const channels = x.shape.at(-1) as number;
    const size = groupOf(rows, groupSize);
    const grouped = tf.reshape(x, [size, rows / size, -1, channels]); // [g, groups, places, C]
    const deviation = deviationOf(tf, grouped); // [1, groups, places, C]
    const added = form === 'scalar' ? tf.mean(deviation, [2, 3], true) : deviation;
    // A sum with zeros repeats it for each member of the group, and at each place.
    const repeated = tf.add(added, tf.zeros([...grouped.shape.slice(0, 3), 1]));
    const joined = tf.concat([grouped, repeated], 3);
    return { outputs: { out: tf.reshape(joined, x.shape.with(-1, joined.shape[3] as number)) } };
  },
  layersLine: `({ in: [x] }, { groupSize, form }) => {
    const [rows, channels] = [x.shape[0], x.shape.at(-1)];
    let size = Math.min(groupSize, rows);
    while (rows % size !== 0) size--;
    const grouped = tf.reshape(x, [size, rows / size, -1, channels]);
    const variance = tf.mean(tf.square(tf.sub(grouped, tf.mean(grouped, 0, true))), 0, true);
    const deviation = tf.sqrt(tf.add(variance, 1e-8));
    const added = form === 'scalar' ? tf.mean(deviation, [2, 3], true) : deviation;
    const joined = tf.concat([grouped, tf.add(added, tf.zeros([...grouped.shape.slice(0, 3), 1]))], 3);
    return tf.reshape(joined, x.shape.with(-1, joined.shape[3]));
  }`,
  torch: {
    forward({ params: { groupSize, form }, inputs }) {
      const size = `next(g for g in range(min(${groupSize}, x.shape[0]), 0, -1) if x.shape[0] % g == 0)`;
      const deviation = `(x.reshape(g, -1, *x.shape[1:]).var(0, correction=0) + ${EPSILON}).sqrt()`;
      const added =
        form === 'scalar'
          ? `${deviation}.flatten(1).mean(1).repeat(g).reshape(-1, *[1] * (x.dim() - 1)).expand(-1, 1, *x.shape[2:])`
          : `${deviation}.repeat(g, *[1] * (x.dim() - 1))`;
      const join = `(lambda x, g: torch.cat([x, ${added}], dim=1))(x, ${size})`;
      return { out: `(lambda x: ${join})(${expressionAt(inputs, 'in')})` };
    },
  },
});

/** The largest number up to `groupSize` that divides the rows. */
function groupOf(rows: number, groupSize: number): number {
  let size = Math.min(groupSize, rows);
  while (rows % size !== 0) size--;
  return size;
}

/** √(σ² + ε) over the first axis, σ² biased. */
function deviationOf(tf: Tf, x: Tensor): Tensor {
  const centred = tf.sub(x, tf.mean(x, 0, true));
  return tf.sqrt(tf.add(tf.mean(tf.square(centred), 0, true), EPSILON));
}
