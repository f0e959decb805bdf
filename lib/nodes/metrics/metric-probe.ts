import * as z from 'zod';
import { pythonMetric } from '@/lib/data/python';
import { largestOf } from '@/lib/metrics/classes';
import { probeAccuracy } from '@/lib/metrics/linear-probe';
import * as python from '@/lib/metrics/python';
import * as known from '@/lib/metrics/python-known';
import { formatDims, sizeOf } from '@/lib/shapes/shape';
import { defined } from '@/lib/util/assert';
import { defineMetric, problem } from '../define';
import { param } from '../params';
import { shapeAt } from '../ports';
import { everyCaption, metricParams } from './common';
import { flatProblem } from './flat';

/** More features than this would take too long to fit. */
const MOST_FEATURES = 1_024;

/** What a network has learned of classes that it was never given. */
export const metricProbe = defineMetric({
  kind: 'metric-probe',
  role: 'metric',
  title: 'Linear probe',
  category: 'Metrics',
  place: ['game'],
  summary:
    'How many classes a linear map reads off features: fitted on some of the samples, tried on the others.',
  formula:
    'W = \\bigl(\\tfrac1n F^\\top F + \\lambda I\\bigr)^{-1} \\tfrac1n F^\\top Y, \\quad \\lambda = 10^{-3}',
  source: { label: 'Alain & Bengio 2016', url: 'https://arxiv.org/abs/1610.01644' },
  aliases: ['representation', 'features', 'ridge', 'linear classifier', 'bigan', 'encoder', 'metric'],
  params: z.strictObject({
    labelled: param(z.int().min(2).max(100_000).nullable().default(null), {
      label: 'Labelled',
      help: 'How many of the samples the map is fitted on. Empty: half of them.',
      step: 10,
    }),
    ...metricParams,
  }),
  caption: everyCaption,
  examples: [
    { inputs: { features: [16], labels: [10] }, outputs: {} },
    { params: { samples: 500, labelled: 50 }, inputs: { features: [4, 4, 2], labels: [8] }, outputs: {} },
  ],
  inputs: () => [
    { name: 'features', type: 'tensor', help: 'What an encoder or a hidden layer gives for labelled data.' },
    { name: 'labels', type: 'tensor', help: 'The right classes of the same rows, one-hot.' },
  ],
  outputs: () => [],
  infer({ labelled, samples }, inputs) {
    if (labelled !== null && labelled >= samples)
      return problem({
        code: 'param-range',
        message: `A probe needs samples to be tried on: ${labelled} of ${samples} are fitted.`,
        hint: `Take more samples than ${labelled}.`,
        fix: { label: 'Fit half of them', params: { labelled: null } },
      });
    const { dims } = shapeAt(inputs, 'features');
    if (sizeOf(dims) > MOST_FEATURES)
      return problem({
        code: 'shape-too-large',
        port: 'features',
        message: `Features are ${formatDims(dims)}, ${sizeOf(dims)} numbers; a probe takes at most ${MOST_FEATURES}.`,
        hint: 'Pool them first, or take a smaller layer.',
      });
    return flatProblem('Linear probe', 'labels', shapeAt(inputs, 'labels')) ?? {};
  },
  results: [
    { name: 'accuracy', label: 'Accuracy of the probe', short: 'Accuracy', unit: '%', better: 'higher' },
  ],
  measure({ params: { labelled }, inputs }): Record<string, number> {
    const features = defined(inputs.features?.[0], 'features');
    const labels = defined(inputs.labels?.[0], 'labels');
    if (!features.data.every(Number.isFinite)) return {};
    const count = labels.dims.at(-1) as number;
    const classes = largestOf(labels.data, count);
    const size = sizeOf(features.dims.slice(1));
    return { accuracy: probeAccuracy(features.data, size, classes, count, labelled ?? undefined) };
  },
  python: ({ params: { labelled } }) =>
    pythonMetric(
      `linear_probe(read["features"][0], read["labels"][0], ${labelled ?? 'None'})`,
      python.flatRows,
      python.largestOf,
      known.linearProbe,
    ),
});
