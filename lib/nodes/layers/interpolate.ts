import * as z from 'zod';
import { sizeOf } from '@/lib/shapes/shape';
import { defineOp } from '../define';
import { expressionAt, shapeAt, tensorAt, tensorOut } from '../ports';
import { whenTraining } from '../torch';
import { inferAlike } from './alike';
import { pairIn } from './pairwise';

/** A weight per example, not per number: each result lies on the line between its two. */
export const interpolate = defineOp({
  kind: 'interpolate',
  role: 'op',
  title: 'Interpolate',
  category: 'Layers',
  place: ['network', 'game'],
  summary: 'A point on the line from each a to each b, at a random place; halfway in eval mode.',
  formula: 'y = u\\, a + (1 - u)\\, b, \\quad u \\sim U(0, 1) \\text{ per example}',
  source: { label: 'Gulrajani et al. 2017 (WGAN-GP)', url: 'https://arxiv.org/abs/1704.00028' },
  aliases: ['mix', 'line', 'between', 'mixup', 'random', 'penalty'],
  params: z.strictObject({}),
  examples: [
    { inputs: { a: [4], b: [4] }, outputs: { out: [4] } },
    { inputs: { a: [2, 2, 3], b: [2, 2, 3] }, outputs: { out: [2, 2, 3] } },
  ],
  inputs: pairIn,
  outputs: tensorOut,
  infer: (_, inputs) =>
    inferAlike('Interpolate', [
      ['a', shapeAt(inputs, 'a')],
      ['b', shapeAt(inputs, 'b')],
    ]),
  cost: (_, inputs) => 2 * sizeOf(shapeAt(inputs, 'a').dims),
  differentiable: 2,
  random: true,
  apply(tf, { inputs, context }) {
    const [a, b] = [tensorAt(inputs, 'a'), tensorAt(inputs, 'b')];
    const perExample = [a.shape[0] as number, ...a.shape.slice(1).map(() => 1)];
    // tfjs takes seed 0 for "no seed".
    const u =
      context.mode === 'eval'
        ? tf.scalar(0.5)
        : tf.randomUniform(perExample, 0, 1, 'float32', context.seed('weight') + 1);
    return { outputs: { out: tf.add(b, tf.mul(u, tf.sub(a, b))) } };
  },
  torch: {
    forward({ inputs }) {
      const [a, b] = [expressionAt(inputs, 'a'), expressionAt(inputs, 'b')];
      const u = `uniform(len(${a}), *[1] * (${a}.dim() - 1))`;
      return { out: `torch.lerp(${b}, ${a}, ${whenTraining(u, `torch.full_like(${a}[:1], 0.5)`)})` };
    },
  },
});
