import * as z from 'zod';
import { countModes } from '@/lib/metrics/modes';
import { defined } from '@/lib/util/assert';
import { defineMetric } from '../define';
import { param } from '../params';
import { shapeAt } from '../ports';
import { datasetParam, metricParams } from './common';
import { flatProblem } from './flat';
import { modePositions } from './mode-positions';

/** Mode coverage of a known mixture: the test that a collapsed generator fails. */
export const metricModes = defineMetric({
  kind: 'metric-modes',
  role: 'metric',
  title: 'Modes',
  category: 'Metrics',
  place: ['game'],
  summary:
    'Counts the modes of a known mixture that the samples reach, and how near their shares are to the true ones.',
  formula:
    'q = \\frac{1}{n} \\#\\{x : \\min_k \\lVert (x - c_k) / \\sigma_k \\rVert < 3\\}, \\quad \\mathrm{KL}(\\hat p \\,\\Vert\\, w)',
  source: { label: 'Srivastava et al. 2017 (VEEGAN)', url: 'https://arxiv.org/abs/1705.07761' },
  aliases: ['mode collapse', 'coverage', 'high quality', 'metric'],
  traits: { needsTruth: 'modes' },
  params: z.strictObject({
    dataset: datasetParam,
    minimum: param(z.int().min(1).max(100_000).default(20), {
      label: 'Minimum',
      help: 'High-quality samples that a mode needs to count as reached.',
      step: 1,
    }),
    ...metricParams,
  }),
  caption: ({ dataset }) => dataset,
  examples: [
    { params: { dataset: 'data' }, inputs: { samples: [2] }, outputs: {} },
    { params: { dataset: 'data', minimum: 1, samples: 100 }, inputs: { samples: [1] }, outputs: {} },
  ],
  inputs: () => [{ name: 'samples', type: 'tensor', help: 'What the generator makes.' }],
  outputs: () => [],
  infer: (_, inputs) => flatProblem('Modes', 'samples', shapeAt(inputs, 'samples')) ?? {},
  results: [
    { name: 'modes', label: 'Modes reached', total: ({ modes }) => modes?.centres.length, better: 'higher' },
    { name: 'highQuality', label: 'High quality', unit: '%', better: 'higher' },
    { name: 'reverseKl', label: 'Reverse KL', unit: 'nats', better: 'lower' },
    { name: 'totalVariation', label: 'Total variation', better: 'lower' },
  ],
  measure({ params, inputs, truth }) {
    const samples = defined(inputs.samples?.[0], 'samples');
    const dims = samples.dims[1] as number;
    const modes = modePositions(truth, dims);
    // A data set without known modes, or of other dims, has nothing to count.
    if (!modes) return {};
    const { counts, ...result } = countModes(samples.data, dims, modes, params.minimum);
    return result;
  },
});
