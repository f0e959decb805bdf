import * as z from 'zod';
import { pythonMetric } from '@/lib/data/python';
import { boundsOf } from '@/lib/draw/bounds';
import { histogramDivergences } from '@/lib/metrics/divergence';
import * as python from '@/lib/metrics/python';
import { formatDims } from '@/lib/shapes/shape';
import { defineMetric, problem } from '../define';
import { param } from '../params';
import { shapeAt } from '../ports';
import { everyCaption, metricParams } from './common';
import { comparedOf, comparisonProblem, samplesAndData } from './samples-data';

/** Bars along each axis where the user does not say, for numbers and for points of the plane. */
const BINS = [50, 20] as const;

/** Divergences as GAN Lab shows them: of histograms, so for numbers and points alone. */
export const metricDivergence = defineMetric({
  kind: 'metric-divergence',
  role: 'metric',
  title: 'Divergence',
  category: 'Metrics',
  place: ['game'],
  summary: 'KL and Jensen-Shannon divergence between histograms of data and of samples, in nats.',
  formula:
    '\\mathrm{KL}(p \\,\\Vert\\, q) = \\sum p \\ln \\frac{p}{q}, \\quad \\mathrm{JS} = \\tfrac12 \\mathrm{KL}(p \\,\\Vert\\, m) + \\tfrac12 \\mathrm{KL}(q \\,\\Vert\\, m), \\quad m = \\tfrac{p + q}{2}',
  source: { label: 'GAN Lab, Kahng et al. 2018', url: 'https://arxiv.org/abs/1809.01587' },
  aliases: ['kl', 'js', 'kullback-leibler', 'jensen-shannon', 'histogram', 'metric'],
  params: z.strictObject({
    bins: param(z.int().min(2).max(500).nullable().default(null), {
      label: 'Bins',
      help: 'Bars along each axis of the data’s extent. Empty: 50 for numbers, 20 for points of the plane.',
      step: 1,
    }),
    ...metricParams,
  }),
  caption: everyCaption,
  examples: [
    { inputs: { samples: [1], data: [1] }, outputs: {} },
    { params: { bins: 10 }, inputs: { samples: [2], data: [2] }, outputs: {} },
  ],
  inputs: samplesAndData,
  outputs: () => [],
  infer(_, inputs) {
    const wrong = comparisonProblem(inputs);
    if (wrong) return wrong;
    const { dims } = shapeAt(inputs, 'samples');
    if (dims.length === 1 && (dims[0] as number) <= BINS.length) return {};
    return problem({
      code: 'rank-mismatch',
      port: 'samples',
      message: `Divergence counts numbers [1] or points [2] in bars, but gets ${formatDims(dims)}, where every example has a bar of its own.`,
      hint: 'Use the Wasserstein distance or the mean discrepancy.',
    });
  },
  results: [
    { name: 'kl', label: 'KL of data from samples', short: 'KL', unit: 'nats', better: 'lower' },
    { name: 'js', label: 'Jensen-Shannon', unit: 'nats', better: 'lower' },
  ],
  measure({ params: { bins }, inputs }) {
    const { samples, data, size } = comparedOf(inputs);
    const cells = bins ?? BINS[size - 1] ?? BINS[0];
    return { ...histogramDivergences(data, samples, boundsOf(data, size), cells) };
  },
  python: ({ params: { bins } }) =>
    pythonMetric(
      `divergences(read["samples"][0], read["data"][0], ${bins ?? `{1: ${BINS[0]}, 2: ${BINS[1]}}[read["data"][0].shape[1]]`})`,
      python.flatRows,
      python.boundsOf,
      python.histogramDivergences,
    ),
});
