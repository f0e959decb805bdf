import * as z from 'zod';
import type { Truth } from '@/lib/data/truth';
import type { Bounds } from '@/lib/draw/picture';
import { formatDims } from '@/lib/shapes/shape';
import { defineView, type Made, problem, type TensorData } from '../define';
import { networkParams } from '../network/network-params';
import { param } from '../params';
import { CURVE_POINTS, kernelDensity, placesAlong } from './density';
import { sampleInputs, sampleShape, samplesOf, samplesProblem } from './sample-ports';
import { headsOf } from './view-arrows';
import { gridOf } from './view-manifold';
import { drawPlane } from './view-samples';

/** Cells along each side of a surface. */
const SIDE = 48;
const SAMPLES = 500;
/** Places along each side of a generator's grid. */
const GRID = 16;
/** Fakes that get an arrow. */
const ARROWS = 150;

const layer = (on: boolean, label: string, help: string) => param(z.boolean().default(on), { label, help });

/** A network as a function of its input, as it is now: heights over the plane, or a curve over the line. */
export const viewSurface = defineView({
  kind: 'view-surface',
  role: 'view',
  title: 'Surface',
  category: 'Views',
  place: ['game'],
  summary: 'Shows what a network says at every point: D’s landscape, with real data and fakes on it.',
  formula: 'x \\mapsto f_\\theta(x)',
  source: { label: 'GAN Lab, Kahng et al. 2018', url: 'https://arxiv.org/abs/1809.01587' },
  aliases: ['discriminator', 'heatmap', 'landscape', 'decision boundary', 'curve'],
  params: z.strictObject({
    ...networkParams({
      network: 'Whose function is shown.',
      input: 'The input that runs over the picture.',
      output: 'The output that is drawn: one number per point.',
    }),
    show: param(z.enum(['raw', 'probability']).default('raw'), {
      label: 'Show',
      help: 'Raw is what the network gives; probability is its sigmoid, for a network that gives logits.',
    }),
    points: layer(true, 'Samples', 'Real data and fakes.'),
    grid: layer(
      false,
      'Grid',
      'How the network that makes the fakes lays a grid of its input over the plane.',
    ),
    arrows: layer(
      false,
      'Arrows',
      'Where the loss of the player that moves that network pulls fakes: against its gradient.',
    ),
    optimum: layer(
      false,
      'Best D',
      'p / (p + q), where densities are known: of data sets, and over the line of the fakes that are drawn.',
    ),
  }),
  caption: ({ network, output }) => (network ? `${network}.${output}` : ''),
  examples: [
    { params: { network: 'D', output: 'score' }, inputs: {}, outputs: {} },
    { params: { network: 'D', show: 'probability' }, inputs: { real: [2], fake: [2] }, outputs: {} },
    { params: { network: 'D' }, inputs: { fake: [1] }, outputs: {} },
  ],
  inputs: sampleInputs,
  outputs: () => [],
  infer(_, inputs) {
    const wrong = samplesProblem(inputs);
    if (wrong) return wrong;
    const dims = sampleShape(inputs)?.dims;
    if (!dims || (dims.length === 1 && (dims[0] as number) <= 2)) return {};
    return problem({
      code: 'cannot-draw',
      port: inputs.real ? 'real' : 'fake',
      message: `Surface draws over the line [1] or the plane [2], but gets ${formatDims(dims)}.`,
    });
  },
  rows: () => SAMPLES,
  made: ({ grid, arrows }) => ({
    port: 'fake',
    ...(grid && { grid: (bounds: Bounds) => gridOf(bounds, GRID) }),
    pull: arrows,
  }),
  probe: ({ network, input, output }) => ({
    network,
    input,
    output,
    mostAxes: 2,
    points: placesOf,
  }),
  picture({ params, inputs, probed, bounds = [], made, truths }) {
    const { real, fake } = samplesOf(inputs);
    if (bounds.length !== 1 && bounds.length !== 2)
      return {
        type: 'empty',
        message: `A surface is drawn over 1 or 2 numbers; input ${params.input} of the network takes ${bounds.length}`,
      };
    if (!probed) return { type: 'empty', message: 'Choose a network' };
    const points = bounds.length === 2 ? SIDE * SIDE : CURVE_POINTS;
    if (probed.data.length !== points)
      return {
        type: 'empty',
        message: `Output ${params.output} of the network gives ${formatDims(probed.dims.slice(1))}; a surface shows one number per point`,
      };
    const values = heightsOf(probed, params.show);
    const picture = params.points ? drawPlane(bounds, real, fake) : drawPlane(bounds, undefined, undefined);
    const best = params.optimum ? bestOf(bounds, truths, fake, params.show) : undefined;
    if (picture.type === 'densities') return { ...picture, curve: values, ...(best && { optimum: best }) };
    return {
      ...picture,
      surface: { width: SIDE, height: SIDE, values },
      ...(made?.sheet && isPlane(made.sheet) && { sheet: { columns: GRID, points: made.sheet.data } }),
      ...(made?.pull && isPlane(made.pull.points) && { arrows: pullsOf(made.pull, bounds) }),
      ...(best && { optimum: { width: SIDE, height: SIDE, values: best } }),
    };
  },
});

