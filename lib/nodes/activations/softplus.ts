import { z } from 'zod';
import { sizeOf } from '@/lib/shapes/shape';
import { defineOp } from '../define';
import { expressionAt, shapeAt, tensorAt, tensorIn, tensorOut } from '../ports';

export const softplus = defineOp({
  kind: 'softplus',
  role: 'op',
  title: 'Softplus',
  category: 'Activations',
  place: ['network', 'game'],
  summary: 'A smooth ReLU, positive everywhere: for scales and variances.',
  formula: 'y = \\ln(1 + e^x)',
  source: {
    label: 'Dugas et al. 2000',
    url: 'https://proceedings.neurips.cc/paper/2000/hash/44968aece94f667e4095002d140b5896-Abstract.html',
  },
  aliases: ['activation', 'smooth', 'positive'],
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
  apply: (tf, { inputs }) => ({ outputs: { out: tf.softplus(tensorAt(inputs, 'in')) } }),
  stock: () => ({ className: 'Activation', config: { activation: 'softplus' } }),
  torch: {
    forward: ({ inputs }) => ({ out: `F.softplus(${expressionAt(inputs, 'in')}, beta=1, threshold=20)` }),
  },
});
