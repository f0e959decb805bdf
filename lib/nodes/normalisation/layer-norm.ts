import * as z from 'zod';
import { sizeOf } from '@/lib/shapes/shape';
import { defineLayer, problem } from '../define';
import { expressionAt, shapeAt, tensorAt, tensorIn, tensorOut } from '../ports';
import { channelWeights, epsilonParam, normalisationCost, normalise } from './per-example';

/** Statistics over all of an example, as in the critics of WGAN-GP; PyTorch's one-group GroupNorm. */
export const layerNorm = defineLayer({
  kind: 'layer-norm',
  role: 'layer',
  title: 'Layer norm',
  category: 'Normalisation',
  place: ['network'],
  summary: 'Gives each example mean 0 and variance 1 over all its numbers, then a trained scale and offset.',
  formula: 'y = \\gamma\\, \\frac{x - \\mu}{\\sqrt{\\sigma^2 + \\varepsilon}} + \\beta',
  source: { label: 'Ba et al. 2016', url: 'https://arxiv.org/abs/1607.06450' },
  aliases: ['ln', 'normalise', 'wgan-gp'],
  params: z.strictObject({ epsilon: epsilonParam(z.number(), 1e-5) }),
  examples: [
    { inputs: { in: [5] }, outputs: { out: [5] } },
    { params: { epsilon: 1e-3 }, inputs: { in: [2, 2, 3] }, outputs: { out: [2, 2, 3] } },
  ],
  inputs: tensorIn,
  outputs: tensorOut,
  infer(_, inputs) {
    const input = shapeAt(inputs, 'in');
    if (sizeOf(input.dims) > 1) return { out: input };
    return problem({
      code: 'output-constant',
      port: 'in',
      message: 'Layer norm of a single number gives its offset β, whatever goes in.',
      hint: 'Leave it out here.',
    });
  },
  cost: normalisationCost,
  weights: (_, inputs) => channelWeights(inputs),
  differentiable: 2,
  apply(tf, { params, weights, inputs }) {
    const x = tensorAt(inputs, 'in');
    const axes = x.shape.slice(1).map((_, axis) => axis + 1);
    return { outputs: { out: normalise(tf, x, axes, weights, params.epsilon) } };
  },
  torch: {
    module: ({ params, shapes }) =>
      `nn.GroupNorm(1, ${shapeAt(shapes.inputs, 'in').dims.at(-1)}, eps=${params.epsilon}, affine=True)`,
    forward: ({ self, inputs }) => ({ out: `${self}(${expressionAt(inputs, 'in')})` }),
    state: { gamma: { name: 'weight' }, beta: { name: 'bias' } },
  },
});
