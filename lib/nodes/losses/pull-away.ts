import * as z from 'zod';
import { defineLoss } from '../define';
import { expressionAt, tensorAt } from '../ports';
import { scalar, scalarOut } from './two';

/** Under the root, so that a row of zeros has a direction and a slope. */
const FLOOR = 1e-12;

/** Zhao et al. 2016: the mean squared cosine between the rows of a batch. */
export const pullAway = defineLoss({
  kind: 'pull-away',
  role: 'loss',
  title: 'Pull away',
  category: 'Losses',
  place: ['game'],
  summary: 'Punishes the codes of a batch for pointing the same way, so that fakes differ from one another.',
  formula:
    'J = \\frac{1}{n (n - 1)} \\sum_{i \\ne j} \\left( \\frac{s_i^\\top s_j}{\\lVert s_i \\rVert \\lVert s_j \\rVert} \\right)^2',
  source: { label: 'Zhao et al. 2016 (EBGAN)', url: 'https://arxiv.org/abs/1609.03126' },
  aliases: ['ebgan', 'repelling', 'diversity', 'orthogonal', 'cosine', 'mode collapse'],
  traits: { alone: { severity: 'warning', says: 'is 0, since there is nothing to differ from' } },
  params: z.strictObject({}),
  examples: [
    { inputs: { in: [4] }, outputs: { out: [] } },
    { inputs: { in: [2, 2, 2] }, outputs: { out: [] } },
  ],
  inputs: () => [{ name: 'in', type: 'tensor', help: 'Codes of fakes, a row per example.' }],
  outputs: scalarOut,
  infer: () => ({ out: scalar }),
  differentiable: 2,
  evaluate(tf, _, { inputs }) {
    const rows = tensorAt(inputs, 'in');
    const n = rows.shape[0] ?? 1;
    const flat = tf.reshape(rows, [n, -1]);
    const norm = tf.sqrt(tf.add(tf.sum(tf.square(flat), 1, true), FLOOR));
    const unit = tf.div(flat, norm);
    const cosines = tf.square(tf.matMul(unit, unit, false, true)); // [n, n]
    const own = tf.square(tf.sum(tf.square(unit), 1)); // its diagonal
    // One row alone has nothing to pull away from.
    return tf.div(tf.sub(tf.sum(cosines), tf.sum(own)), Math.max(1, n * (n - 1)));
  },
  torch: {
    forward({ inputs }) {
      const rows = `${expressionAt(inputs, 'in')}.flatten(1)`;
      const unit = `(lambda s: s / s.square().sum(1, keepdim=True).add(${FLOOR}).sqrt())(${rows})`;
      return {
        out: `(lambda u: ((u @ u.T).square().sum() - u.square().sum(1).square().sum()) / max(1, len(u) * (len(u) - 1)))(${unit})`,
      };
    },
  },
});
