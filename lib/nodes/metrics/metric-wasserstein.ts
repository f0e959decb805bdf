import * as z from 'zod';
import { pythonMetric } from '@/lib/data/python';
import * as python from '@/lib/metrics/python';
import { wasserstein } from '@/lib/metrics/wasserstein';
import { defineMetric } from '../define';
import { everyCaption, metricParams } from './common';
import { comparedOf, comparisonProblem, samplesAndData } from './samples-data';

export const metricWasserstein = defineMetric({
  kind: 'metric-wasserstein',
  role: 'metric',
  title: 'Wasserstein distance',
  category: 'Metrics',
  place: ['game'],
  summary:
    'How far samples must be moved to become data: exact on the line, over random directions elsewhere.',
  formula: 'W_1(p, q) = \\int_0^1 \\lvert F_p^{-1}(u) - F_q^{-1}(u) \\rvert\\, du',
  source: { label: 'Bonneel et al. 2015', url: 'https://doi.org/10.1007/s10851-014-0506-3' },
  aliases: ['earth mover', 'emd', 'w1', 'sliced', 'distance', 'metric'],
  params: z.strictObject(metricParams),
  caption: everyCaption,
  examples: [
    { inputs: { samples: [1], data: [1] }, outputs: {} },
    { params: { samples: 100 }, inputs: { samples: [4, 4, 1], data: [4, 4, 1] }, outputs: {} },
  ],
  inputs: samplesAndData,
  outputs: () => [],
  infer: (_, inputs) => comparisonProblem(inputs) ?? {},
  results: [{ name: 'distance', label: 'Distance', better: 'lower' }],
  measure({ inputs, stream }) {
    const { samples, data, size } = comparedOf(inputs);
    return { distance: wasserstein(samples, data, size, stream) };
  },
  python: ({ stream }) =>
    pythonMetric(
      `{"distance": wasserstein(read["samples"][0], read["data"][0], ${stream})}`,
      python.randomNumbers,
      python.flatRows,
      python.wasserstein,
    ),
});
