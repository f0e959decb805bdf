import * as z from 'zod';
import { shape, sizeOf } from '@/lib/shapes/shape';
import { defineOp, problem } from '../define';
import { expressionAt, shapeAt, tensorAt, tensorIn, tensorOut } from '../ports';
import { toChannelsLast } from '../torch';

/** Under the root, so that a batch of equal examples keeps a finite slope. */
const FLOOR = 1e-12;

/** [rows, n] → [1, 4 n]: all means, all deviations, all skews, all kurtoses. */
export const batchMoments = defineOp({
  kind: 'batch-moments',
  role: 'op',
  title: 'Batch moments',
  category: 'Batch statistics',
  place: ['network', 'game'],
  summary:
    'Mean, deviation, skew and excess kurtosis of the whole batch as one row: D judges the distribution.',
  formula:
    'y = \\left[\\mu,\\; \\sigma,\\; \\overline{z^3},\\; \\overline{z^4} - 3\\right], \\quad z = \\frac{x - \\mu}{\\sigma}',
  source: {
    label: 'Nag 2017 (GANs in 50 lines)',
    url: 'https://github.com/devnag/pytorch-generative-adversarial-networks',
  },
  aliases: ['mean', 'deviation', 'skew', 'kurtosis', 'statistics', 'distribution'],
  traits: {
    batchStatistics: true,
    alone: { severity: 'error', says: 'finds a deviation of 0, and a skew and kurtosis that never change' },
  },
  params: z.strictObject({}),
  examples: [
    { inputs: { in: [1] }, outputs: { out: [4] } },
    { inputs: { in: [2, 1, 2] }, outputs: { out: [16] } },
  ],
  inputs: tensorIn,
  outputs: tensorOut,
  infer(_, inputs) {
    const { dims, batch } = shapeAt(inputs, 'in');
    if (batch === 'one')
      return problem({
        code: 'batch-too-small',
        port: 'in',
        message: 'Batch moments of a single row: its deviation is 0.',
        hint: 'Give it a batch.',
      });
    return { out: shape([4 * sizeOf(dims)], 'one') };
  },
  cost: (_, inputs) => 8 * sizeOf(shapeAt(inputs, 'in').dims),
  differentiable: 2,
  apply(tf, { inputs }) {
    const x = tensorAt(inputs, 'in');
    const flat = tf.reshape(x, [x.shape[0] as number, -1]);
    const mean = tf.mean(flat, 0, true); // [1, n]
    const centred = tf.sub(flat, mean);
    const deviation = tf.sqrt(tf.add(tf.mean(tf.square(centred), 0, true), FLOOR));
    const unit = tf.div(centred, deviation);
    const square = tf.square(unit);
    const skew = tf.mean(tf.mul(square, unit), 0, true);
    const kurtosis = tf.sub(tf.mean(tf.square(square), 0, true), 3);
    return { outputs: { out: tf.concat([mean, deviation, skew, kurtosis], 1) } };
  },
  torch: {
    forward({ shapes, inputs }) {
      const flat = `${toChannelsLast(expressionAt(inputs, 'in'), shapeAt(shapes.inputs, 'in').dims.length)}.flatten(1)`;
      const moments =
        '(lambda m, s, z: torch.cat([m, s, z.pow(3).mean(0, True), z.pow(4).mean(0, True) - 3], dim=1))';
      const deviation = `(x.var(0, correction=0, keepdim=True) + ${FLOOR}).sqrt()`;
      const unit = `(lambda x, m, s: ${moments}(m, s, (x - m) / s))`;
      return { out: `(lambda x: ${unit}(x, x.mean(0, True), ${deviation}))(${flat})` };
    },
  },
});
