import type { Scalar } from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { defineLoss, type Tensor, type Tf } from '../define';
import { param } from '../params';
import { expressionAt, tensorAt } from '../ports';
import { inferPair, pairInputs, pairOutputs, scoresParam } from './pair';

const label = z.number().min(-100).max(100);

/** ½ mean (s - t)² */
const halfSquares = (tf: Tf, scores: Tensor, target: number) =>
  tf.mul<Scalar>(tf.mean(tf.square(tf.sub(scores, target))), 0.5);

const torchHalfSquares = (scores: string, target: number) => `0.5 * ((${scores} - ${target}) ** 2).mean()`;

export const lossLeastSquares = defineLoss({
  kind: 'loss-least-squares',
  role: 'loss',
  title: 'Least squares',
  category: 'Losses',
  place: ['game'],
  summary: 'Pulls scores towards labels by squared distance, which does not saturate (LSGAN).',
  formula:
    'J_D = \\tfrac12 \\overline{(s_{real} - b)^2} + \\tfrac12 \\overline{(s_{fake} - a)^2} \\\\ J_G = \\tfrac12 \\overline{(s_{fake} - c)^2}',
  source: { label: 'Mao et al. 2017', url: 'https://arxiv.org/abs/1611.04076' },
  aliases: ['lsgan', 'l2', 'mse', 'pearson'],
  traits: {
    fallingRate: true,
    anyScores: true,
    wants: ({ a, b, c }, output) =>
      output === 'g' ? { fake: Number(c) } : { real: Number(b), fake: Number(a) },
  },
  params: z.strictObject({
    scores: scoresParam,
    a: param(label.default(0), { label: 'a', help: 'What D should say of fakes.', step: 0.1 }),
    b: param(label.default(1), { label: 'b', help: 'What D should say of real data.', step: 0.1 }),
    c: param(label.default(1), {
      label: 'c',
      help: 'What G wants D to say of fakes. With a = -1, b = 1, c = 0 this is Pearson’s χ².',
      step: 0.1,
    }),
  }),
  caption: ({ a, b, c }) => `a ${a}, b ${b}, c ${c}`,
  examples: [
    { inputs: { real: [1], fake: [1] }, outputs: { d: [], g: [] } },
    {
      params: { a: -1, b: 1, c: 0 },
      inputs: { real: [2, 2, 1], fake: [2, 2, 1] },
      outputs: { d: [], g: [] },
    },
  ],
  inputs: pairInputs,
  outputs: pairOutputs,
  infer: inferPair,
  differentiable: 2,
  evaluate(tf, output, { params, inputs }) {
    const fake = tensorAt(inputs, 'fake');
    if (output === 'g') return halfSquares(tf, fake, params.c);
    return tf.add(halfSquares(tf, tensorAt(inputs, 'real'), params.b), halfSquares(tf, fake, params.a));
  },
  torch: {
    forward({ params, inputs }) {
      const real = expressionAt(inputs, 'real');
      const fake = expressionAt(inputs, 'fake');
      return {
        d: `${torchHalfSquares(real, params.b)} + ${torchHalfSquares(fake, params.a)}`,
        g: torchHalfSquares(fake, params.c),
      };
    },
  },
});
