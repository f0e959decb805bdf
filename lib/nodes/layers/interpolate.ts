import * as z from 'zod';
import { sizeOf } from '@/lib/shapes/shape';
import { defineOp, type Tensor, type Tf } from '../define';
import { param, scheduled, scheduledCaption, valueAt } from '../params';
import { expressionAt, shapeAt, tensorAt, tensorOut } from '../ports';
import { whenTraining } from '../torch';
import { inferAlike } from './alike';
import { pairIn } from './pairwise';

/** Where sin ω is below this, ends point the same way or opposite ways, and arcs cannot be distinguished. */
const STRAIGHT = 1e-4;

const slerp = `def slerp(start, end, share):
    """From start to end by the angle between them; straight where they point the same way or opposite ways."""
    axes = list(range(1, start.dim()))
    length = lambda x: (x.square().sum(axes, keepdim=True) + 1e-12).sqrt()
    cosine = (start * end).sum(axes, keepdim=True) / (length(start) * length(end))
    straight = 1 - cosine.square() < ${STRAIGHT ** 2}
    safe = torch.where(straight, torch.zeros_like(cosine), cosine)
    angle, sine = torch.acos(safe), (1 - safe.square()).sqrt()
    arc = (torch.sin(share * angle) * end + torch.sin((1 - share) * angle) * start) / sine
    return torch.where(straight, torch.lerp(start, end, share + torch.zeros_like(start)), arc)`;

/** A weight per example, not per number: each result lies on the line, or the arc, between its two. */
export const interpolate = defineOp({
  kind: 'interpolate',
  role: 'op',
  title: 'Interpolate',
  category: 'Layers',
  place: ['network', 'game'],
  summary:
    'A point on the way from each a to each b, at a random place or a given one; along a line or an arc.',
  formula:
    'y = u\\, a + (1 - u)\\, b \\quad\\text{or}\\quad \\frac{\\sin(u \\omega)\\, a + \\sin((1 - u)\\, \\omega)\\, b}{\\sin \\omega}, \\quad \\cos \\omega = \\frac{a \\cdot b}{\\lVert a \\rVert \\lVert b \\rVert}',
  source: { label: 'Gulrajani et al. 2017 (WGAN-GP)', url: 'https://arxiv.org/abs/1704.00028' },
  aliases: ['mix', 'line', 'between', 'mixup', 'random', 'penalty', 'slerp', 'spherical', 'latent walk'],
  params: z.strictObject({
    path: param(z.enum(['linear', 'spherical']).default('linear'), {
      label: 'Path',
      help: 'Spherical turns from b to a, so that Gaussian latents keep their length on the way (White 2016).',
    }),
    at: param(scheduled(z.number().min(0).max(1)).nullable().default(null), {
      label: 'At',
      help: 'The share u of a: 0 is b, 1 is a. Empty: uniform per example, and halfway in eval mode.',
      live: true,
      step: 0.05,
    }),
  }),
  caption: ({ path, at }) =>
    [...(path === 'spherical' ? ['arc'] : []), ...(at === null ? [] : [`u ${scheduledCaption(at)}`])].join(
      ' · ',
    ),
  examples: [
    { inputs: { a: [4], b: [4] }, outputs: { out: [4] } },
    { inputs: { a: [2, 2, 3], b: [2, 2, 3] }, outputs: { out: [2, 2, 3] } },
    { params: { path: 'spherical', at: 0.3 }, inputs: { a: [4], b: [4] }, outputs: { out: [4] } },
    { params: { path: 'spherical' }, inputs: { a: [2, 2, 1], b: [2, 2, 1] }, outputs: { out: [2, 2, 1] } },
    { params: { at: 0.8 }, inputs: { a: [3], b: [3] }, outputs: { out: [3] } },
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
  apply(tf, { params: { path, at }, inputs, context }) {
    const [a, b] = [tensorAt(inputs, 'a'), tensorAt(inputs, 'b')];
    const perExample = [a.shape[0] as number, ...a.shape.slice(1).map(() => 1)];
    // tfjs takes seed 0 for "no seed".
    const u =
      at !== null || context.mode === 'eval'
        ? tf.scalar(at ?? 0.5)
        : tf.randomUniform(perExample, 0, 1, 'float32', context.seed('weight') + 1);
    return { outputs: { out: path === 'linear' ? tf.add(b, tf.mul(u, tf.sub(a, b))) : turn(tf, a, b, u) } };
  },
  torch: {
    classes: [slerp],
    forward({ params: { path, at }, inputs }) {
      const [a, b] = [expressionAt(inputs, 'a'), expressionAt(inputs, 'b')];
      const drawn = `uniform(len(${a}), *[1] * (${a}.dim() - 1))`;
      const fixed = (share: number) => `torch.full_like(${a}[:1], ${share})`;
      const u = at === null ? whenTraining(drawn, fixed(0.5)) : fixed(valueAt(at, 0));
      return { out: path === 'linear' ? `torch.lerp(${b}, ${a}, ${u})` : `slerp(${b}, ${a}, ${u})` };
    },
  },
});

/** From b to a by the angle between them, at the share u of it. */
function turn(tf: Tf, a: Tensor, b: Tensor, u: Tensor): Tensor {
  const axes = a.shape.slice(1).map((_, axis) => axis + 1);
  const length = (x: Tensor) => tf.sqrt(tf.add(tf.sum(tf.square(x), axes, true), 1e-12));
  const cosine = tf.div(tf.sum(tf.mul(a, b), axes, true), tf.mul(length(a), length(b)));
  const isStraight = tf.less(tf.sub(1, tf.square(cosine)), STRAIGHT ** 2);
  // A right angle stands in where the arc is not used, so that no slope is infinite.
  const safe = tf.where(isStraight, tf.zerosLike(cosine), cosine);
  const angle = tf.acos(safe);
  const sine = tf.sqrt(tf.sub(1, tf.square(safe)));
  const share = (of: Tensor) => tf.div(tf.sin(tf.mul(of, angle)), sine);
  const rest = tf.sub(1, u);
  const arc = tf.add(tf.mul(share(u), a), tf.mul(share(rest), b));
  const line = tf.add(tf.mul(u, a), tf.mul(rest, b));
  const straight = tf.cast(isStraight, 'float32');
  return tf.add(tf.mul(straight, line), tf.mul(tf.sub(1, straight), arc));
}
