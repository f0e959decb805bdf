import * as z from 'zod';
import { formatDims, sizeOf } from '@/lib/shapes/shape';
import { defineLayer, type InputPort, problem, type Tensor } from '../define';
import { batchNormalise } from '../operations';
import { param } from '../params';
import { expressionAt, shapeAt, tensorAt, tensorOut } from '../ports';
import { epsilonParam } from './per-example';

/** γ and β are rows of two tables [classes, C], chosen by a one-hot label. */
export const conditionalBatchNorm = defineLayer({
  kind: 'conditional-batch-norm',
  role: 'layer',
  title: 'Conditional batch norm',
  category: 'Normalisation',
  place: ['network'],
  summary:
    'Batch norm whose scale and offset depend on the class: it gives every layer of G the class to draw.',
  formula: 'y = \\gamma_c\\, \\frac{x - \\mu}{\\sqrt{\\sigma^2 + \\varepsilon}} + \\beta_c',
  source: { label: 'Dumoulin et al. 2017', url: 'https://arxiv.org/abs/1610.07629' },
  aliases: ['cbn', 'class', 'condition', 'label', 'normalise', 'sngan', 'biggan'],
  traits: {
    batchStatistics: true,
    alone: { severity: 'error', overSpace: true, says: 'gives the offset β of the class, whatever goes in' },
  },
  params: z.strictObject({
    momentum: param(z.number().min(0).lt(1).default(0.99), {
      label: 'Momentum',
      help: 'How much of the moving statistics stays at each update; they are used in eval mode.',
      step: 0.01,
    }),
    epsilon: epsilonParam(z.number(), 1e-3),
  }),
  caption: ({ momentum }) => String(momentum),
  examples: [
    { inputs: { in: [4], labels: [3] }, outputs: { out: [4] } },
    {
      params: { momentum: 0.8, epsilon: 1e-5 },
      inputs: { in: [2, 3, 2], labels: [4] },
      outputs: { out: [2, 3, 2] },
    },
  ],
  inputs: (): readonly InputPort[] => [
    { name: 'in', type: 'tensor' },
    { name: 'labels', type: 'tensor', help: 'One-hot: which row of the tables.' },
  ],
  outputs: tensorOut,
  infer(_, inputs) {
    const input = shapeAt(inputs, 'in');
    const labels = shapeAt(inputs, 'labels').dims;
    if (labels.length !== 1)
      return problem({
        code: 'rank-mismatch',
        port: 'labels',
        message: `Conditional batch norm takes labels as a vector, but gets ${formatDims(labels)}.`,
        hint: 'Wire one-hot labels of a data set, or a categorical code.',
      });
    if (input.batch === 'one' && input.dims.length === 1)
      return problem({
        code: 'batch-too-small',
        port: 'in',
        message: 'Conditional batch norm over a single row turns everything into zeros.',
        hint: 'Put it before what makes one row of the batch.',
      });
    return { out: input };
  },
  cost(_, inputs) {
    const { dims } = shapeAt(inputs, 'in');
    return 4 * sizeOf(dims) + 2 * sizeOf(shapeAt(inputs, 'labels').dims) * (dims.at(-1) as number);
  },
  weights(_, inputs) {
    const classes = shapeAt(inputs, 'labels').dims[0] as number;
    const channels = shapeAt(inputs, 'in').dims.at(-1) as number;
    return [
      { name: 'gamma', shape: [classes, channels], init: { type: 'constant', value: 1 } },
      { name: 'beta', shape: [classes, channels], init: { type: 'constant', value: 0 } },
    ];
  },
  buffers(_, inputs) {
    const channels = shapeAt(inputs, 'in').dims.at(-1) as number;
    return [
      { name: 'mean', shape: [channels], init: { type: 'constant', value: 0 } },
      { name: 'variance', shape: [channels], init: { type: 'constant', value: 1 } },
    ];
  },
  advance(tf, { momentum }, buffers, observed) {
    const move = (name: 'mean' | 'variance') =>
      tf.add(tf.mul(buffers[name] as Tensor, momentum), tf.mul(observed[name] as Tensor, 1 - momentum));
    return { mean: move('mean'), variance: move('variance') };
  },
  differentiable: 2,
  apply(tf, { params: { epsilon }, weights: { gamma, beta }, buffers, inputs, context }) {
    const [x, labels] = [tensorAt(inputs, 'in'), tensorAt(inputs, 'labels')];
    const channels = x.shape.at(-1) as number;
    const perPixel = [labels.shape[0] as number, ...x.shape.slice(1, -1).map(() => 1), channels];
    const rowsOf = (table: Tensor | undefined) => tf.reshape(tf.matMul(labels, table as Tensor), perPixel); // [rows, 1, 1, C]
    const chosen = (unit: Tensor) => tf.add(tf.mul(unit, rowsOf(gamma)), rowsOf(beta));
    if (context.mode === 'train') {
      const [one, zero] = [tf.ones([channels]), tf.zeros([channels])];
      const { y, mean, variance } = batchNormalise(tf, x, one, zero, epsilon);
      return { outputs: { out: chosen(y) }, observed: { mean, variance } };
    }
    const { mean, variance } = buffers as { mean: Tensor; variance: Tensor };
    const unit = tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, epsilon)));
    return { outputs: { out: chosen(unit) } };
  },
  torch: {
    module({ params, shapes }) {
      const { dims } = shapeAt(shapes.inputs, 'in');
      const [channels, classes] = [dims.at(-1), shapeAt(shapes.inputs, 'labels').dims[0]];
      const momentum = Number((1 - params.momentum).toPrecision(12));
      const norm = `nn.BatchNorm${Math.max(1, dims.length - 1)}d(${channels}, eps=${params.epsilon}, momentum=${momentum}, affine=False, track_running_stats=True)`;
      const table = `nn.Linear(${classes}, ${channels}, bias=False)`;
      return `nn.ModuleDict({'norm': ${norm}, 'gamma': ${table}, 'beta': ${table}})`;
    },
    forward({ shapes, self, inputs }) {
      const space = ', None'.repeat(shapeAt(shapes.inputs, 'in').dims.length - 1);
      const labels = expressionAt(inputs, 'labels');
      const row = (table: string) => `${self}['${table}'](${labels})${space && `[:, :${space}]`}`;
      return { out: `${self}['norm'](${expressionAt(inputs, 'in')}) * ${row('gamma')} + ${row('beta')}` };
    },
    state: {
      gamma: { name: 'gamma.weight', permute: [1, 0] },
      beta: { name: 'beta.weight', permute: [1, 0] },
      mean: { name: 'norm.running_mean' },
      variance: { name: 'norm.running_var' },
    },
  },
});
