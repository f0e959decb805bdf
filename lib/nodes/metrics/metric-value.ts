import * as z from 'zod';
import { pythonMetric } from '@/lib/data/python';
import * as python from '@/lib/metrics/python';
import { shareAbove0, valueFigures } from '@/lib/metrics/value';
import { defineMetric } from '../define';
import { everyCaption, metricParams } from './common';

/**
 * What the numbers on each wire are like. The first wire's are `mean`, `sd`, `min`, `max` and `positive`; further
 * wires add theirs with a number, `mean2` and so on. A loss is one number for each batch of at most 512 samples.
 */
export const metricValue = defineMetric({
  kind: 'metric-value',
  role: 'metric',
  title: 'Mean and deviation',
  category: 'Metrics',
  place: ['game'],
  summary:
    'Follows mean, deviation, range and share above 0 of the numbers on wires over the run: of tensors, or of losses.',
  formula: '\\bar x = \\frac1n \\sum_i x_i, \\quad s = \\sqrt{\\tfrac1n \\sum_i (x_i - \\bar x)^2}',
  aliases: ['mean', 'deviation', 'average', 'track', 'minimum', 'maximum', 'elbo', 'likelihood', 'metric'],
  params: z.strictObject(metricParams),
  caption: everyCaption,
  examples: [
    { inputs: { in: [[1]] }, outputs: {} },
    { params: { samples: 10 }, inputs: { in: [[2], [4, 4, 1]] }, outputs: {} },
  ],
  inputs: () => [{ name: 'in', type: 'tensor', also: 'scalar', many: true, help: 'What to follow.' }],
  outputs: () => [],
  perWire: 'in',
  infer: () => ({}),
  results: [
    { name: 'mean', label: 'Mean' },
    { name: 'sd', label: 'Standard deviation', short: 'Deviation' },
    { name: 'min', label: 'Smallest' },
    { name: 'max', label: 'Largest' },
    { name: 'positive', label: 'Share above 0', short: 'Above 0', unit: '%' },
  ],
  measure({ inputs }) {
    const result: Record<string, number> = {};
    (inputs.in ?? []).forEach(({ data }, i) => {
      const suffix = i === 0 ? '' : String(i + 1);
      const figures = { ...valueFigures(data), positive: shareAbove0(data) };
      for (const [name, value] of Object.entries(figures)) result[`${name}${suffix}`] = value;
    });
    return result;
  },
  python: () => pythonMetric('value_figures(read["in"])', python.valueFigures),
});
