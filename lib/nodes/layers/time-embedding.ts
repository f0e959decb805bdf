import * as z from 'zod';
import { formatDims, shape, sizeOf } from '@/lib/shapes/shape';
import { defineOp, problem, type Tensor, type Tf } from '../define';
import { param } from '../params';
import { expressionAt, shapeAt, tensorAt, tensorIn, tensorOut } from '../ports';

/** One number per example as waves of falling frequency, so that a network sees steps apart at any scale. */
export const timeEmbedding = defineOp({
  kind: 'time-embedding',
  role: 'op',
  title: 'Time embedding',
  category: 'Layers',
  place: ['network', 'game'],
  summary: 'Says a number, as the step of a diffusion, by sines and cosines from quick to slow.',
  formula: 'y = (\\sin \\omega_k t,\\; \\cos \\omega_k t), \\quad \\omega_k = P^{-k / (n/2 - 1)}',
  source: { label: 'Ho et al. 2020 (after Vaswani et al. 2017)', url: 'https://arxiv.org/abs/2006.11239' },
  aliases: ['diffusion', 'positional encoding', 'sinusoidal', 'step', 'fourier features'],
  traits: { range: [-1, 1] },
  params: z.strictObject({
    size: param(z.int().min(4).max(1024).multipleOf(2).default(32), {
      label: 'Size n',
      help: 'Numbers that come out, half sines and half cosines.',
      step: 2,
    }),
    period: param(z.number().min(2).max(1e6).default(10_000), {
      label: 'Longest period P',
      help: 'The slowest wave turns by 1 in so many steps; the quickest in one.',
      step: 1_000,
    }),
  }),
  caption: ({ size }) => `${size}`,
  examples: [
    { params: { size: 4 }, inputs: { in: [1] }, outputs: { out: [4] } },
    { params: { size: 8, period: 10 }, inputs: { in: [1] }, outputs: { out: [8] } },
  ],
  inputs: tensorIn,
  outputs: tensorOut,
  infer({ size }, inputs) {
    const { dims, batch } = shapeAt(inputs, 'in');
    if (sizeOf(dims) !== 1)
      return problem({
        code: 'shape-mismatch',
        port: 'in',
        message: `Time embedding takes one number for each example, but gets ${formatDims(dims)}.`,
        hint: 'Wire in t of a Diffuse or a Diffusion pair.',
      });
    return { out: shape([size], batch) };
  },
  cost: ({ size }) => 4 * size,
  differentiable: 2,
  apply(tf, { params: { size, period }, inputs }) {
    const t = tensorAt(inputs, 'in');
    const waves = tf.tensor2d([frequencies(size, period)]);
    const angles = withinTurn(tf, tf.mul(tf.reshape(t, [t.shape[0] as number, 1]), waves));
    return { outputs: { out: tf.concat([tf.sin(angles), tf.cos(angles)], 1) } };
  },
  layersLine: `({ in: [x] }, { size, period }) => {
    const waves = Array.from({ length: size / 2 }, (_, k) => period ** (-k / (size / 2 - 1)));
    const angles = tf.mul(tf.reshape(x, [-1, 1]), tf.tensor2d([waves]));
    return tf.concat([tf.sin(angles), tf.cos(angles)], 1);
  }`,
  torch: {
    classes: [
      `def time_embedding(t, size, period):
    """Sines and cosines of one number per example, from quick to slow."""
    waves = period ** (-torch.arange(size // 2).to(t) / (size // 2 - 1))
    angles = t.view(-1, 1) * waves
    return torch.cat([angles.sin(), angles.cos()], 1)
`,
    ],
    forward: ({ params: { size, period }, inputs }) => ({
      out: `time_embedding(${expressionAt(inputs, 'in')}, ${size}, ${period})`,
    }),
  },
});

/**
 * The same angles within a turn, ±π: a GPU need not know sines beyond it (Vulkan 1.3, precision of its operations). 2π
 * is taken away in two parts, the first of few digits, so that next to nothing is lost.
 */
function withinTurn(tf: Tf, angles: Tensor): Tensor {
  const turns = tf.round(tf.div(angles, 2 * Math.PI));
  return tf.sub(tf.sub(angles, tf.mul(turns, TURN)), tf.mul(turns, 2 * Math.PI - TURN));
}

const TURN = 6.28125;

const frequencies = (size: number, period: number): number[] =>
  Array.from({ length: size / 2 }, (_, k) => period ** (-k / (size / 2 - 1)));
