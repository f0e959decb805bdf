import * as z from 'zod';
import { sizeOf } from '@/lib/shapes/shape';
import { defineOp } from '../define';
import { expressionAt, shapeAt, tensorAt, tensorIn, tensorOut } from '../ports';

export const elu = defineOp({
  kind: 'elu',
  role: 'op',
  title: 'ELU',
  category: 'Activations',
  place: ['network', 'game'],
  summary: 'The identity above zero, an exponential that levels off at -1 below it.',
  formula: 'y = \\max(0, x) + \\min(0, e^x - 1)',
  source: { label: 'Clevert et al. 2016', url: 'https://arxiv.org/abs/1511.07289' },
  aliases: ['activation', 'exponential', 'rectifier'],
  traits: { maps: (x) => (x < 0 ? Math.expm1(x) : x) },
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
  apply: (tf, { inputs }) => ({ outputs: { out: tf.elu(tensorAt(inputs, 'in')) } }),
  stock: () => ({ className: 'ELU', config: { alpha: 1 } }),
  torch: { forward: ({ inputs }) => ({ out: `F.elu(${expressionAt(inputs, 'in')}, alpha=1.0)` }) },
});
