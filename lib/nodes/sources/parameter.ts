import * as z from 'zod';
import { shape } from '@/lib/shapes/shape';
import { defineLayer, type Tensor } from '../define';
import { initNames, kernelInitialiser } from '../initialise';
import { dims, param } from '../params';
import { toChannelsFirst } from '../torch';

/** One row [1, ...shape] of free numbers, which the compiler repeats for each example of the batch. */
export const parameter = defineLayer({
  kind: 'parameter',
  role: 'layer',
  title: 'Parameter',
  category: 'Sources',
  place: ['network'],
  summary: 'Numbers that are trained themselves: the players of a game on paper, or a learned constant.',
  formula: 'y = \\theta',
  source: {
    label: 'torch.nn.Parameter',
    url: 'https://pytorch.org/docs/stable/generated/torch.nn.parameter.Parameter.html',
  },
  aliases: ['free tensor', 'variable', 'weight', 'dirac', 'theta'],
  params: z.strictObject({
    shape: param(dims.default([1]), { label: 'Shape', help: 'Dims of the tensor.', input: 'dims' }),
    value: param(z.number().min(-1e6).max(1e6).default(0), {
      label: 'Start',
      help: 'Initial value of every number, unless an initialiser is chosen.',
      step: 0.1,
    }),
    init: param(z.enum(initNames).nullable().default(null), {
      label: 'Initialiser',
      help: 'Draws the initial values instead; all numbers of the tensor count as inputs.',
    }),
  }),
  caption: ({ shape: size, value, init }) =>
    init ?? (size.length === 1 && size[0] === 1 ? `${value}` : `[${size.join(', ')}]`),
  examples: [
    { inputs: {}, outputs: { out: [1] } },
    { params: { shape: [2, 3], init: 'normal' }, inputs: {}, outputs: { out: [2, 3] } },
  ],
  inputs: () => [],
  outputs: () => [{ name: 'out', type: 'tensor' }],
  infer: (params) => ({ out: shape(params.shape, 'one') }),
  cost: () => 0,
  weights({ shape: size, value, init }) {
    const count = size.reduce((product, dim) => product * dim, 1);
    return [
      {
        name: 'value',
        shape: [1, ...size],
        init: init ? kernelInitialiser(init, count, count, 1) : { type: 'constant', value },
      },
    ];
  },
  differentiable: 2,
  apply: (_, { weights }) => ({ outputs: { out: weights.value as Tensor } }),
  torch: {
    module: ({ params }) => `nn.ParameterList([nn.Parameter(torch.zeros(1, ${params.shape.join(', ')}))])`,
    forward: ({ params, self }) => ({ out: toChannelsFirst(`${self}[0]`, params.shape.length) }),
    state: { value: { name: '0' } },
  },
});
