import * as z from 'zod';
import { pythonMetric } from '@/lib/data/python';
import { agreementOf, contingencyOf, largestOf, mutualInformation } from '@/lib/metrics/classes';
import { HIGH_QUALITY, type ModeAt, nearestModes } from '@/lib/metrics/modes';
import * as python from '@/lib/metrics/python';
import { leastSpread } from '@/lib/metrics/spread';
import { formatDims, sizeOf } from '@/lib/shapes/shape';
import { defined } from '@/lib/util/assert';
import { defineMetric, problem } from '../define';
import { shapeAt } from '../ports';
import { datasetParam, metricParams } from './common';
import { judgeError, judgeOf } from './judge';
import { judgedInPython } from './judge-python';
import { modeListsPython, modePositions } from './mode-positions';

/**
 * Does a generator make what it was asked for? Samples take the class of their nearest mode, or that which a
 * classifier of the data set gives them.
 */
export const metricLabels = defineMetric({
  kind: 'metric-labels',
  role: 'metric',
  title: 'Labels',
  category: 'Metrics',
  place: ['game'],
  summary:
    'How far samples are of the class that their labels ask for, by the nearest mode or by a classifier.',
  formula:
    '\\tfrac1n \\#\\{i : k(x_i) = y_i\\}, \\quad I(y; k) = \\sum_{y, k} \\hat p(y, k) \\ln \\frac{\\hat p(y, k)}{\\hat p(y)\\, \\hat p(k)}',
  source: { label: 'Odena et al. 2017 (AC-GAN)', url: 'https://arxiv.org/abs/1610.09585' },
  aliases: ['condition', 'class', 'agreement', 'mutual information', 'diversity', 'metric'],
  traits: { needsTruth: ['classes'], reports: { about: 'judge', result: judgeError.name } },
  params: z.strictObject({ dataset: datasetParam, ...metricParams }),
  caption: ({ dataset }) => dataset.slice(0, 40),
  examples: [
    { params: { dataset: 'data' }, inputs: { samples: [2], labels: [8] }, outputs: {} },
    {
      params: { dataset: 'data', samples: 100 },
      inputs: { samples: [16, 16, 1], labels: [10] },
      outputs: {},
    },
  ],
  inputs: () => [
    { name: 'samples', type: 'tensor', help: 'What the generator makes.' },
    { name: 'labels', type: 'tensor', help: 'The class it was asked to make, one-hot.' },
  ],
  outputs: () => [],
  infer(_, inputs) {
    const { dims } = shapeAt(inputs, 'labels');
    if (dims.length === 1) return {};
    return problem({
      code: 'rank-mismatch',
      port: 'labels',
      message: `Labels are a class per example, one-hot, but these are ${formatDims(dims)}.`,
    });
  },
  results: [
    { name: 'agreement', label: 'Agreement', unit: '%', better: 'higher' },
    {
      name: 'mutualInformation',
      label: 'Mutual information',
      short: 'Mutual info',
      unit: 'nats',
      better: 'higher',
    },
    {
      name: 'spread',
      label: 'Least spread within a class',
      short: 'Least spread',
      better: 'higher',
      by: 'modes',
    },
    { ...judgeError, by: 'classifier' },
  ],
  measure({ inputs, truth }): Record<string, number> {
    const samples = defined(inputs.samples?.[0], 'samples');
    const labels = defined(inputs.labels?.[0], 'labels');
    const classes = labels.dims[1] as number;
    const asked = largestOf(labels.data, classes);
    const figures = (made: Int32Array, count: number) => ({
      agreement: agreementOf(made, asked),
      mutualInformation: mutualInformation(contingencyOf(asked, made, [classes, count])),
    });
    const dims = samples.dims.slice(1);
    const modes = modePositions(truth, sizeOf(dims));
    if (modes)
      return {
        ...figures(nearestModes(samples.data, sizeOf(dims), modes), modes.length),
        ...spreadOf(samples.data, sizeOf(dims), modes, asked),
      };
    // Labels of three digits are no class of a thousand.
    const known = truth?.classes?.perChannel ? undefined : truth?.classes;
    const judge = known && judgeOf(known, dims);
    if (!judge) return {};
    return { ...figures(judge.classify(samples.data), known.count), classifierError: judge.error };
  },
  python({ inputs, truth }) {
    const { dims } = shapeAt(inputs, 'samples');
    const [classes] = shapeAt(inputs, 'labels').dims;
    const modes = modePositions(truth, sizeOf(dims));
    const asked = 'largest_of(read["labels"][0])';
    const helpers = [python.largestOf, python.agreement, python.contingency, python.labelFigures];
    if (!modes)
      return judgedInPython(
        truth?.classes?.perChannel ? undefined : truth?.classes,
        dims,
        (name, { error }) =>
          `{**label_figures(judged(read["samples"][0], ${name})[1], ${asked}, ${truth?.classes?.count}, ${classes}), "classifierError": ${error}}`,
        ...helpers,
      );
    const lists = modeListsPython(modes);
    return pythonMetric(
      `{**label_figures(nearest_modes(read["samples"][0], *${lists}), ${asked}, ${modes.length}, ${classes}), **least_spread(read["samples"][0], *${lists}, ${asked})}`,
      ...[python.flatRows, python.nearestModes, ...helpers],
    );
  },
});

/** Among samples of quality only: an outlier is not diversity. */
function spreadOf(
  samples: Float32Array,
  dims: number,
  modes: readonly ModeAt[],
  asked: Int32Array,
): Record<string, number> {
  const within = nearestModes(samples, dims, modes, HIGH_QUALITY);
  const spread = leastSpread(
    samples,
    modes.map(({ sd }) => sd),
    asked.map((label, row) => (within[row] === label ? label : -1)),
  );
  return spread === undefined ? {} : { spread };
}
