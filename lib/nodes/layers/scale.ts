import * as z from 'zod';
import { sizeOf } from '@/lib/shapes/shape';
import { defineOp } from '../define';
import { liveParam, scheduledCaption, valueAt } from '../params';
import { expressionAt, shapeAt, tensorAt, tensorIn, tensorOut } from '../ports';

const number = z.number().min(-1e6).max(1e6);

export const scale = defineOp({
  kind: 'scale',
  role: 'op',
  title: 'Scale',
  category: 'Layers',
  place: ['network', 'game'],
  summary: 'Multiplies by a factor and adds an offset, both fixed or on a schedule.',
  formula: 'y = f x + o',
  source: { label: 'tf.layers.rescaling', url: 'https://js.tensorflow.org/api/latest/#layers.rescaling' },
  aliases: ['rescale', 'affine', 'range', 'shift', 'negate'],
  traits: {
    maps: (x, { factor, offset }) =>
      typeof factor === 'number' && typeof offset === 'number'
        ? (factor === 0 ? 0 : factor * x) + offset
        : undefined,
  },
  params: z.strictObject({
    factor: liveParam(number, 1, {
      label: 'Factor f',
      help: 'What every number is multiplied by.',
      step: 0.1,
    }),
    offset: liveParam(number, 0, { label: 'Offset o', help: 'What is added after that.', step: 0.1 }),
  }),
  caption: ({ factor, offset }) =>
    offset === 0
      ? `× ${scheduledCaption(factor)}`
      : `× ${scheduledCaption(factor)} + ${scheduledCaption(offset)}`,
  examples: [
    { params: { factor: -2, offset: 0.5 }, inputs: { in: [4] }, outputs: { out: [4] } },
    { inputs: { in: [2, 2, 3] }, outputs: { out: [2, 2, 3] } },
  ],
  inputs: tensorIn,
  outputs: tensorOut,
  infer: (_, inputs) => ({ out: shapeAt(inputs, 'in') }),
  cost: (_, inputs) => sizeOf(shapeAt(inputs, 'in').dims),
  differentiable: 2,
  apply(tf, { params: { factor, offset }, inputs }) {
    const scaled = tf.mul(tensorAt(inputs, 'in'), factor);
    return { outputs: { out: offset === 0 ? scaled : tf.add(scaled, offset) } };
  },
  // y = f x + o has n log|f|; a factor of 0 has no inverse, and gives infinities.
  flow(tf, { params: { factor, offset }, inputs }, direction) {
    const isForward = direction === 'forward';
    const from = tensorAt(inputs, isForward ? 'in' : 'out');
    const rows = from.shape[0] as number;
    const tensor = isForward ? tf.add(tf.mul(from, factor), offset) : tf.div(tf.sub(from, offset), factor);
    const logDet = (from.size / rows) * Math.log(Math.abs(factor)) * (isForward ? 1 : -1);
    return { tensors: { [isForward ? 'out' : 'in']: tensor }, logDet: tf.fill([rows], logDet) };
  },
  layersLine: '({ in: [x] }, { factor, offset }) => tf.add(tf.mul(x, factor), offset)',
  torch: {
    forward: ({ params: { factor, offset }, inputs }) => ({
      out: `${expressionAt(inputs, 'in')} * ${valueAt(factor, 0)} + ${valueAt(offset, 0)}`,
    }),
    flow({ params, shapes, inputs }, direction) {
      const [factor, offset] = [valueAt(params.factor, 0), valueAt(params.offset, 0)];
      const [port, tensor, sign] =
        direction === 'forward'
          ? ['in', `x * ${factor} + ${offset}`, '']
          : ['out', `(x - ${offset}) / ${factor}`, '-'];
      const size = sizeOf(shapeAt(shapes.inputs, 'in').dims);
      const logDet = `${sign}${size} * x.new_full((len(x),), ${factor}).abs().log()`;
      return `(lambda x: (${tensor}, ${logDet}))(${expressionAt(inputs, port)})`;
    },
  },
});
