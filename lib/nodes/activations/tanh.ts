import * as z from 'zod';
import { sizeOf } from '@/lib/shapes/shape';
import { defineOp } from '../define';
import { expressionAt, shapeAt, tensorAt, tensorIn, tensorOut } from '../ports';

export const tanh = defineOp({
  kind: 'tanh',
  role: 'op',
  title: 'Tanh',
  category: 'Activations',
  place: ['network', 'game'],
  summary: 'Squeezes every number into (-1, 1), the range of images here.',
  formula: 'y = \\tanh x',
  source: { label: 'LeCun et al. 1998', url: 'http://yann.lecun.com/exdb/publis/pdf/lecun-98b.pdf' },
  aliases: ['activation', 'hyperbolic tangent', 'squash'],
  traits: { range: [-1, 1], maps: Math.tanh },
  params: z.strictObject({}),
  examples: [
    { inputs: { in: [4] }, outputs: { out: [4] } },
    { inputs: { in: [2, 2, 3] }, outputs: { out: [2, 2, 3] } },
  ],
  inputs: tensorIn,
  outputs: tensorOut,
  infer: (_, inputs) => ({ out: shapeAt(inputs, 'in') }),
  cost: (_, inputs) => 4 * sizeOf(shapeAt(inputs, 'in').dims),
  differentiable: 2,
  apply: (tf, { inputs }) => ({ outputs: { out: tf.tanh(tensorAt(inputs, 'in')) } }),
  stock: () => ({ className: 'Activation', config: { activation: 'tanh' } }),
  torch: { forward: ({ inputs }) => ({ out: `torch.tanh(${expressionAt(inputs, 'in')})` }) },
});
