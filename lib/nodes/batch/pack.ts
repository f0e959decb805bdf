import * as z from 'zod';
import { shape } from '@/lib/shapes/shape';
import { defineOp, problem } from '../define';
import { param } from '../params';
import { expressionAt, shapeAt, tensorAt, tensorIn, tensorOut } from '../ports';

/** [rows, ..., C] → [rows / m, ..., m C], neighbours together; rows that fill no pack are left out. */
export const pack = defineOp({
  kind: 'pack',
  role: 'op',
  title: 'Pack',
  category: 'Batch statistics',
  place: ['network', 'game'],
  summary: 'Lays m examples of the batch side by side as one, so that D judges them together.',
  formula: 'y_i = [x_{mi}, x_{mi+1}, \\dots, x_{mi+m-1}]',
  source: { label: 'Lin et al. 2018 (PacGAN)', url: 'https://arxiv.org/abs/1712.04086' },
  aliases: ['pacgan', 'mode collapse', 'batch', 'join', 'variety'],
  traits: { keepsValues: true, joinsExamples: true },
  params: z.strictObject({
    m: param(z.int().min(2).max(64).default(2), {
      label: 'Examples m',
      help: 'How many become one; the batch is divided by it.',
      step: 1,
    }),
  }),
  caption: ({ m }) => `${m} in one`,
  examples: [
    { inputs: { in: [4] }, outputs: { out: [8] } },
    { params: { m: 3 }, inputs: { in: [2, 2, 2] }, outputs: { out: [2, 2, 6] } },
  ],
  inputs: tensorIn,
  outputs: tensorOut,
  infer({ m }, inputs) {
    const { dims, batch } = shapeAt(inputs, 'in');
    if (batch === 'one')
      return problem({
        code: 'batch-too-small',
        port: 'in',
        message: `Pack makes one example of ${m}, but gets a single row.`,
        hint: 'Put it before what makes one row of the batch.',
      });
    return { out: shape(dims.with(-1, m * (dims.at(-1) as number)), batch * m) };
  },
  cost: () => 0,
  differentiable: 2,
  apply(tf, { params: { m }, inputs }) {
    const x = tensorAt(inputs, 'in');
    const [rows, channels] = [x.shape[0] as number, x.shape.at(-1) as number];
    const packs = Math.floor(rows / m);
    const whole = packs * m === rows ? x : tf.slice(x, 0, packs * m);
    const beside = tf.transpose(tf.reshape(whole, [packs, m, -1, channels]), [0, 2, 1, 3]); // [packs, places, m, C]
    return { outputs: { out: tf.reshape(beside, [packs, ...x.shape.slice(1, -1), m * channels]) } };
  },
  torch: {
    forward({ params: { m }, shapes, inputs }) {
      const { dims } = shapeAt(shapes.inputs, 'in');
      const to = [m * (dims.at(-1) as number), ...dims.slice(0, -1)].join(', ');
      return {
        out: `(lambda x: x[:len(x) // ${m} * ${m}].reshape(-1, ${to}))(${expressionAt(inputs, 'in')})`,
      };
    },
  },
});