const isPlane = ({ dims }: TensorData): boolean => dims.length === 2 && dims[1] === 2;

/** The longer arrows span this share of the picture. */
const LONG = 0.1;

function pullsOf({ points, slope }: NonNullable<Made['pull']>, bounds: Bounds) {
  const span = Math.max(...bounds.map(([low, high]) => high - low));
  const [tails, heads] = [points.data, headsOf(points, slope, -LONG * span)];
  return { tails: tails.slice(0, 2 * ARROWS), heads: heads.slice(0, 2 * ARROWS) };
}

/**
 * The best D at the places of the probe, p / (p + q), or its logit log p - log q: of the densities that are known, and
 * over the line of the fakes' own, as they are drawn.
 */
function bestOf(
  bounds: Bounds,
  truths: { readonly [port: string]: Truth | undefined } = {},
  fake: TensorData | undefined,
  show: 'raw' | 'probability',
): Float32Array | undefined {
  const axes = bounds.length;
  const places = placesOf(bounds);
  const at = (density: (point: readonly number[]) => number) =>
    Float32Array.from({ length: places.length / axes }, (_, row) =>
      density([...places.subarray(row * axes, (row + 1) * axes)]),
    );
  const [range = [0, 1]] = bounds;
  const p = truths.real?.density && at(truths.real.density);
  const drawn = axes === 1 && fake ? kernelDensity(fake.data, range) : undefined;
  const q = truths.fake?.density ? at(truths.fake.density) : drawn;
  if (!p || !q) return undefined;
  return p.map((value, i) => {
    const other = q[i] as number;
    return show === 'raw' ? Math.log(value) - Math.log(other) : value / (value + other);
  });
}

/** The places of the probe over bounds of one or two axes. */
function placesOf([across = [0, 1], up]: Bounds): Float32Array {
  return up ? cellsOf(across, up) : placesAlong(across);
}

/** Centres of the cells of the plane, row by row from the lowest y, as x and y interleaved. */
function cellsOf(across: readonly [number, number], up: readonly [number, number]): Float32Array {
  const points = new Float32Array(SIDE * SIDE * 2);
  const place = ([low, high]: readonly [number, number], i: number) =>
    low + ((high - low) * (i + 0.5)) / SIDE;
  let at = 0;
  for (let row = 0; row < SIDE; row++)
    for (let column = 0; column < SIDE; column++) {
      points[at++] = place(across, column);
      points[at++] = place(up, row);
    }
  return points;
}

function heightsOf({ data }: TensorData, show: 'raw' | 'probability'): Float32Array {
  return show === 'raw' ? data : data.map((value) => 1 / (1 + Math.exp(-value)));
}
