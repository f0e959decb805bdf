import * as z from 'zod';
import { valueFigures } from '@/lib/metrics/value';
import { defineView, type TensorData } from '../define';
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
      histograms: tensors.map((tensor) => histogramOf(tensor, params.bins)),
    };
  },
});

/** Shares of the numbers by bin, from the lowest to the highest number. */
function histogramOf({ data }: TensorData, bins: number): Float32Array {
  const shares = new Float32Array(bins);
  const values = data.filter(Number.isFinite);
  const low = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const high = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  for (const value of values) {
    const bin = high > low ? Math.min(bins - 1, Math.floor((bins * (value - low)) / (high - low))) : 0;
    shares[bin] = (shares[bin] as number) + 1 / values.length;
  }
  return shares;
}
