import * as z from 'zod';
import { sizeOf } from '@/lib/shapes/shape';
import { defineOp } from '../define';
import { expressionAt, shapeAt, tensorAt, tensorIn, tensorOut } from '../ports';
import { choiceProblem } from '../single-choice';

export const softmax = defineOp({
  kind: 'softmax',
  role: 'op',
  title: 'Softmax',
  category: 'Activations',
  place: ['network', 'game'],
  summary: 'Turns the numbers of the last axis into probabilities that sum to one.',
  formula: 'y_i = \\frac{e^{x_i}}{\\sum_j e^{x_j}}',
  source: { label: 'Bridle 1990', url: 'https://link.springer.com/chapter/10.1007/978-3-642-76153-9_28' },
  aliases: ['activation', 'classes', 'probabilities', 'categorical'],
  traits: { range: [0, 1] },
  params: z.strictObject({}),
  examples: [
    { inputs: { in: [4] }, outputs: { out: [4] } },
    { inputs: { in: [2, 2, 3] }, outputs: { out: [2, 2, 3] } },
  ],
  inputs: tensorIn,
  outputs: tensorOut,
  infer(_, inputs) {
    const input = shapeAt(inputs, 'in');
    return choiceProblem('Softmax', input) ?? { out: input };
  },
  cost: (_, inputs) => 4 * sizeOf(shapeAt(inputs, 'in').dims),
  differentiable: 2,
  apply: (tf, { inputs }) => ({ outputs: { out: tf.softmax(tensorAt(inputs, 'in')) } }),
  stock: () => ({ className: 'Softmax', config: { axis: -1 } }),
  torch: { forward: ({ inputs }) => ({ out: `F.softmax(${expressionAt(inputs, 'in')}, dim=1)` }) },
});
