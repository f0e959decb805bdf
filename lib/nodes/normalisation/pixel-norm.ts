import * as z from 'zod';
import { defineOp, problem } from '../define';
import { expressionAt, shapeAt, tensorAt, tensorIn, tensorOut } from '../ports';
import { epsilonParam, normalisationCost } from './per-example';

export const pixelNorm = defineOp({
  kind: 'pixel-norm',
  role: 'op',
  title: 'Pixel norm',
  category: 'Normalisation',
  place: ['network', 'game'],
  summary:
    'Divides the channels of each pixel by their root mean square, so that signals in G do not escalate.',
  formula: 'y = \\frac{x}{\\sqrt{\\tfrac1C \\sum_c x_c^2 + \\varepsilon}}',
  source: { label: 'Karras et al. 2018 (PG-GAN)', url: 'https://arxiv.org/abs/1710.10196' },
  aliases: ['pixelwise', 'normalise', 'progressive', 'rms'],
  params: z.strictObject({ epsilon: epsilonParam(z.number(), 1e-8) }),
  examples: [
    { inputs: { in: [4] }, outputs: { out: [4] } },
    { params: { epsilon: 1e-2 }, inputs: { in: [2, 2, 3] }, outputs: { out: [2, 2, 3] } },
  ],
  inputs: tensorIn,
  outputs: tensorOut,
  infer(_, inputs) {
    const input = shapeAt(inputs, 'in');
    if ((input.dims.at(-1) as number) > 1) return { out: input };
    return problem({
      code: 'output-constant',
      port: 'in',
      message: 'Pixel norm of one channel divides each number by its own size: nothing but its sign is left.',
      hint: 'Leave it out here.',
    });
  },
  cost: normalisationCost,
  differentiable: 2,
  apply(tf, { params, inputs }) {
    const x = tensorAt(inputs, 'in');
    const squares = tf.mean(tf.square(x), -1, true); // [batch, ..., 1]
    return { outputs: { out: tf.mul(x, tf.rsqrt(tf.add(squares, params.epsilon))) } };
  },
  layersLine:
    '({ in: [x] }, { epsilon }) => tf.mul(x, tf.rsqrt(tf.add(tf.mean(tf.square(x), -1, true), epsilon)))',
  torch: {
    forward({ params, inputs }) {
      const x = expressionAt(inputs, 'in');
      return { out: `${x} * (${x}.square().mean(1, keepdim=True) + ${params.epsilon}).rsqrt()` };
    },
  },
});
