import * as z from 'zod';
import { formatDims, sizeOf } from '@/lib/shapes/shape';
import { defineOp, type InputPort, problem, type Tensor, type Tf } from '../define';
import { expressionAt, shapeAt, tensorAt, tensorOut } from '../ports';
import { epsilonParam } from './per-example';

/**
 * The style is an image of as many channels, whose deviations and means are taken over (Huang & Belongie), or
 * a vector of 2 C numbers, scale - 1 and offset of each channel, so that zeros leave the plain norm (StyleGAN).
 */
export const adaptiveInstanceNorm = defineOp({
  kind: 'adaptive-instance-norm',
  role: 'op',
  title: 'Adaptive instance norm',
  category: 'Normalisation',
  place: ['network', 'game'],
  summary: 'Instance norm whose scale and offset come from a style: an image’s own statistics, or a vector.',
  formula: 'y = \\sigma(s)\\, \\frac{x - \\mu(x)}{\\sigma(x)} + \\mu(s)',
  source: { label: 'Huang & Belongie 2017', url: 'https://arxiv.org/abs/1703.06868' },
  aliases: ['adain', 'style', 'transfer', 'stylegan', 'condition', 'normalise'],
  params: z.strictObject({ epsilon: epsilonParam(z.number(), 1e-5) }),
  examples: [
    { inputs: { in: [3, 3, 2], style: [4] }, outputs: { out: [3, 3, 2] } },
    { params: { epsilon: 1e-3 }, inputs: { in: [2, 3, 2], style: [2, 2, 2] }, outputs: { out: [2, 3, 2] } },
  ],
  inputs: (): readonly InputPort[] => [
    { name: 'in', type: 'tensor' },
    { name: 'style', type: 'tensor', help: 'An image of as many channels, or two numbers per channel.' },
  ],
  outputs: tensorOut,
  infer(_, inputs) {
    const input = shapeAt(inputs, 'in');
    const style = shapeAt(inputs, 'style').dims;
    const channels = input.dims.at(-1) as number;
    const places = (dims: readonly number[]) => sizeOf(dims.slice(0, -1));
    if (places(input.dims) < 2)
      return problem({
        code: 'rank-mismatch',
        port: 'in',
        message: `Adaptive instance norm takes statistics over space, but ${formatDims(input.dims)} has one place per channel: all would become zeros.`,
        hint: 'Use it on images.',
      });
    if (style.length === 1 && style[0] !== 2 * channels)
      return problem({
        code: 'size-mismatch',
        port: 'style',
        message: `A style for ${channels} channels has ${2 * channels} numbers, but gets ${style[0]}.`,
        hint: `Put a Dense of ${2 * channels} units before it.`,
      });
    if (style.length > 1 && (style.at(-1) !== channels || places(style) < 2))
      return problem({
        code: 'shape-mismatch',
        port: 'style',
        message: `A style image for ${channels} channels has as many, and more than one pixel, but gets ${formatDims(style)}.`,
        hint: 'Let both go through the same layers.',
      });
    return { out: input };
  },
  cost: (_, inputs) => 6 * sizeOf(shapeAt(inputs, 'in').dims) + 2 * sizeOf(shapeAt(inputs, 'style').dims),
  differentiable: 2,
  apply(tf, { params: { epsilon }, inputs }) {
    const [x, style] = [tensorAt(inputs, 'in'), tensorAt(inputs, 'style')];
    const { mean, deviation } = statistics(tf, x, epsilon);
    const unit = tf.div(tf.sub(x, mean), deviation);
    const { scale, offset } = style.rank === 2 ? halves(tf, style, x) : like(tf, style, x, epsilon);
    return { outputs: { out: tf.add(tf.mul(unit, scale), offset) } };
  },
  torch: {
    forward({ params: { epsilon }, shapes, inputs }) {
      const rank = shapeAt(shapes.inputs, 'in').dims.length;
      const channels = shapeAt(shapes.inputs, 'in').dims.at(-1) as number;
      const x = expressionAt(inputs, 'in');
      const style = expressionAt(inputs, 'style');
      const unit = `F.instance_norm(${x}, eps=${epsilon})`;
      const space = `[:, :${', None'.repeat(rank - 1)}]`;
      if (shapeAt(shapes.inputs, 'style').dims.length === 1)
        return {
          out: `(lambda s: ${unit} * (1 + s[:, :${channels}]${space}) + s[:, ${channels}:]${space})(${style})`,
        };
      const deviation = `(s.var(2, correction=0) + ${epsilon}).sqrt()${space}`;
      return { out: `(lambda s: ${unit} * ${deviation} + s.mean(2)${space})(${style}.flatten(2))` };
    },
  },
});

/** μ and √(σ² + ε) over space: [rows, 1, ..., C]. */
function statistics(tf: Tf, x: Tensor, epsilon: number) {
  const space = x.shape.slice(1, -1).map((_, axis) => axis + 1);
  const mean = tf.mean(x, space, true);
  const variance = tf.mean(tf.square(tf.sub(x, mean)), space, true);
  return { mean, deviation: tf.sqrt(tf.add(variance, epsilon)) };
}

/** [rows, 2 C] → scale and offset [rows, 1, ..., C]. */
function halves(tf: Tf, style: Tensor, x: Tensor) {
  const perPixel = [style.shape[0] as number, ...x.shape.slice(1, -1).map(() => 1), x.shape.at(-1) as number];
  const [scale, offset] = tf.split(style, 2, 1).map((half) => tf.reshape(half, perPixel));
  return { scale: tf.add(scale as Tensor, 1), offset: offset as Tensor };
}

function like(tf: Tf, style: Tensor, x: Tensor, epsilon: number) {
  const { mean, deviation } = statistics(tf, style, epsilon);
  const perPixel = [style.shape[0] as number, ...x.shape.slice(1, -1).map(() => 1), x.shape.at(-1) as number];
  return { scale: tf.reshape(deviation, perPixel), offset: tf.reshape(mean, perPixel) };
}
