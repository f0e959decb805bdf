import * as z from 'zod';
import { formatDims, sameDims } from '@/lib/shapes/shape';
import { defineLoss, problem, type Tensor, type Tf } from '../define';
import { expressionAt, shapeAt, tensorAt } from '../ports';
import { logOf, torchLogOf } from './cross-entropy-terms';
import { scoresParam } from './pair';
import { scalar, scalarOut } from './two';

/** How surprised a classifier is by the right classes, on average. */
export const crossEntropy = defineLoss({
  kind: 'cross-entropy',
  role: 'loss',
  title: 'Cross-entropy',
  category: 'Losses',
  place: ['game'],
  summary: 'How surprised a classifier is by the right classes: for auxiliary classes and codes to recover.',
  formula: 'J = -\\overline{\\sum_k y_k \\log \\hat p_k}, \\quad \\log \\hat p = a - \\log \\sum_k e^{a_k}',
  source: {
    label: 'Goodfellow et al. 2016, 6.2.2',
    url: 'https://www.deeplearningbook.org/contents/mlp.html',
  },
  aliases: ['softmax', 'categorical', 'log loss', 'classifier', 'nll', 'infogan', 'acgan'],
  params: z.strictObject({ scores: scoresParam }),
  examples: [
    { inputs: { in: [4], labels: [4] }, outputs: { out: [] } },
    { inputs: { in: [2, 2, 3], labels: [2, 2, 3] }, outputs: { out: [] } },
    {
      params: { scores: 'probabilities' },
      within: [0, 1],
      inputs: { in: [3], labels: [3] },
      outputs: { out: [] },
    },
  ],
  inputs: () => [
    { name: 'in', type: 'tensor', scores: true, help: 'A score per class, along the last axis.' },
    { name: 'labels', type: 'tensor', help: 'The right classes, one-hot.' },
  ],
  outputs: scalarOut,
  infer(params, inputs) {
    const [scores, labels] = [shapeAt(inputs, 'in').dims, shapeAt(inputs, 'labels').dims];
    if (scores.at(-1) === 1 && params.scores === 'logits')
      return problem({
        code: 'output-constant',
        port: 'in',
        message: `Cross-entropy over one class is 0 whatever the score is, since one class is always right.`,
        hint: 'Give it a score for each class, or use Binary cross-entropy.',
      });
    if (sameDims(scores, labels)) return { out: scalar };
    return problem({
      code: 'shape-mismatch',
      port: 'labels',
      message: `Scores are ${formatDims(scores)}, labels ${formatDims(labels)}; there must be a score for every class.`,
      hint: `Let the classifier end with ${labels.at(-1)} numbers.`,
    });
  },
  differentiable: 2,
  evaluate(tf, _, { params, inputs }) {
    const logs = logProbabilities(tf, tensorAt(inputs, 'in'), params.scores);
    return tf.neg(tf.mean(tf.sum(tf.mul(tensorAt(inputs, 'labels'), logs), -1)));
  },
  torch: {
    forward({ params, inputs }) {
      const [scores, labels] = [expressionAt(inputs, 'in'), expressionAt(inputs, 'labels')];
      const logs = params.scores === 'logits' ? `F.log_softmax(${scores}, dim=1)` : torchLogOf(scores);
      return { out: `-(${labels} * ${logs}).sum(1).mean()` };
    },
  },
});

/** log p̂ along the last axis. */
function logProbabilities(tf: Tf, scores: Tensor, given: 'logits' | 'probabilities'): Tensor {
  return given === 'logits' ? tf.sub(scores, tf.logSumExp(scores, -1, true)) : logOf(tf, scores);
}
