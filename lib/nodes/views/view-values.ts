import * as z from 'zod';
import { histogramOf } from '@/lib/metrics/histogram';
import { valueFigures } from '@/lib/metrics/value';
import { defineView } from '../define';
import { param } from '../params';

/** The numbers on any wires: mean, deviation and a histogram of each. */
export const viewValues = defineView({
  kind: 'view-values',
  role: 'view',
  title: 'Values',
  category: 'Views',
  place: ['game'],
  summary: 'Shows mean, deviation and spread of the numbers on wires.',
  aliases: ['statistics', 'histogram', 'mean', 'debug', 'scores'],
  params: z.strictObject({
    count: param(z.int().min(1).max(10_000).default(100), {
      label: 'Count',
      help: 'Examples looked at.',
      step: 10,
    }),
    bins: param(z.int().min(2).max(200).default(32), {
      label: 'Bins',
      help: 'Bars of each histogram.',
      step: 1,
    }),
  }),
  caption: ({ count }) => String(count),
  examples: [
    { inputs: { in: [[1], [1]] }, outputs: {} },
    { params: { count: 10, bins: 8 }, inputs: { in: [[4, 4, 3]] }, outputs: {} },
  ],
  inputs: () => [{ name: 'in', type: 'tensor', many: true, help: 'What to look at.' }],
  outputs: () => [],
  infer: () => ({}),
  rows: ({ count }) => count,
  picture({ params, inputs }) {
    const tensors = inputs.in ?? [];
    return {
      type: 'values',
      rows: tensors.map(({ label, data }) => {
        const { mean, sd } = valueFigures(data);
        return { label, mean, sd };
      }),
      histograms: tensors.map(({ data }) => histogramOf(data, params.bins).shares),
    };
  },
});
