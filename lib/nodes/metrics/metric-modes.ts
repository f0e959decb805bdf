import * as z from 'zod';
import { pythonList, pythonMetric } from '@/lib/data/python';
import { countModes, countShares } from '@/lib/metrics/modes';
import * as python from '@/lib/metrics/python';
import { sizeOf } from '@/lib/shapes/shape';
import { defined } from '@/lib/util/assert';
import { defineMetric } from '../define';
import { param } from '../params';
import { shapeAt } from '../ports';
import { datasetParam, metricParams } from './common';
import { judgeError, judgeOf } from './judge';
import { judgedInPython } from './judge-python';
import { modeListsPython, modePositions } from './mode-positions';

/** Coverage of known modes, or else of the classes that a classifier of the data sees: what a collapsed generator lacks. */
export const metricModes = defineMetric({
  kind: 'metric-modes',
  role: 'metric',
  title: 'Modes',
  category: 'Metrics',
  place: ['game'],
  summary:
    'Counts the modes, or classes, of the data that the samples reach, and how near their shares are to the true ones.',
  formula:
    'q = \\frac{1}{n} \\#\\{x : \\min_k \\lVert (x - c_k) / \\sigma_k \\rVert < 3\\}, \\quad \\mathrm{KL}(\\hat p \\,\\Vert\\, w)',
  source: { label: 'Srivastava et al. 2017 (VEEGAN)', url: 'https://arxiv.org/abs/1705.07761' },
  aliases: ['mode collapse', 'coverage', 'high quality', 'metric'],
  traits: { needsTruth: ['modes', 'classes'], reports: { about: 'judge', result: judgeError.name } },
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
    { params: { dataset: 'data', minimum: 1 }, inputs: { samples: [16, 16, 1] }, outputs: {} },
  ],
  inputs: () => [{ name: 'samples', type: 'tensor', help: 'What the generator makes.' }],
  outputs: () => [],
  infer: () => ({}),
  results: [
    {
      name: 'modes',
      label: 'Modes reached',
      total: ({ modes, classes }) => modes?.centres.length ?? classes?.count,
      better: 'higher',
    },
    { name: 'highQuality', label: 'High quality', unit: '%', better: 'higher', by: 'modes' },
    { name: 'reverseKl', label: 'Reverse KL', unit: 'nats', better: 'lower' },
    { name: 'totalVariation', label: 'Total variation', better: 'lower' },
    { ...judgeError, by: 'classifier' },
  ],
  measure({ params, inputs, truth }): Record<string, number> {
    const samples = defined(inputs.samples?.[0], 'samples');
    const dims = samples.dims.slice(1);
    const modes = modePositions(truth, sizeOf(dims));
    if (modes) {
      const { counts, ...result } = countModes(samples.data, sizeOf(dims), modes, params.minimum);
      return result;
    }
    // Without either, or with samples of other dims, there is nothing to count.
    const judge = truth?.classes && judgeOf(truth.classes, dims);
    if (!truth?.classes || !judge) return {};
    const { count } = truth.classes;
    const even = Array<number>(count).fill(1 / count);
    const { counts, valid, ...result } = countShares(judge.classify(samples.data), even, params.minimum);
    return { ...result, classifierError: judge.error };
  },
  python({ params: { minimum }, inputs, truth }) {
    const { dims } = shapeAt(inputs, 'samples');
    const modes = modePositions(truth, sizeOf(dims));
    if (!modes)
      return judgedInPython(
        truth?.classes,
        dims,
        (name, { error }) =>
          `count_judged(judged(read["samples"][0], ${name})[1], ${truth?.classes?.count}, ${minimum}, ${error})`,
        python.countJudged,
      );
    const weights = pythonList(modes.map(({ weight }) => weight));
    return pythonMetric(
      `count_modes(read["samples"][0], *${modeListsPython(modes)}, ${weights}, ${minimum})`,
      python.flatRows,
      python.nearestModes,
      python.countModes,
    );
  },
});
