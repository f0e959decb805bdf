import * as z from 'zod';
import { kernelDistance } from '@/lib/metrics/kernel-distance';
import * as python from '@/lib/metrics/python';
import { defineMetric } from '../define';
import { shapeAt } from '../ports';
import { datasetParam, metricParams } from './common';
import { judgedOf, judgeError } from './judge';
import { judgedInPython } from './judge-python';
import { comparisonProblem, samplesAndData } from './samples-data';

/** Samples and data in the features of a classifier of the data, compared by a kernel. */
export const metricKid = defineMetric({
  kind: 'metric-kid',
  role: 'metric',
  title: 'Kernel distance',
  category: 'Metrics',
  place: ['game'],
  summary:
    'Compares samples with labelled data by a kernel on a classifier’s features; unbiased, so few samples will do.',
  formula:
    "\\mathbb{E}\\,k(x, x') + \\mathbb{E}\\,k(y, y') - 2\\, \\mathbb{E}\\,k(x, y), \\quad k(x, y) = \\bigl(\\tfrac1d f(x)^\\top f(y) + 1\\bigr)^3",
  source: { label: 'Bińkowski et al. 2018', url: 'https://arxiv.org/abs/1801.01401' },
  aliases: ['kid', 'kernel inception distance', 'mmd', 'polynomial', 'classifier', 'metric'],
  traits: { needsTruth: ['classes'], reports: { about: 'judge', result: judgeError.name } },
  params: z.strictObject({ dataset: datasetParam, ...metricParams }),
  caption: ({ dataset }) => dataset.slice(0, 40),
  examples: [
    { params: { dataset: 'data' }, inputs: { samples: [16, 16, 1], data: [16, 16, 1] }, outputs: {} },
    { params: { dataset: 'data', samples: 500 }, inputs: { samples: [2], data: [2] }, outputs: {} },
  ],
  inputs: samplesAndData,
  outputs: () => [],
  infer: (_, inputs) => comparisonProblem(inputs) ?? {},
  results: [{ name: 'distance', label: 'Kernel distance', better: 'lower' }, judgeError],
  measure(args): Record<string, number> {
    const judged = judgedOf(args);
    if (!judged) return {};
    const { judge, made, real } = judged;
    return {
      distance: kernelDistance(judge.featuresOf(made), judge.featuresOf(real), judge.features),
      classifierError: judge.error,
    };
  },
  python: ({ inputs, truth }) =>
    judgedInPython(
      truth?.classes,
      shapeAt(inputs, 'samples').dims,
      (name, { error }) => `kernel_figures(read["samples"][0], read["data"][0], ${name}, ${error})`,
      python.kernelDistance,
    ),
});
