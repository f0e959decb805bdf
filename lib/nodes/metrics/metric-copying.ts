import * as z from 'zod';
import { pythonMetric } from '@/lib/data/python';
import { copyingFigures } from '@/lib/metrics/copying';
import * as python from '@/lib/metrics/python';
import * as known from '@/lib/metrics/python-known';
import { formatDims, sameDims } from '@/lib/shapes/shape';
import { defined } from '@/lib/util/assert';
import { defineMetric, problem } from '../define';
import { param } from '../params';
import { shapeAt } from '../ports';
import { everyCaption, metricParams } from './common';
import { finiteRows } from './judge';
import { comparedOf, comparisonProblem, samplesAndData } from './samples-data';

/** Whether a generator knows its data by heart. */
export const metricCopying = defineMetric({
  kind: 'metric-copying',
  role: 'metric',
  title: 'Copying',
  category: 'Metrics',
  place: ['game'],
  summary: 'Whether samples are nearer to the data that was trained on than examples that were not.',
  formula:
    'C_T = \\overline{Z_U\\bigl(L(\\text{samples}), L(\\text{unseen})\\bigr)}, \\quad L(x) = \\min_{t \\in \\text{data}} \\lVert x - t \\rVert',
  source: { label: 'Meehan et al. 2020', url: 'https://arxiv.org/abs/2004.05675' },
  aliases: ['memorisation', 'memorization', 'overfitting', 'data-copying', 'held out', 'metric'],
  traits: { reports: { about: 'copying', result: 'score' } },
  params: z.strictObject({
    cells: param(z.int().min(1).max(100).default(5), {
      label: 'Cells',
      help: 'Parts of the space, around means of the data, in which distances are compared.',
      step: 1,
    }),
    ...metricParams,
  }),
  caption: everyCaption,
  examples: [
    { inputs: { samples: [2], data: [2], unseen: [2] }, outputs: {} },
    {
      params: { cells: 1, samples: 500 },
      inputs: { samples: [8, 8, 1], data: [8, 8, 1], unseen: [8, 8, 1] },
      outputs: {},
    },
  ],
  inputs: () => [
    ...samplesAndData(),
    { name: 'unseen', type: 'tensor', help: 'Real examples that are not trained on.' },
  ],
  outputs: () => [],
  infer(_, inputs) {
    const different = comparisonProblem(inputs);
    if (different) return different;
    const [data, unseen] = [shapeAt(inputs, 'data').dims, shapeAt(inputs, 'unseen').dims];
    if (sameDims(data, unseen)) return {};
    return problem({
      code: 'shape-mismatch',
      port: 'unseen',
      message: `Data are ${formatDims(data)}, unseen examples ${formatDims(unseen)}; distances need one shape.`,
    });
  },
  results: [
    { name: 'score', label: 'Copying C_T: below 0 for copies', short: 'Copying' },
    { name: 'nearer', label: 'Nearer to the data than unseen', short: 'Nearer to data', unit: '%' },
  ],
  measure({ params: { cells }, inputs, stream }): Record<string, number> {
    const { samples, data, size } = comparedOf(inputs);
    const unseen = defined(inputs.unseen?.[0], 'unseen').data;
    const finite = (rows: Float32Array) => finiteRows(rows, [size]);
    const compared = { samples: finite(samples), data: finite(data), unseen: finite(unseen) };
    const { score, nearer } = copyingFigures(compared, size, cells, stream);
    return Number.isFinite(score) ? { score, nearer } : {};
  },
  python: ({ params: { cells }, stream }) =>
    pythonMetric(
      `copying(read["samples"][0], read["data"][0], read["unseen"][0], ${cells}, ${stream})`,
      python.randomNumbers,
      python.flatRows,
      python.finiteRows,
      python.squaredDistances,
      python.nearestRows,
      known.copying,
    ),
});
