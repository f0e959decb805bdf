import type { Scalar } from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { formatDims, sameDims } from '@/lib/shapes/shape';
import { defineLoss, type OutputPort, problem, type Tensor, type Tf } from '../define';
import { param } from '../params';
import { expressionAt, shapeAt, tensorAt } from '../ports';
import { wantsOfPair } from './pair';
import { scalar } from './two';

const ports = ['labelled', 'labels', 'real', 'fake'] as const;

const outputs = (): readonly OutputPort[] => [
  {
    name: 'd',
    type: 'scalar',
    needs: ports,
    player: 'discriminator',
    help: 'Minimised by the classifier, which is the discriminator.',
  },
  { name: 'g', type: 'scalar', needs: ['fake'], player: 'generator', help: 'Minimised by the generator.' },
];

/** A classifier that is a discriminator too: D(x) = Z / (Z + 1) with Z = Σ exp of the class scores. */
export const lossSemiSupervised = defineLoss({
  kind: 'loss-semi-supervised',
  role: 'loss',
  title: 'Semi-supervised',
  category: 'Losses',
  place: ['game'],
  summary:
    'Trains a classifier with few labels: what it is sure of is real, so unlabelled data and fakes teach it too.',
  formula:
    'J_D = \\overline{\\operatorname{lse}(\\ell) - \\ell_y} + \\tfrac w2 \\overline{\\operatorname{softplus}(-\\operatorname{lse}(\\ell_{real}))} + \\tfrac w2 \\overline{\\operatorname{softplus}(\\operatorname{lse}(\\ell_{fake}))} \\\\ J_G = \\tfrac12 \\overline{\\operatorname{softplus}(-\\operatorname{lse}(\\ell_{fake}))}',
  source: { label: 'Salimans et al. 2016, section 5', url: 'https://arxiv.org/abs/1606.03498' },
  aliases: ['ssl', 'sgan', 'few labels', 'classifier', 'improved gan'],
  traits: { anyScores: true, wants: wantsOfPair(1, 0) },
  params: z.strictObject({
    unlabelled: param(z.number().min(0).max(1000).default(1), {
      label: 'Unlabelled w',
      help: 'How much data without labels and fakes count for D, beside the examples that have labels.',
      step: 0.1,
    }),
  }),
  caption: ({ unlabelled }) => (unlabelled === 1 ? '' : `unlabelled × ${unlabelled}`),
  examples: [
    {
      inputs: { labelled: [3], labels: [3], real: [3], fake: [3] },
      outputs: { d: [], g: [] },
    },
    {
      params: { unlabelled: 5 },
      inputs: { labelled: [2], labels: [2], real: [2], fake: [2] },
      outputs: { d: [], g: [] },
    },
  ],
  inputs: () => [
    { name: 'labelled', type: 'tensor', help: 'Class scores of the examples that have labels.' },
    { name: 'labels', type: 'tensor', help: 'Their labels, one-hot.' },
    { name: 'real', type: 'tensor', scores: true, help: 'Class scores of real data without labels.' },
    { name: 'fake', type: 'tensor', scores: true, help: 'Class scores of fakes.' },
  ],
  outputs,
  infer(_, inputs) {
    const [first, ...others] = ports.map((port) => ({ port, dims: shapeAt(inputs, port).dims }));
    for (const { port, dims } of others)
      if (first && !sameDims(first.dims, dims))
        return problem({
          code: 'shape-mismatch',
          port,
          message: `Labelled scores are ${formatDims(first.dims)}, ${port} ${formatDims(dims)}; all are scores of the same classes.`,
          hint: 'Score all with the same network, with as many outputs as there are classes.',
        });
    return { d: scalar, g: scalar };
  },
  differentiable: 2,
  evaluate(tf, output, { params, inputs }) {
    const fake = logSum(tf, tensorAt(inputs, 'fake'));
    if (output === 'g') return halfSoftplus(tf, tf.neg(fake));
    const labelled = tensorAt(inputs, 'labelled');
    const right = tf.sum(tf.mul(tensorAt(inputs, 'labels'), tf.sub(logSum(tf, labelled), labelled)), -1);
    const unlabelled = tf.add(
      halfSoftplus(tf, tf.neg(logSum(tf, tensorAt(inputs, 'real')))),
      halfSoftplus(tf, fake),
    );
    return tf.add<Scalar>(tf.mean(right), tf.mul(unlabelled, params.unlabelled));
  },
  torch: {
    forward({ params, inputs }) {
      const [labelled, labels, real, fake] = ports.map((port) => expressionAt(inputs, port));
      return {
        d: `-(${labels} * F.log_softmax(${labelled}, dim=1)).sum(1).mean() + ${params.unlabelled} * (${torchHalf(`-${torchLogSum(real)}`)} + ${torchHalf(torchLogSum(fake))})`,
        g: torchHalf(`-${torchLogSum(fake)}`),
      };
    },
  },
});

/** ln Σ exp over the classes, kept as an axis. */
const logSum = (tf: Tf, scores: Tensor): Tensor => tf.logSumExp(scores, -1, true);

const halfSoftplus = (tf: Tf, a: Tensor): Scalar => tf.mul(tf.mean(tf.softplus(a)), 0.5);

const torchLogSum = (scores: string | undefined) => `torch.logsumexp(${scores}, dim=1)`;
const torchHalf = (a: string) => `0.5 * F.softplus(${a}, beta=1, threshold=20).mean()`;
