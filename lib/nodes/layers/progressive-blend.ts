import * as z from 'zod';
import { sizeOf } from '@/lib/shapes/shape';
import { defineOp, type InputPort } from '../define';
import { liveParam, scheduledCaption, valueAt } from '../params';
import { expressionAt, shapeAt, tensorAt, tensorOut } from '../ports';
import { inferAlike } from './alike';

const blend = `def blend(low, high, alpha):
    """From low to high; where one of them is all of it, no gradient reaches the other."""
    return low if alpha == 0 else high if alpha == 1 else torch.lerp(low, high, alpha)`;

export const progressiveBlend = defineOp({
  kind: 'progressive-blend',
  role: 'op',
  title: 'Progressive blend',
  category: 'Layers',
  place: ['network', 'game'],
  summary:
    'Fades from a low-resolution branch to a new one, so that a network can grow while it trains. A branch whose share is 0 is not computed, and its weights are not updated.',
  formula: 'y = (1 - \\alpha)\\, x_{\\text{low}} + \\alpha\\, x_{\\text{high}}',
  source: { label: 'Karras et al. 2018 (PG-GAN)', url: 'https://arxiv.org/abs/1710.10196' },
  aliases: ['fade', 'lerp', 'grow', 'mix', 'alpha', 'resolution'],
  params: z.strictObject({
    alpha: liveParam(z.number().min(0).max(1), 0, {
      label: 'Share of the new branch α',
      help: '0 is the low branch alone, 1 the high one; a ramp over part of the run fades.',
      step: 0.05,
    }),
  }),
  caption: ({ alpha }) => `α ${scheduledCaption(alpha)}`,
  examples: [
    { params: { alpha: 0.3 }, inputs: { low: [4], high: [4] }, outputs: { out: [4] } },
    { params: { alpha: 0.75 }, inputs: { low: [2, 2, 3], high: [2, 2, 3] }, outputs: { out: [2, 2, 3] } },
  ],
  inputs: (): readonly InputPort[] => [
    { name: 'low', type: 'tensor', help: 'The old branch, brought to the new size.' },
    { name: 'high', type: 'tensor', help: 'The new branch.' },
  ],
  outputs: tensorOut,
  infer: (_, inputs) =>
    inferAlike('Progressive blend', [
      ['low', shapeAt(inputs, 'low')],
      ['high', shapeAt(inputs, 'high')],
    ]),
  cost: (_, inputs) => 2 * sizeOf(shapeAt(inputs, 'low').dims),
  differentiable: 2,
  reads: ({ alpha }) => (alpha === 0 ? ['low'] : alpha === 1 ? ['high'] : ['low', 'high']),
  apply: (tf, { params: { alpha }, inputs }) => {
    if (alpha === 0) return { outputs: { out: tensorAt(inputs, 'low') } };
    if (alpha === 1) return { outputs: { out: tensorAt(inputs, 'high') } };
    const [low, high] = [tensorAt(inputs, 'low'), tensorAt(inputs, 'high')];
    return { outputs: { out: tf.add(tf.mul(low, 1 - alpha), tf.mul(high, alpha)) } };
  },
  torch: {
    classes: [blend],
    reads: ({ alpha }) => ({ low: `${valueAt(alpha, 0)} < 1`, high: `${valueAt(alpha, 0)} > 0` }),
    forward: ({ params: { alpha }, inputs }) => ({
      out: `blend(${expressionAt(inputs, 'low')}, ${expressionAt(inputs, 'high')}, ${valueAt(alpha, 0)})`,
    }),
  },
});
