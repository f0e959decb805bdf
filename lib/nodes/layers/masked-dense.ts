import * as z from 'zod';
import { formatDims, shape } from '@/lib/shapes/shape';
import { defineLayer, problem, type Tensor } from '../define';
import { biasInitialiser, kernelInitialiser } from '../initialise';
import { kernelParams } from '../kernel';
import { param } from '../params';
import { expressionAt, shapeAt, tensorAt, tensorIn, tensorOut } from '../ports';

/**
 * Unit k, of the inputs as of the outputs, belongs to variable k mod D. An output sees what belongs to the
 * variables before its own, or to its own too: a stack whose first layer sees those before only, and whose
 * others see their own too, gives each variable numbers that depend on the ones before it alone.
 */
export const maskedDense = defineLayer({
  kind: 'masked-dense',
  role: 'layer',
  title: 'Masked dense',
  category: 'Layers',
  place: ['network'],
  summary: 'A dense layer whose outputs see only variables that come earlier: the part of a belief net.',
  formula: 'y = x (W \\odot M) + b, \\quad M_{ij} = [\\, v_i < v_j \\,] \\text{ or } [\\, v_i \\le v_j \\,]',
  source: { label: 'Germain et al. 2015 (MADE)', url: 'https://arxiv.org/abs/1502.03509' },
  aliases: ['made', 'autoregressive', 'belief net', 'likelihood', 'linear'],
  params: z.strictObject({
    units: param(z.int().min(1).max(16_384).default(64), {
      label: 'Units',
      help: 'Size of the output; unit k belongs to variable k mod D.',
      step: 1,
    }),
    order: param(z.enum(['natural', 'reversed']).default('natural'), {
      label: 'Order',
      help: 'Which variables come earlier: those before in the tensor, or those after. The same in all layers.',
    }),
    variables: param(z.int().min(1).max(65_536).nullable().default(null), {
      label: 'Variables D',
      help: 'How many variables there are; left out, as many as inputs.',
      step: 1,
    }),
    own: param(z.boolean().default(false), {
      label: 'Sees its own',
      help: 'Off in the first layer of a stack, on in all others.',
    }),
    init: kernelParams.init,
    initScale: kernelParams.initScale,
    useBias: kernelParams.useBias,
  }),
  sign: () => ({ type: 'links' }),
  caption: ({ units, own }) => `${units}${own ? ' ≤' : ' <'}`,
  examples: [
    { params: { units: 8 }, inputs: { in: [4] }, outputs: { out: [8] } },
    {
      params: { units: 3, variables: 3, own: true, order: 'reversed', useBias: false },
      inputs: { in: [6] },
      outputs: { out: [3] },
    },
  ],
  inputs: tensorIn,
  outputs: tensorOut,
  infer({ units, variables }, inputs) {
    const { dims, batch } = shapeAt(inputs, 'in');
    if (dims.length !== 1)
      return problem({
        code: 'rank-mismatch',
        port: 'in',
        message: `Masked dense takes a vector, but gets ${formatDims(dims)}.`,
        hint: 'Put a Flatten before it.',
      });
    const count = variables ?? (dims[0] as number);
    if (units < count)
      return problem({
        code: 'size-mismatch',
        message: `Masked dense of ${units} units leaves ${count - units} of ${count} variables without one.`,
        hint: 'Give each variable a unit at least.',
        fix: { label: `Set units to ${count}`, params: { units: count } },
      });
    return { out: shape([units], batch) };
  },
  cost: ({ units }, inputs) => (shapeAt(inputs, 'in').dims[0] as number) * units,
  weights({ units, init, initScale, useBias }, inputs) {
    const fanIn = shapeAt(inputs, 'in').dims[0] as number;
    const kernel = {
      name: 'kernel',
      shape: [fanIn, units],
      init: kernelInitialiser(init, fanIn, units, initScale),
    };
    const bias = { name: 'bias', shape: [units], init: biasInitialiser(init, fanIn, initScale) };
    return useBias ? [kernel, bias] : [kernel];
  },
  differentiable: 2,
  apply(tf, { params: { order, variables, own }, weights: { kernel, bias }, inputs }) {
    const [fanIn, units] = (kernel as Tensor).shape as [number, number];
    const mask = tf.buffer([fanIn, units]);
    const count = variables ?? fanIn;
    for (let i = 0; i < fanIn; i++)
      for (let j = 0; j < units; j++) {
        const distance = (j % count) - (i % count);
        const isEarlier = order === 'natural' ? distance > 0 : distance < 0;
        if (isEarlier || (own && distance === 0)) mask.set(1, i, j);
      }
    const y = tf.matMul(tensorAt(inputs, 'in'), tf.mul(kernel as Tensor, mask.toTensor()));
    return { outputs: { out: bias ? tf.add(y, bias) : y } };
  },
  torch: {
    module({ params: { units, useBias }, shapes }) {
      const fanIn = shapeAt(shapes.inputs, 'in').dims[0];
      const bias = useBias ? `, 'bias': nn.Parameter(torch.zeros(${units}))` : '';
      return `nn.ParameterDict({'weight': nn.Parameter(torch.zeros(${units}, ${fanIn}))${bias}})`;
    },
    forward({ params: { units, order, variables, own, useBias }, shapes, self, inputs }) {
      const fanIn = shapeAt(shapes.inputs, 'in').dims[0] as number;
      const count = variables ?? fanIn;
      const sign = `${order === 'natural' ? '>' : '<'}${own ? '=' : ''}`;
      const of = (length: number) => `torch.arange(${length}, device=x.device) % ${count}`;
      const mask = `((${of(units)})[:, None] ${sign} (${of(fanIn)})[None])`;
      const bias = useBias ? `${self}['bias']` : 'None';
      return {
        out: `(lambda x: F.linear(x, ${self}['weight'] * ${mask}, ${bias}))(${expressionAt(inputs, 'in')})`,
      };
    },
    state: { kernel: { name: 'weight', permute: [1, 0] }, bias: { name: 'bias' } },
  },
});
