import * as z from 'zod';
import { shape } from '@/lib/shapes/shape';
import { defineLayer, problem, type Tensors } from '../define';
import {
  improveDirection,
  isPlainKernel,
  kernelBuffers,
  kernelOf,
  kernelParams,
  kernelWeights,
  multiplierOf,
} from '../kernel';
import { normalisedClass, normalisedModule, normalisedState } from '../kernel-torch';
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
      help: 'Size of the output.',
      step: 1,
    }),
    ...kernelParams,
    learningRateMultiplier: param(z.number().min(0.0001).max(100).default(1), {
      label: 'Rate multiplier',
      advanced: true,
      help: 'Weights and biases learn at this many times the optimizer’s rate; 0.01 in mapping networks (Karras et al. 2019).',
      step: 0.01,
    }),
  }),
  sign: () => ({ type: 'links' }),
  caption: ({ units }) => String(units),
  examples: [
    { params: { units: 3 }, inputs: { in: [4] }, outputs: { out: [3] } },
    {
      params: { units: 2, useBias: false, init: 'orthogonal', initScale: 0.5 },
      inputs: { in: [5] },
      outputs: { out: [2] },
    },
    { params: { units: 3, spectralNorm: true }, inputs: { in: [4] }, outputs: { out: [3] } },
    {
      params: { units: 2, weightNorm: true, equalizedLearningRate: true },
      inputs: { in: [3] },
      outputs: { out: [2] },
    },
    {
      params: { units: 2, equalizedLearningRate: true, learningRateMultiplier: 0.5 },
      inputs: { in: [3] },
      outputs: { out: [2] },
    },
    {
      params: { units: 2, init: 'torch', weightNorm: true, learningRateMultiplier: 0.5 },
      inputs: { in: [3] },
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
  buffers: (params) => kernelBuffers(params, params.units),
  prepare: (tf, params, state) => improveDirection(tf, params, state, fanInOf(state.weights)),
  differentiable: 2,
  apply(tf, { params, weights, buffers, inputs }) {
    const kernel = kernelOf(tf, params, { weights, buffers }, fanInOf(weights));
    const { bias } = weights;
    const times = multiplierOf(params);
    const offset = bias && times !== 1 ? tf.mul(bias, times) : bias;
    return { outputs: { out: affine(tf, tensorAt(inputs, 'in'), kernel, offset) } };
  },
  stock: (params) =>
    isPlainKernel(params)
      ? { className: 'Dense', config: { units: params.units, useBias: params.useBias } }
      : undefined,
  torch: {
    classes: [normalisedClass],
    module({ params, shapes }) {
      const fanIn = shapeAt(shapes.inputs, 'in').dims[0] as number;
      return normalisedModule(
        `nn.Linear(${fanIn}, ${params.units}, bias=${py(params.useBias)})`,
        params,
        fanIn,
      );
    },
    forward: ({ self, inputs }) => ({ out: `${self}(${expressionAt(inputs, 'in')})` }),
    state: { kernel: { name: 'weight', permute: [1, 0] }, bias: { name: 'bias' }, ...normalisedState },
  },
});

/** Of a kernel [inputs, units]. */
const fanInOf = ({ kernel }: Tensors): number => kernel?.shape[0] as number;
