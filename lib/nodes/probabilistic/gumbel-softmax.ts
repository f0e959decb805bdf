import type { Tensor1D } from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { sizeOf } from '@/lib/shapes/shape';
import { defineOp, type Tensor, type Tf } from '../define';
import { liveParam, param, scheduledCaption, valueAt } from '../params';
import { expressionAt, shapeAt, tensorAt, tensorIn, tensorOut } from '../ports';
import { choiceProblem } from '../single-choice';
import { toChannelsFirst, toChannelsLast, whenTraining } from '../torch';

/** Uniform numbers stay this far from 0 and 1, where the Gumbel noise would be infinite. */
const MARGIN = 1e-7;

/** Along the last axis. Hard gives the one-hot value and the relaxation's gradient (straight-through). */
export const gumbelSoftmax = defineOp({
  kind: 'gumbel-softmax',
  role: 'op',
  title: 'Gumbel softmax',
  category: 'Probabilistic',
  place: ['network', 'game'],
  summary: 'Draws a class from logits by a smooth one-hot, so that a generator of discrete things can learn.',
  formula:
    'y = \\operatorname{softmax}\\!\\left(\\frac{x + g}{\\tau}\\right), \\quad g = -\\log(-\\log u), \\quad u \\sim U(0, 1)',
  source: { label: 'Jang et al. 2017', url: 'https://arxiv.org/abs/1611.01144' },
  aliases: ['concrete', 'discrete', 'categorical', 'one-hot', 'sample', 'text', 'straight-through'],
  traits: { range: [0, 1] },
  params: z.strictObject({
    temperature: liveParam(z.number().min(0.01).max(100), 1, {
      label: 'Temperature τ',
      help: 'Small is near one-hot, with large gradients; a ramp downwards is usual. No noise in eval mode.',
      step: 0.1,
    }),
    hard: param(z.boolean().default(false), {
      label: 'Hard',
      help: 'Gives exactly one-hot values, with the gradient of the smooth ones.',
    }),
  }),
  caption: ({ temperature, hard }) => `τ ${scheduledCaption(temperature)}${hard ? ' hard' : ''}`,
  examples: [
    { inputs: { in: [4] }, outputs: { out: [4] } },
    { params: { temperature: 2 }, inputs: { in: [3, 4] }, outputs: { out: [3, 4] } },
  ],
  inputs: tensorIn,
  outputs: tensorOut,
  infer(_, inputs) {
    const input = shapeAt(inputs, 'in');
    return choiceProblem('Gumbel softmax', input) ?? { out: input };
  },
  cost: (_, inputs) => 6 * sizeOf(shapeAt(inputs, 'in').dims),
  differentiable: 2,
  random: true,
  apply(tf, { params: { temperature, hard }, inputs, context }) {
    const logits = tensorAt(inputs, 'in');
    const noisy =
      context.mode === 'eval' ? logits : tf.add(logits, gumbel(tf, logits.shape, context.seed('gumbel')));
    const soft = tf.softmax(tf.div(noisy, temperature));
    return { outputs: { out: hard ? straightThrough(tf, soft) : soft } };
  },
  torch: {
    forward({ params: { temperature, hard }, shapes, inputs }) {
      const { dims } = shapeAt(shapes.inputs, 'in');
      const x = expressionAt(inputs, 'in');
      const tau = valueAt(temperature, 0);
      const u = `uniform(*${x}.shape).clamp(${MARGIN}, ${1 - MARGIN})`;
      const noisy = whenTraining(`${x} - torch.log(-torch.log(${u}))`, x);
      const soft = `F.softmax(${noisy} / ${tau}, dim=1)`;
      const oneHot = `F.one_hot(${toChannelsLast('y', dims.length)}.argmax(-1), num_classes=${dims.at(-1)}).to(y.dtype)`;
      if (!hard) return { out: soft };
      const through = `(lambda y: ${toChannelsFirst(oneHot, dims.length)} - y.detach() + y)(${soft})`;
      return { out: through };
    },
  },
});

function gumbel(tf: Tf, shape: number[], seed: number): Tensor {
  // tfjs takes seed 0 for "no seed".
  const u = tf.randomUniform(shape, MARGIN, 1 - MARGIN, 'float32', seed + 1);
  return tf.neg(tf.log(tf.neg(tf.log(u))));
}

/** One-hot at the largest, with the gradient as if it were y. */
function straightThrough(tf: Tf, soft: Tensor): Tensor {
  const choices = soft.shape.at(-1) as number;
  const through = tf.customGrad((y) => {
    const places = tf.reshape(tf.argMax(y as Tensor, -1), [-1]) as Tensor1D;
    const value = tf.reshape(tf.cast(tf.oneHot(places, choices), 'float32'), soft.shape);
    return { value, gradFunc: (dy: Tensor) => tf.clone(dy) };
  });
  return through(soft);
}
