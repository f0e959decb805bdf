import * as z from 'zod';
import { formatDims } from '@/lib/shapes/shape';
import { defineView, problem, type TensorData } from '../define';
import { networkParams } from '../network/network-params';
import { param } from '../params';
import { CURVE_POINTS, placesAlong } from './density';
import { sampleInputs, sampleShape, samplesOf, samplesProblem } from './sample-ports';
import { drawPlane } from './view-samples';

/** Cells along each side of a surface. */
const SIDE = 48;
const SAMPLES = 500;

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
  probe: ({ network, input, output }) => ({
    network,
    input,
    output,
    mostAxes: 2,
    points(bounds) {
      const [across = [0, 1], up] = bounds;
      return up ? cellsOf(across, up) : placesAlong(across);
    },
  }),
  picture({ params, inputs, probed, bounds = [] }) {
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
    const picture = drawPlane(bounds, real, fake);
    return picture.type === 'points'
      ? { ...picture, surface: { width: SIDE, height: SIDE, values } }
      : { ...picture, curve: values };
  },
});

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
