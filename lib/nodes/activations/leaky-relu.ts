import * as z from 'zod';
import { sizeOf } from '@/lib/shapes/shape';
import { defineOp } from '../define';
import { param } from '../params';
import { expressionAt, shapeAt, tensorAt, tensorIn, tensorOut } from '../ports';

/** The slope is printed always: tf.leakyRelu, tf.layers and PyTorch each have another default. */
export const leakyRelu = defineOp({
  kind: 'leaky-relu',
  role: 'op',
  title: 'Leaky ReLU',
  category: 'Activations',
  place: ['network', 'game'],
  summary: 'Keeps what is positive and scales the rest down, so that no unit stops learning.',
  formula: 'y = \\max(0, x) - s \\max(0, -x)',
  source: {
    label: 'Maas et al. 2013',
    url: 'https://ai.stanford.edu/~amaas/papers/relu_hybrid_icml2013_final.pdf',
  },
  aliases: ['lrelu', 'activation', 'rectifier'],
  traits: { maps: (x, { slope }) => (x < 0 ? Number(slope) * x : x) },
  params: z.strictObject({
    slope: param(z.number().min(0).max(1).default(0.2), {
      label: 'Slope s',
      help: 'The derivative where x is negative. DCGAN uses 0.2.',
      step: 0.01,
    }),
  }),
  caption: ({ slope }) => String(slope),
  examples: [
    { inputs: { in: [4] }, outputs: { out: [4] } },
    { params: { slope: 0.01 }, inputs: { in: [2, 2, 3] }, outputs: { out: [2, 2, 3] } },
  ],
  inputs: tensorIn,
  outputs: tensorOut,
  infer: (_, inputs) => ({ out: shapeAt(inputs, 'in') }),
  cost: (_, inputs) => sizeOf(shapeAt(inputs, 'in').dims),
  differentiable: 2,
  apply: (tf, { params, inputs }) => ({
    outputs: { out: tf.leakyRelu(tensorAt(inputs, 'in'), params.slope) },
  }),
  stock: ({ slope }) => ({ className: 'LeakyReLU', config: { alpha: slope } }),
  torch: {
    forward: ({ params, inputs }) => ({
      out: `F.leaky_relu(${expressionAt(inputs, 'in')}, negative_slope=${params.slope})`,
    }),
  },
});
