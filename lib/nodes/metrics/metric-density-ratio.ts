import * as z from 'zod';
import { pythonMetric } from '@/lib/data/python';
import { ratioFigures } from '@/lib/metrics/density-ratio';
import * as python from '@/lib/metrics/python';
import * as known from '@/lib/metrics/python-known';
import { defineMetric, type Probed } from '../define';
import { networkParams } from '../network/network-params';
import { param } from '../params';
import { knownDensity, metricParams } from './common';

/** Places along each axis, on the line and on the plane. */
const PLACES = [2_001, 141] as const;
/** Room on both sides of what was drawn, as a share of its span: a Gaussian's tails lie there. */
const ROOM = 0.4;

type Range = readonly [number, number];

/** Where p and q are known, so is the best discriminator between them: D* = p / (p + q). */
export const metricDensityRatio = defineMetric({
  kind: 'metric-density-ratio',
  role: 'metric',
  title: 'Density ratio',
  category: 'Metrics',
  place: ['game'],
  summary: 'How near a discriminator is to the best one between two known distributions, p / (p + q).',
  formula:
    'D^*(x) = \\frac{p(x)}{p(x) + q(x)}, \\quad \\int \\tfrac{p + q}{2}\\, \\lvert D - D^* \\rvert\\, dx',
  source: { label: 'Goodfellow et al. 2014, proposition 1', url: 'https://arxiv.org/abs/1406.2661' },
  aliases: ['optimal discriminator', 'likelihood ratio', 'calibration', 'metric'],
  params: z.strictObject({
    ...networkParams({
      network: 'Whose function is shown.',
      input: 'The input that x is fed to.',
      output: 'The output that judges x: one number per point.',
    }),
    p: knownDensity('p', 'The data set that D is to take for real; its density must be known.'),
    q: knownDensity('q', 'The data set that D is to take for fake; its density must be known.'),
    realTarget: param(z.number().gt(0).max(1).default(1), {
      label: 'Real target',
      help: 'What D is trained to say of real data: the best one is as many times p / (p + q).',
      step: 0.05,
    }),
    scores: param(z.enum(['logits', 'probabilities']).default('logits'), {
      label: 'Scores',
      help: 'What the output gives: numbers before a sigmoid, or probabilities after it.',
    }),
    every: metricParams.every,
  }),
  caption: ({ network, output }) => (network ? `${network}.${output}`.slice(0, 40) : ''),
  examples: [
    { params: { network: 'D', output: 'score', p: 'data', q: 'other' }, inputs: {}, outputs: {} },
    { params: { network: 'D', p: 'data', q: 'other', scores: 'probabilities' }, inputs: {}, outputs: {} },
    { params: { network: 'D', p: 'data', q: 'other', realTarget: 0.9 }, inputs: {}, outputs: {} },
  ],
  inputs: () => [],
  outputs: () => [],
  infer: () => ({}),
  results: [
    { name: 'meanError', label: 'Mean error', better: 'lower' },
    { name: 'maxError', label: 'Largest error', better: 'lower' },
    { name: 'valueGap', label: 'Below the best value', short: 'Below the best', better: 'lower' },
  ],
  probes: {
    over: ['p', 'q'],
    probe: ({ network, input, output }) => ({
      network,
      input,
      output,
      mostAxes: PLACES.length,
      points: (bounds) => pointsOf(bounds),
    }),
  },
  measure({ params: { scores, realTarget }, probed }): Record<string, number> {
    const densities = probed && densitiesOf(probed);
    // Without both densities, or with more than one number per point, there is nothing to compare.
    if (!densities || probed.output.data.length !== densities.p.length) return {};
    const { data } = probed.output;
    const logits = scores === 'logits' ? data : data.map((value) => Math.log(value / (1 - value)));
    return { ...ratioFigures(logits, densities.p, densities.q, densities.cell, realTarget) };
  },
  python({ params: { scores, realTarget }, truths }) {
    const [p, q] = [truths?.p?.python?.density, truths?.q?.python?.density];
    if (!p || !q) return undefined;
    const isLogit = scores === 'logits' ? 'True' : 'False';
    return pythonMetric(
      `ratio_figures(extent_of(read["p"][0], read["q"][0]), ${p.expression}, ${q.expression}, apply, ${realTarget}, ${isLogit})`,
      ...[...p.helpers, ...q.helpers],
      ...[python.flatRows, python.boundsOf, known.extentOf, known.softplus, known.densityRatio],
    );
  },
});

const widened = ([low, high]: Range): Range => [low - ROOM * (high - low), high + ROOM * (high - low)];

/** Middles of equal cells over widened bounds, x fastest. */
function pointsOf(bounds: readonly Range[]): Float32Array {
  const places = PLACES[bounds.length - 1] ?? 1;
  const along = bounds.map(widened).map(
    ([low, high]) =>
      (k: number) =>
        low + ((high - low) * (k + 0.5)) / places,
  );
  const points = new Float32Array(places ** bounds.length * bounds.length);
  for (let i = 0; i < points.length; i++) {
    const [row, axis] = [Math.floor(i / bounds.length), i % bounds.length];
    points[i] = along[axis]?.(Math.floor(row / places ** axis) % places) ?? 0;
  }
  return points;
}

function densitiesOf({ bounds, truths }: Probed) {
  const [p, q] = [truths.p?.density, truths.q?.density];
  if (!p || !q) return undefined;
  const axes = bounds.length;
  const points = pointsOf(bounds);
  const at = (density: (point: readonly number[]) => number) =>
    Float64Array.from({ length: points.length / axes }, (_, row) =>
      density([...points.subarray(row * axes, (row + 1) * axes)]),
    );
  const places = PLACES[axes - 1] ?? 1;
  const cell = bounds.map(widened).reduce((area, [low, high]) => (area * (high - low)) / places, 1);
  return { p: at(p), q: at(q), cell };
}
