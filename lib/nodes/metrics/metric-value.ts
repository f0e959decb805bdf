import * as z from 'zod';
import { meanAndSd } from '@/lib/metrics/value';
import { defineMetric } from '../define';
import { everyCaption, metricParams } from './common';

/**
 * Mean and deviation of the numbers on each wire. The first wire's are `mean` and `sd`; further wires add
 * theirs with a number, `mean2` and `sd2`.
 */
export const metricValue = defineMetric({
  kind: 'metric-value',
  role: 'metric',
  title: 'Value',
  category: 'Metrics',
  place: ['game'],
  summary: 'Follows mean and deviation of the numbers on wires over the run.',
  formula: '\\bar x = \\frac1n \\sum_i x_i, \\quad s = \\sqrt{\\tfrac1n \\sum_i (x_i - \\bar x)^2}',
  aliases: ['mean', 'deviation', 'average', 'track', 'metric'],
  params: z.strictObject(metricParams),
  caption: everyCaption,
  examples: [
    { inputs: { in: [[1]] }, outputs: {} },
    { params: { samples: 10 }, inputs: { in: [[2], [4, 4, 1]] }, outputs: {} },
  ],
  inputs: () => [{ name: 'in', type: 'tensor', many: true, help: 'What to follow.' }],
  outputs: () => [],
  infer: () => ({}),
  results: [
    { name: 'mean', label: 'Mean' },
    { name: 'sd', label: 'Standard deviation' },
  ],
  measure({ inputs }) {
    const result: Record<string, number> = {};
    (inputs.in ?? []).forEach(({ data }, i) => {
      const { mean, sd } = meanAndSd(data);
      const suffix = i === 0 ? '' : String(i + 1);
      result[`mean${suffix}`] = mean;
      result[`sd${suffix}`] = sd;
    });
    return result;
  },
});
