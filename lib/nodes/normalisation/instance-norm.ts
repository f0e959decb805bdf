import * as z from 'zod';
import { formatDims } from '@/lib/shapes/shape';
import { defineLayer, problem } from '../define';
import { expressionAt, shapeAt, tensorAt, tensorIn, tensorOut } from '../ports';
import { channelWeights, epsilonParam, normalisationCost, normalise } from './per-example';

export const instanceNorm = defineLayer({
  kind: 'instance-norm',
  role: 'layer',
  title: 'Instance norm',
  category: 'Normalisation',
  place: ['network'],
  summary:
    'Gives each channel of each image mean 0 and variance 1, then a trained scale and offset: it removes style.',
  formula: 'y = \\gamma\\, \\frac{x - \\mu_c}{\\sqrt{\\sigma_c^2 + \\varepsilon}} + \\beta',
  source: { label: 'Ulyanov et al. 2016', url: 'https://arxiv.org/abs/1607.08022' },
  aliases: ['in', 'style', 'cyclegan', 'normalise'],
  params: z.strictObject({ epsilon: epsilonParam(z.number(), 1e-5) }),
  examples: [
    { inputs: { in: [3, 3, 2] }, outputs: { out: [3, 3, 2] } },
    { params: { epsilon: 1e-3 }, inputs: { in: [4, 3] }, outputs: { out: [4, 3] } },
  ],
  inputs: tensorIn,
  outputs: tensorOut,
  infer(_, inputs) {
    const input = shapeAt(inputs, 'in');
    const places = input.dims.slice(0, -1).reduce((product, dim) => product * dim, 1);
    if (places < 2)
      return problem({
        code: 'rank-mismatch',
        port: 'in',
        message: `Instance norm takes statistics over space, but ${formatDims(input.dims)} has one place per channel: all would become zeros.`,
        hint: 'Use it on images, or Layer norm on vectors.',
      });
    return { out: input };
  },
  cost: normalisationCost,
  weights: (_, inputs) => channelWeights(inputs),
  differentiable: 2,
  apply(tf, { params, weights, inputs }) {
    const x = tensorAt(inputs, 'in');
    const axes = x.shape.slice(1, -1).map((_, axis) => axis + 1);
    return { outputs: { out: normalise(tf, x, axes, weights, params.epsilon) } };
  },
  torch: {
    module({ params, shapes }) {
      const { dims } = shapeAt(shapes.inputs, 'in');
      return `nn.InstanceNorm${dims.length - 1}d(${dims.at(-1)}, eps=${params.epsilon}, affine=True, track_running_stats=False)`;
    },
    forward: ({ self, inputs }) => ({ out: `${self}(${expressionAt(inputs, 'in')})` }),
    state: { gamma: { name: 'weight' }, beta: { name: 'bias' } },
  },
});
