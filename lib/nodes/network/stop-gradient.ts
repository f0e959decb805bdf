import * as z from 'zod';
import { defineOp } from '../define';
import { expressionAt, shapeAt, tensorAt, tensorIn, tensorOut } from '../ports';

export const stopGradient = defineOp({
  kind: 'stop-gradient',
  role: 'op',
  title: 'Stop gradient',
  category: 'Networks',
  place: ['game'],
  summary: 'Passes a tensor on as a constant: what made it learns nothing from what follows.',
  formula: 'y = x, \\quad \\partial y / \\partial x := 0',
  source: {
    label: 'torch.Tensor.detach',
    url: 'https://pytorch.org/docs/stable/generated/torch.Tensor.detach.html',
  },
  aliases: ['detach', 'freeze', 'constant', 'no grad'],
  traits: { keepsValues: true, stopsGradient: true },
  params: z.strictObject({}),
  examples: [
    { inputs: { in: [4] }, outputs: { out: [4] } },
    { inputs: { in: [2, 2, 3] }, outputs: { out: [2, 2, 3] } },
  ],
  inputs: tensorIn,
  outputs: tensorOut,
  infer: (_, inputs) => ({ out: shapeAt(inputs, 'in') }),
  cost: () => 0,
  differentiable: 0,
  apply(tf, { inputs }) {
    const constant = tf.customGrad((x) => {
      const input = x as ReturnType<typeof tensorAt>;
      return { value: tf.clone(input), gradFunc: () => tf.zerosLike(input) };
    });
    return { outputs: { out: constant(tensorAt(inputs, 'in')) } };
  },
  torch: { forward: ({ inputs }) => ({ out: `${expressionAt(inputs, 'in')}.detach()` }) },
});
