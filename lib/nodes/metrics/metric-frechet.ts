import * as z from 'zod';
import { indent } from '@/lib/data/python';
import { frechetDistance } from '@/lib/metrics/frechet';
import { nearestRows } from '@/lib/metrics/nearest';
import * as python from '@/lib/metrics/python';
import { sizeOf } from '@/lib/shapes/shape';
import { hashText } from '@/lib/util/hash';
import { defineMetric } from '../define';
import { shapeAt } from '../ports';
import { datasetParam, metricParams } from './common';
import { type Judge, judgedOf, judgeError } from './judge';
import { judgedInPython } from './judge-python';
import { comparisonProblem, samplesAndData } from './samples-data';

/** A class counts as covered from this share of the samples on. */
const COVERED = 0.03;
/** Samples that the nearest-neighbour classifier learns, and real examples that it is tried on. */
const [NEIGHBOURS, TRIALS] = [1_000, 300];

/** Samples and data in the features of a classifier of the data. */
export const metricFrechet = defineMetric({
  kind: 'metric-frechet',
  role: 'metric',
  title: 'Fréchet distance',
  category: 'Metrics',
  place: ['game'],
  summary:
    'Compares samples with labelled data inside a classifier that is trained on that data when first asked.',
  formula:
    'd = \\lVert \\mu_1 - \\mu_2 \\rVert^2 + \\operatorname{tr}\\bigl(\\Sigma_1 + \\Sigma_2 - 2 (\\Sigma_1 \\Sigma_2)^{1/2}\\bigr)',
  source: { label: 'Heusel et al. 2017', url: 'https://arxiv.org/abs/1706.08500' },
  aliases: ['fid', 'inception distance', 'coverage', 'classifier', 'nearest neighbour', 'metric'],
  traits: { needsTruth: ['classes'], reports: { about: 'judge', result: judgeError.name } },
  params: z.strictObject({ dataset: datasetParam, ...metricParams }),
  caption: ({ dataset }) => dataset.slice(0, 40),
  examples: [
    { params: { dataset: 'data' }, inputs: { samples: [16, 16, 1], data: [16, 16, 1] }, outputs: {} },
    { params: { dataset: 'data', samples: 500 }, inputs: { samples: [2], data: [2] }, outputs: {} },
  ],
  inputs: samplesAndData,
  outputs: () => [],
  infer: (_, inputs) => comparisonProblem(inputs) ?? {},
  results: [
    { name: 'distance', label: 'Fréchet distance', better: 'lower' },
    { name: 'coverage', label: 'Classes covered', total: ({ classes }) => classes?.count, better: 'higher' },
    {
      name: 'nearestError',
      label: 'Error of neighbours',
      short: 'Neighbour error',
      unit: '%',
      better: 'lower',
    },
    judgeError,
  ],
  measure(args): Record<string, number> {
    const judged = judgedOf(args);
    if (!judged) return {};
    const { judge, made, real, dims, count } = judged;
    const classifierError = judge.error;
    if (made.length === 0) return { coverage: 0, nearestError: 1, classifierError };
    const classes = judge.classify(made);
    return {
      distance: frechetDistance(judge.featuresOf(made), judge.featuresOf(real), judge.features),
      coverage: coverageOf(classes, count),
      nearestError: nearestErrorOf(made, classes, judge, sizeOf(dims)),
      classifierError,
    };
  },
  python({ inputs, truth }) {
    const unseen = truth?.classes?.python?.();
    if (!unseen) return undefined;
    const name = `unseen_${hashText(unseen.body).slice(0, 8)}`;
    return judgedInPython(
      truth?.classes,
      shapeAt(inputs, 'samples').dims,
      (judge, { error }) =>
        `frechet_figures(read["samples"][0], read["data"][0], ${judge}, ${truth?.classes?.count}, ${error}, ${name})`,
      ...unseen.helpers,
      `def ${name}(rng, rows, index):\n${indent(unseen.body)}`,
      python.squaredDistances,
      python.nearestRows,
      python.frechet,
    );
  },
});

function coverageOf(classes: Int32Array, count: number): number {
  const least = COVERED * classes.length;
  return Array.from({ length: count }, (_, k) => classes.filter((each) => each === k).length).filter(
    (found) => found >= least,
  ).length;
}

/** Error on real examples of the class of the nearest sample: samples that lack classes, or blur them, mislead. */
function nearestErrorOf(made: Float32Array, classes: Int32Array, { heldOut }: Judge, size: number): number {
  const trials = heldOut.x.subarray(0, TRIALS * size);
  const { index } = nearestRows(trials, made.subarray(0, NEIGHBOURS * size), size);
  let wrong = 0;
  index.forEach((sample, trial) => {
    if (classes[sample] !== heldOut.classes[trial]) wrong++;
  });
  return wrong / index.length;
}
