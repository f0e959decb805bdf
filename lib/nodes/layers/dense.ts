import { z } from 'zod';
import { shape } from '@/lib/shapes/shape';
import { defineLayer, problem, type Tensor } from '../define';
import { kernelParams, kernelWeights } from '../kernel';
import { affine } from '../operations';
import { param } from '../params';
import { expressionAt, shapeAt, tensorAt, tensorIn, tensorOut } from '../ports';
import { py } from '../torch';

/** y = x W + b on the last axis of a vector. */
export const dense = defineLayer({
  kind: 'dense',
  role: 'layer',
  title: 'Dense',
  category: 'Layers',
  place: ['network'],
  summary: 'Multiplies a vector by a trained matrix and adds a bias.',
  formula: 'y = xW + b',
  source: { label: 'torch.nn.Linear', url: 'https://pytorch.org/docs/stable/generated/torch.nn.Linear.html' },
  aliases: ['linear', 'fully connected', 'fc'],
  params: z.strictObject({
    units: param(z.int().min(1).max(16_384).default(64), {
      label: 'Units',
      help: 'Numbers that come out.',
      step: 1,
    }),
    ...kernelParams,
  }),
  caption: ({ units }) => String(units),
  examples: [
    { params: { units: 3 }, inputs: { in: [4] }, outputs: { out: [3] } },
    {
      params: { units: 2, useBias: false, init: 'orthogonal', initScale: 0.5 },
      inputs: { in: [5] },
      outputs: { out: [2] },
    },
  ],
  inputs: tensorIn,
  outputs: tensorOut,
  infer(params, inputs) {
    const { dims, batch } = shapeAt(inputs, 'in');
    if (dims.length !== 1)
      return problem({
        code: 'rank-mismatch',
        port: 'in',
        message: `Dense takes a vector, but gets [${dims.join(', ')}].`,
        hint: dims.length === 0 ? 'Wire a tensor into it.' : 'Put a Flatten before it.',
      });
    return { out: shape([params.units], batch) };
  },
  cost: (params, inputs) => (shapeAt(inputs, 'in').dims[0] as number) * params.units,
  weights(params, inputs) {
    const fanIn = shapeAt(inputs, 'in').dims[0] as number;
    const { units } = params;
    return kernelWeights(params, [fanIn, units], { fanIn, fanOut: units, outputs: units });
  },
  differentiable: 2,
  apply(tf, { weights, inputs }) {
    return { outputs: { out: affine(tf, tensorAt(inputs, 'in'), weights.kernel as Tensor, weights.bias) } };
  },
  stock: ({ units, useBias }) => ({ className: 'Dense', config: { units, useBias } }),
  torch: {
    module: ({ params, shapes }) =>
      `nn.Linear(${shapeAt(shapes.inputs, 'in').dims[0]}, ${params.units}, bias=${py(params.useBias)})`,
    forward: ({ self, inputs }) => ({ out: `${self}(${expressionAt(inputs, 'in')})` }),
    state: { kernel: { name: 'weight', permute: [1, 0] }, bias: { name: 'bias' } },
  },
});
