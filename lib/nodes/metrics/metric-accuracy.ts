import * as z from 'zod';
import { pythonMetric } from '@/lib/data/python';
import { agreementOf, largestOf } from '@/lib/metrics/classes';
import * as python from '@/lib/metrics/python';
import { formatDims, sameDims } from '@/lib/shapes/shape';
import { defined } from '@/lib/util/assert';
import { defineMetric, problem } from '../define';
import { shapeAt } from '../ports';
import { everyCaption, metricParams } from './common';

export const metricAccuracy = defineMetric({
  kind: 'metric-accuracy',
  role: 'metric',
  title: 'Accuracy',
  category: 'Metrics',
  place: ['game'],
  summary:
    'The share of examples whose largest class score is at the right class, and of those where it is not.',
  formula: '\\tfrac1n \\#\\{i : \\arg\\max_k s_{ik} = y_i\\}',
  source: {
    label: 'Goodfellow et al. 2016, 5.1.2',
    url: 'https://www.deeplearningbook.org/contents/ml.html',
  },
  aliases: ['classifier', 'error', 'classes', 'semi-supervised', 'metric'],
  params: z.strictObject(metricParams),
  caption: everyCaption,
  examples: [
    { inputs: { in: [10], labels: [10] }, outputs: {} },
    { params: { samples: 4_000 }, inputs: { in: [2], labels: [2] }, outputs: {} },
  ],
  inputs: () => [
    { name: 'in', type: 'tensor', help: 'A score per class, logits or probabilities.' },
    { name: 'labels', type: 'tensor', help: 'The right classes, one-hot.' },
  ],
  outputs: () => [],
  infer(_, inputs) {
    const [scores, labels] = [shapeAt(inputs, 'in').dims, shapeAt(inputs, 'labels').dims];
    if (sameDims(scores, labels)) return {};
    return problem({
      code: 'shape-mismatch',
      port: 'labels',
      message: `Scores are ${formatDims(scores)}, labels ${formatDims(labels)}; there must be a score for every class.`,
      hint: `Let the classifier end with ${labels.at(-1)} numbers.`,
    });
  },
  results: [
    { name: 'accuracy', label: 'Accuracy', unit: '%', better: 'higher' },
    { name: 'error', label: 'Error', unit: '%', better: 'lower' },
  ],
  measure({ inputs }) {
    const scores = defined(inputs.in?.[0], 'in');
    const labels = defined(inputs.labels?.[0], 'labels');
    const classes = scores.dims.at(-1) as number;
    const accuracy = agreementOf(largestOf(scores.data, classes), largestOf(labels.data, classes));
    return { accuracy, error: 1 - accuracy };
  },
  python: () =>
    pythonMetric(
      '{"accuracy": (right := agreement(largest_of(read["in"][0]), largest_of(read["labels"][0]))), "error": 1 - right}',
      python.flatRows,
      python.largestOf,
      python.agreement,
    ),
});
