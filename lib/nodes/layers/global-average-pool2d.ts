import * as z from 'zod';
import { shape } from '@/lib/shapes/shape';
import { defineOp } from '../define';
import { expressionAt, shapeAt, tensorAt, tensorIn, tensorOut } from '../ports';
import { imageProblem } from './image';
import { poolCost } from './pooling';

export const globalAveragePool2d = defineOp({
  kind: 'global-average-pool2d',
  role: 'op',
  title: 'Global average pool 2-D',
  category: 'Layers',
  place: ['network', 'game'],
  summary: 'The mean of each channel over the whole image: a vector, whatever the image’s size.',
  formula: 'y_c = \\tfrac{1}{HW} \\sum_{i,j} x_{ijc}',
  source: { label: 'Lin et al. 2013 (Network in network)', url: 'https://arxiv.org/abs/1312.4400' },
  aliases: ['gap', 'mean', 'pooling', 'vector'],
  traits: { maps: (x) => x },
  params: z.strictObject({}),
  examples: [
    { inputs: { in: [2, 3, 2] }, outputs: { out: [2] } },
    { inputs: { in: [4, 4, 1] }, outputs: { out: [1] } },
  ],
  inputs: tensorIn,
  outputs: tensorOut,
  infer(_, inputs) {
    const input = shapeAt(inputs, 'in');
    return (
      imageProblem('Global average pool 2-D', input) ?? { out: shape(input.dims.slice(-1), input.batch) }
    );
  },
  cost: poolCost,
  differentiable: 2,
  apply: (tf, { inputs }) => ({ outputs: { out: tf.mean(tensorAt(inputs, 'in'), [1, 2]) } }),
  stock: () => ({ className: 'GlobalAveragePooling2D', config: {} }),
  torch: { forward: ({ inputs }) => ({ out: `${expressionAt(inputs, 'in')}.mean((2, 3))` }) },
});
