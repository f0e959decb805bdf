import * as z from 'zod';
import { pythonMetric } from '@/lib/data/python';
import { meanDiscrepancy } from '@/lib/metrics/mmd';
import * as python from '@/lib/metrics/python';
import { defineMetric } from '../define';
import { everyCaption, metricParams } from './common';
import { comparedOf, comparisonProblem, samplesAndData } from './samples-data';

export const metricMmd = defineMetric({
  kind: 'metric-mmd',
  role: 'metric',
  title: 'Mean discrepancy',
  category: 'Metrics',
  place: ['game'],
  summary:
    'How far samples are from data by all moments at once, through a Gaussian kernel: from 0 to about 1.4.',
  formula:
    "\\mathrm{MMD}^2 = \\mathbb{E}\\,k(x, x') + \\mathbb{E}\\,k(y, y') - 2\\, \\mathbb{E}\\,k(x, y), \\quad k(x, y) = e^{-\\lVert x - y \\rVert^2 / 2 h^2}",
  source: { label: 'Gretton et al. 2012', url: 'https://jmlr.org/papers/v13/gretton12a.html' },
  aliases: ['maximum mean discrepancy', 'mmd', 'kernel', 'two-sample', 'distance', 'metric'],
  params: z.strictObject(metricParams),
  caption: everyCaption,
  examples: [
    { inputs: { samples: [2], data: [2] }, outputs: {} },
    { params: { samples: 500 }, inputs: { samples: [8, 8, 1], data: [8, 8, 1] }, outputs: {} },
  ],
  inputs: samplesAndData,
  outputs: () => [],
  infer: (_, inputs) => comparisonProblem(inputs) ?? {},
  results: [{ name: 'mmd', label: 'Mean discrepancy', better: 'lower' }],
  measure({ inputs }) {
    const { samples, data, size } = comparedOf(inputs);
    return { mmd: meanDiscrepancy(samples, data, size) };
  },
  python: () =>
    pythonMetric(
      '{"mmd": mean_discrepancy(read["samples"][0], read["data"][0])}',
      python.flatRows,
      python.finiteRows,
      python.squaredDistances,
      python.meanDiscrepancy,
    ),
});
