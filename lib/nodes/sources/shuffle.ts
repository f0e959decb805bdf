import * as z from 'zod';
import { defineOp, problem } from '../define';
import { expressionAt, shapeAt, tensorAt, tensorIn, tensorOut } from '../ports';
import { whenTraining } from '../torch';

/** Rows keep their numbers and lose their partners: the batch beside it stays in order. */
export const shuffle = defineOp({
  kind: 'shuffle',
  role: 'op',
  title: 'Shuffle',
  category: 'Sources',
  place: ['game'],
  summary:
    'Puts the examples of a batch in random order: real images with wrong captions, other target labels.',
  formula: 'y_i = x_{\\pi(i)}, \\quad \\pi \\text{ a random permutation}',
  source: { label: 'Reed et al. 2016', url: 'https://arxiv.org/abs/1605.05396' },
  aliases: ['permute', 'mismatch', 'wrong caption', 'random', 'order', 'stargan'],
  traits: { keepsValues: true, alone: { severity: 'error', says: 'leaves it as it is' } },
  params: z.strictObject({}),
  examples: [
    { inputs: { in: [4] }, outputs: { out: [4] } },
    { inputs: { in: [2, 2, 3] }, outputs: { out: [2, 2, 3] } },
  ],
  inputs: tensorIn,
  outputs: tensorOut,
  infer(_, inputs) {
    const input = shapeAt(inputs, 'in');
    if (input.batch === 'one')
      return problem({
        code: 'batch-too-small',
        port: 'in',
        message: 'Shuffle gets a single row: there is nothing to put in order.',
        hint: 'Put it before what makes one row of the batch.',
      });
    return { out: input };
  },
  cost: () => 0,
  differentiable: 2,
  random: true,
  apply(tf, { inputs, context }) {
    const x = tensorAt(inputs, 'in');
    if (context.mode === 'eval') return { outputs: { out: x } };
    const rows = x.shape[0] as number;
    // A random order is that of random numbers. tfjs takes seed 0 for "no seed".
    const keys = tf.randomUniform([rows], 0, 1, 'float32', context.seed('order') + 1);
    return { outputs: { out: tf.gather(x, tf.topk(keys, rows).indices) } };
  },
  torch: {
    forward({ inputs }) {
      const drawn = whenTraining('x[uniform(len(x)).argsort(descending=True, stable=True)]', 'x');
      return { out: `(lambda x: ${drawn})(${expressionAt(inputs, 'in')})` };
    },
  },
});
