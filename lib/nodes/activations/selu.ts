import * as z from 'zod';
import { sizeOf } from '@/lib/shapes/shape';
import { defineOp } from '../define';
import { expressionAt, shapeAt, tensorAt, tensorIn, tensorOut } from '../ports';

export const selu = defineOp({
  kind: 'selu',
  role: 'op',
  title: 'SELU',
  category: 'Activations',
  place: ['network', 'game'],
  summary: 'A scaled ELU that keeps mean and variance of deep dense layers where they are.',
  formula: 'y = \\lambda\\,(\\max(0, x) + \\min(0, \\alpha (e^x - 1)))',
  source: { label: 'Klambauer et al. 2017', url: 'https://arxiv.org/abs/1706.02515' },
  aliases: ['activation', 'self-normalising', 'rectifier'],
  traits: { maps: (x) => 1.0507 * (x < 0 ? 1.67326 * Math.expm1(x) : x) },
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
  apply: (tf, { inputs }) => ({ outputs: { out: tf.selu(tensorAt(inputs, 'in')) } }),
  stock: () => ({ className: 'Activation', config: { activation: 'selu' } }),
  torch: { forward: ({ inputs }) => ({ out: `F.selu(${expressionAt(inputs, 'in')})` }) },
});
