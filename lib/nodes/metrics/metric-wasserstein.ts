import { z } from 'zod';
import { wasserstein } from '@/lib/metrics/wasserstein';
import { formatDims, sameDims, sizeOf } from '@/lib/shapes/shape';
import { defined } from '@/lib/util/assert';
import { defineMetric, problem } from '../define';
import { shapeAt } from '../ports';
import { everyCaption, metricParams } from './common';

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
  inputs: () => [
    { name: 'samples', type: 'tensor', help: 'What the generator makes.' },
    { name: 'data', type: 'tensor', help: 'Real examples.' },
  ],
  outputs: () => [],
  infer(_, inputs) {
    const samples = shapeAt(inputs, 'samples');
    const data = shapeAt(inputs, 'data');
    if (sameDims(samples.dims, data.dims)) return {};
    return problem({
      code: 'shape-mismatch',
      port: 'data',
      message: `Samples are ${formatDims(samples.dims)}, data ${formatDims(data.dims)}; a distance needs one shape.`,
    });
  },
  results: [{ name: 'distance', label: 'Distance', better: 'lower' }],
  measure({ inputs, stream }) {
    const samples = defined(inputs.samples?.[0], 'samples');
    const data = defined(inputs.data?.[0], 'data');
    const size = sizeOf(samples.dims.slice(1));
    return { distance: wasserstein(samples.data, data.data, size, stream) };
  },
});
