import * as z from 'zod';
import { sizeOf } from '@/lib/shapes/shape';
import { defineOp } from '../define';
import { expressionAt, shapeAt, tensorAt, tensorIn, tensorOut } from '../ports';

export const relu = defineOp({
  kind: 'relu',
  role: 'op',
  title: 'ReLU',
  category: 'Activations',
  place: ['network', 'game'],
  summary: 'Keeps what is positive and sets the rest to zero.',
  formula: 'y = \\max(0, x)',
  source: { label: 'Nair & Hinton 2010', url: 'https://www.cs.toronto.edu/~hinton/absps/reluICML.pdf' },
  aliases: ['rectifier', 'activation'],
  traits: { sparse: true, maps: (x) => Math.max(0, x) },
  params: z.strictObject({}),
  examples: [
    { inputs: { in: [4] }, outputs: { out: [4] } },
    { inputs: { in: [2, 2, 3] }, outputs: { out: [2, 2, 3] } },
  ],
  inputs: tensorIn,
  outputs: tensorOut,
  infer: (_, inputs) => ({ out: shapeAt(inputs, 'in') }),
  cost: (_, inputs) => sizeOf(shapeAt(inputs, 'in').dims),
  differentiable: 2,
  apply: (tf, { inputs }) => ({ outputs: { out: tf.relu(tensorAt(inputs, 'in')) } }),
  stock: () => ({ className: 'ReLU', config: {} }),
  torch: { forward: ({ inputs }) => ({ out: `F.relu(${expressionAt(inputs, 'in')})` }) },
});
