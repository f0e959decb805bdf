import * as z from 'zod';
import { pythonMetric } from '@/lib/data/python';
import { type Modes, sdOf, type Truth } from '@/lib/data/truth';
import { boundFigures, objectiveInPython, objectiveNames } from '@/lib/metrics/divergence-bound';
import * as python from '@/lib/metrics/python';
import * as known from '@/lib/metrics/python-known';
import { defineMetric } from '../define';
import { networkParams } from '../network/network-params';
import { param } from '../params';
import { knownDensity, metricParams } from './common';

const CELLS = 4_000;
/** Deviations beyond the outermost means. */
const REACH = 8;

/** From the lowest mean less 8 deviations to the highest mean and 8 more. */
function extentOfModes(all: readonly (Modes | undefined)[]): readonly [number, number] | undefined {
  const ends = all.flatMap((modes) =>
    (modes?.centres ?? []).flatMap(([centre = 0], mode) => {
      const reach = REACH * sdOf(modes as Modes, mode, 0);
      return [centre - reach, centre + reach];
    }),
  );
  return ends.length > 0 ? [Math.min(...ends), Math.max(...ends)] : undefined;
}

const middlesOf = ([low, high]: readonly [number, number]): Float32Array =>
  Float32Array.from({ length: CELLS }, (_, i) => low + ((high - low) * (i + 0.5)) / CELLS);

/** Where both densities are known, so is the best that any critic can reach. */
export const metricBound = defineMetric({
  kind: 'metric-bound',
  role: 'metric',
  title: 'Divergence bound',
  category: 'Metrics',
  place: ['game'],
  summary:
    'The divergence that a critic measures between two known distributions of one number, beside the true one.',
  formula:
    '\\int p\\, g_f(v) - q\\, f^*(g_f(v))\\, dx \\;\\le\\; \\int q\\, f\\!\\left(\\tfrac{p}{q}\\right) dx',
  source: { label: 'Nowozin et al. 2016', url: 'https://arxiv.org/abs/1606.00709' },
  aliases: [
    'f-gan',
    'variational bound',
    'kl',
    'hinge',
    'least squares',
    'energy',
    'total variation',
    'metric',
  ],
  params: z.strictObject({
    ...networkParams({
      network: 'Whose function is shown.',
      input: 'The input that x is fed to.',
      output: 'The output that judges x: one number per point.',
    }),
    p: knownDensity('p', 'The data set that the critic is to take for real; its density must be known.'),
    q: knownDensity('q', 'The data set that it is to take for fake; its density must be known.'),
    objective: param(z.enum(objectiveNames).default('kl'), {
      label: 'Objective',
      help: 'What the critic is trained by: one of f-GAN’s divergences, or hinge, least squares (0 and 1) or energy.',
    }),
    margin: param(z.number().gt(0).max(1000).default(1), {
      label: 'Margin',
      help: 'Of the energy objective.',
      step: 0.1,
    }),
    every: metricParams.every,
  }),
  caption: ({ network, objective }) => (network ? `${network} · ${objective}`.slice(0, 40) : ''),
  examples: [
    { params: { network: 'D', output: 'score', p: 'data', q: 'other' }, inputs: {}, outputs: {} },
    { params: { network: 'D', p: 'data', q: 'other', objective: 'hinge' }, inputs: {}, outputs: {} },
  ],
  inputs: () => [],
  outputs: () => [],
  infer: () => ({}),
  results: [
    { name: 'value', label: 'Measured' },
    { name: 'truth', label: 'True' },
    { name: 'gap', label: 'Away from the truth', short: 'From the truth', better: 'lower' },
  ],
  probes: {
    over: ['p', 'q'],
    extent: (truths) => {
      const range = extentOfModes([truths.p?.modes, truths.q?.modes]);
      return range && [range];
    },
    probe: ({ network, input, output }) => ({
      network,
      input,
      output,
      mostAxes: 1,
      points: ([range = [0, 1]]) => middlesOf(range),
    }),
  },
  measure({ params: { objective, margin }, probed }): Record<string, number> {
    const [range] = probed?.bounds ?? [];
    const [p, q] = [densityOf(probed?.truths.p), densityOf(probed?.truths.q)];
    // Without both densities, or with more than one number per point, there is nothing to compare.
    if (!probed || !range || !p || !q || probed.output.data.length !== CELLS) return {};
    const places = Float64Array.from(middlesOf(range));
    const cell = (range[1] - range[0]) / CELLS;
    return {
      ...boundFigures(objective, probed.output.data, { p: places.map(p), q: places.map(q), cell }, margin),
    };
  },
  python({ params: { objective, margin }, truths }) {
    const [p, q] = [truths?.p?.python?.density, truths?.q?.python?.density];
    if (!p || !q) return undefined;
    const range = extentOfModes([truths?.p?.modes, truths?.q?.modes]);
    const extent = range ? `[(${range.join(', ')})]` : 'extent_of(read["p"][0], read["q"][0])';
    return pythonMetric(
      `bound_figures(${[extent, p.expression, q.expression, 'apply', objectiveInPython(objective, margin)].join(', ')})`,
      ...[...p.helpers, ...q.helpers],
      ...[python.flatRows, python.boundsOf, known.extentOf, known.softplus, known.divergenceBound],
    );
  },
});

const densityOf = (truth: Truth | undefined) => {
  const density = truth?.density?.bind(truth);
  return density && ((x: number) => density([x]));
};
