import * as z from 'zod';
import { formatDims, shape } from '@/lib/shapes/shape';
import { defineLayer, problem, type Tensor } from '../define';
import { kernelInitialiser } from '../initialise';
import { kernelParams } from '../kernel';
import { param } from '../params';
import { expressionAt, shapeAt, tensorAt, tensorIn, tensorOut } from '../ports';

/** An example is not compared with itself, as in the authors' code; a batch of n equal ones gives n - 1. */
export const minibatchDiscrimination = defineLayer({
  kind: 'minibatch-discrimination',
  role: 'layer',
  title: 'Minibatch discrimination',
  category: 'Batch statistics',
  place: ['network'],
  summary:
    'Adds how near each example is to the others of its batch, by trained features, so that D sees copies.',
  formula:
    'o_b(x_i) = \\sum_{j \\ne i} e^{-\\lVert M_{ib} - M_{jb} \\rVert_1}, \\quad M_i = x_i T, \\quad y = [x, o]',
  source: { label: 'Salimans et al. 2016', url: 'https://arxiv.org/abs/1606.03498' },
  aliases: ['batch', 'variety', 'mode collapse', 'diversity', 'closeness'],
  traits: {
    batchStatistics: true,
    alone: { severity: 'warning', says: 'adds zeros, since there is nothing to be near to' },
  },
  params: z.strictObject({
    kernels: param(z.int().min(1).max(1_024).default(32), {
      label: 'Kernels',
      help: 'Numbers that are added to each example.',
      step: 1,
    }),
    dimensions: param(z.int().min(1).max(256).default(8), {
      label: 'Dimensions',
      help: 'Of the space in which each kernel measures distances.',
      step: 1,
    }),
    init: kernelParams.init,
    initScale: kernelParams.initScale,
  }),
  caption: ({ kernels, dimensions }) => `${kernels} × ${dimensions}`,
  examples: [
    { params: { kernels: 2, dimensions: 3 }, inputs: { in: [4] }, outputs: { out: [6] } },
    {
      params: { kernels: 3, dimensions: 1, init: 'normal', initScale: 0.5 },
      inputs: { in: [2] },
      outputs: { out: [5] },
    },
  ],
  inputs: tensorIn,
  outputs: tensorOut,
  infer({ kernels }, inputs) {
    const { dims, batch } = shapeAt(inputs, 'in');
    if (dims.length !== 1)
      return problem({
        code: 'rank-mismatch',
        port: 'in',
        message: `Minibatch discrimination takes a vector, but gets ${formatDims(dims)}.`,
        hint: 'Put a Flatten before it.',
      });
    return { out: shape([(dims[0] as number) + kernels], batch) };
  },
  cost: ({ kernels, dimensions }, inputs) => (shapeAt(inputs, 'in').dims[0] as number) * kernels * dimensions,
  weights({ kernels, dimensions, init, initScale }, inputs) {
    const features = shapeAt(inputs, 'in').dims[0] as number;
    const outputs = kernels * dimensions;
    const start = kernelInitialiser(init, features, outputs, initScale);
    return [{ name: 'kernel', shape: [features, outputs], init: start }];
  },
  differentiable: 2,
  apply(tf, { params: { kernels, dimensions }, weights: { kernel }, inputs }) {
    const x = tensorAt(inputs, 'in');
    const rows = x.shape[0] as number;
    const features = tf.matMul(x, kernel as Tensor);
    const difference = tf.sub(
      tf.reshape(features, [rows, 1, kernels, dimensions]),
      tf.reshape(features, [1, rows, kernels, dimensions]),
    );
    const closeness = tf.exp(tf.neg(tf.sum(tf.abs(difference), 3))); // [rows, rows, kernels]
    const others = tf.reshape(tf.sub(1, tf.eye(rows)), [rows, rows, 1]);
    return { outputs: { out: tf.concat([x, tf.sum(tf.mul(closeness, others), 1)], 1) } };
  },
  torch: {
    module: ({ params: { kernels, dimensions }, shapes }) =>
      `nn.ParameterList([nn.Parameter(torch.zeros(${shapeAt(shapes.inputs, 'in').dims[0]}, ${kernels * dimensions}))])`,
    forward({ params: { kernels, dimensions }, self, inputs }) {
      const closeness = '(m[:, None] - m[None]).abs().sum(3).neg().exp()';
      const others = '(1 - torch.eye(len(m), dtype=m.dtype, device=m.device))[:, :, None]';
      const sums = `(lambda m: (${closeness} * ${others}).sum(1))`;
      const x = expressionAt(inputs, 'in');
      return {
        out: `torch.cat([${x}, ${sums}((${x} @ ${self}[0]).reshape(-1, ${kernels}, ${dimensions}))], dim=1)`,
      };
    },
    state: { kernel: { name: '0' } },
  },
});
