import * as z from 'zod';
import { shape } from '@/lib/shapes/shape';
import { defineLoss } from '../define';
import { expressionAt, shapeAt, tensorAt } from '../ports';

/** Under the root, so that its slope is finite where the gradient is 0. */
const FLOOR = 1e-12;

/**
 * ‖∂ Σ of / ∂ at‖ per example, [rows, 1]. `of` is evaluated anew as a function of `at`, through whatever calls
 * lie between.
 */
export const gradientNorm = defineLoss({
  kind: 'gradient-norm',
  role: 'loss',
  title: 'Gradient norm',
  category: 'Losses',
  place: ['game'],
  summary: 'How steep a score is at a tensor, one number per example: for penalties across several calls.',
  formula: 'y = \\lVert \\nabla_x f(x) \\rVert',
  source: { label: 'Gulrajani et al. 2017', url: 'https://arxiv.org/abs/1704.00028' },
  aliases: ['slope', 'lipschitz', 'penalty', 'jacobian', 'regulariser', 'perceptual path length'],
  params: z.strictObject({}),
  examples: [
    { inputs: { of: [1], at: [2] }, outputs: { out: [1] } },
    { inputs: { of: [1], at: [2, 2, 3] }, outputs: { out: [1] } },
  ],
  inputs: () => [
    { name: 'of', type: 'tensor', help: 'The score whose slope is taken; several numbers are summed.' },
    { name: 'at', type: 'tensor', help: 'What the score is computed from, by wires.' },
  ],
  outputs: () => [{ name: 'out', type: 'tensor' }],
  infer: (_, inputs) => ({ out: shape([1], shapeAt(inputs, 'at').batch) }),
  differentiable: 2,
  slope: { of: 'of', at: 'at' },
  evaluate(tf, _, { inputs, slope }) {
    const at = tensorAt(inputs, 'at');
    const gradient = tf.reshape(slope?.() ?? tf.zerosLike(at), [at.shape[0] ?? 1, -1]); // [rows, n]
    return tf.sqrt(tf.add(tf.sum(tf.square(gradient), 1, true), FLOOR));
  },
  torch: {
    forward({ inputs }) {
      const [of, at] = [expressionAt(inputs, 'of'), expressionAt(inputs, 'at')];
      // What does not depend on `at` has a slope of 0.
      const gradient = `torch.autograd.grad(${of}.sum() + 0 * ${at}.sum(), ${at}, create_graph=True)[0]`;
      return { out: `${gradient}.flatten(1).square().sum(1, keepdim=True).add(${FLOOR}).sqrt()` };
    },
  },
});
