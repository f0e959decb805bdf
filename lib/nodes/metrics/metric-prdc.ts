import * as z from 'zod';
import { pythonMetric } from '@/lib/data/python';
import { neighbourhoodFigures } from '@/lib/metrics/neighbourhoods';
import * as python from '@/lib/metrics/python';
import { defineMetric } from '../define';
import { param } from '../params';
import { everyCaption, metricParams } from './common';
import { finiteRows } from './judge';
import { comparedOf, comparisonProblem, samplesAndData } from './samples-data';

/** Quality and variety apart, without a classifier: by who lies in whose neighbourhood. */
export const metricPrdc = defineMetric({
  kind: 'metric-prdc',
  role: 'metric',
  title: 'Precision and coverage',
  category: 'Metrics',
  place: ['game'],
  summary: 'How many samples look like data, and how much of the data samples reach, by nearest neighbours.',
  formula:
    '\\text{precision} = \\overline{[\\exists i: y_j \\in B_k(x_i)]}, \\quad \\text{coverage} = \\overline{[\\exists j: y_j \\in B_k(x_i)]}',
  source: { label: 'Naeem et al. 2020', url: 'https://arxiv.org/abs/2002.09797' },
  aliases: ['recall', 'density', 'coverage', 'fidelity', 'diversity', 'nearest neighbour', 'prdc', 'metric'],
  params: z.strictObject({
    neighbours: param(z.int().min(1).max(100).default(5), {
      label: 'Neighbours k',
      help: 'A neighbourhood reaches to the k-th nearest of its own set.',
      step: 1,
    }),
    ...metricParams,
  }),
  caption: everyCaption,
  examples: [
    { inputs: { samples: [2], data: [2] }, outputs: {} },
    { params: { neighbours: 3, samples: 500 }, inputs: { samples: [8, 8, 1], data: [8, 8, 1] }, outputs: {} },
  ],
  inputs: samplesAndData,
  outputs: () => [],
  infer: (_, inputs) => comparisonProblem(inputs) ?? {},
  results: [
    { name: 'precision', label: 'Precision', unit: '%', better: 'higher' },
    { name: 'recall', label: 'Recall', unit: '%', better: 'higher' },
    { name: 'density', label: 'Density', better: 'higher' },
    { name: 'coverage', label: 'Coverage', unit: '%', better: 'higher' },
  ],
  measure({ params: { neighbours }, inputs }): Record<string, number> {
    const { samples, data, size } = comparedOf(inputs);
    const [made, real] = [samples, data].map((rows) => finiteRows(rows, [size])) as [
      Float32Array,
      Float32Array,
    ];
    if (made.length === 0 || real.length === 0) return { precision: 0, recall: 0, density: 0, coverage: 0 };
    return { ...neighbourhoodFigures(made, real, size, neighbours) };
  },
  python: ({ params: { neighbours } }) =>
    pythonMetric(
      `neighbourhoods(read["samples"][0], read["data"][0], ${neighbours})`,
      python.flatRows,
      python.finiteRows,
      python.squaredDistances,
      python.neighbourhoods,
    ),
});
