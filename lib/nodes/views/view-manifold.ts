import * as z from 'zod';
import { boundsOf } from '@/lib/draw/bounds';
import type { Bounds, Picture } from '@/lib/draw/picture';
import { formatDims } from '@/lib/shapes/shape';
import { defineView } from '../define';
import { networkParams } from '../network/network-params';
import { param } from '../params';
import { formOf, imagesOf } from './form';

/** Inputs of more numbers than this are not walked through. */
const MOST_AXES = 4_096;

/** A network's output over a grid of its input: the sheet that a generator lays through the data. */
export const viewManifold = defineView({
  kind: 'view-manifold',
  role: 'view',
  title: 'Manifold',
  category: 'Views',
  place: ['game'],
  summary:
    'Walks through a generator’s input on a grid and shows what it makes: images, or a sheet on the plane.',
  formula: '(z_1, z_2) \\mapsto G_\\theta(z_1, z_2, 0, \\dots)',
  source: { label: 'Kingma & Welling 2013', url: 'https://arxiv.org/abs/1312.6114' },
  aliases: ['latent', 'walk', 'interpolation', 'grid', 'decoder', 'sheet'],
  params: z.strictObject({
    ...networkParams({
      network: 'Whose function is shown.',
      input: 'The input whose first two numbers run over the grid; the others stay in the middle.',
      output: 'The output that is drawn: images, or points of the plane.',
    }),
    cells: param(z.int().min(2).max(64).default(16), {
      label: 'Cells',
      help: 'Places along each axis.',
      step: 1,
    }),
  }),
  caption: ({ network, output }) => (network ? `${network}.${output}`.slice(0, 40) : ''),
  examples: [
    { params: { network: 'G', input: 'z', output: 'x' }, inputs: {}, outputs: {} },
    { params: { network: 'decoder', input: 'z', cells: 8 }, inputs: {}, outputs: {} },
  ],
  inputs: () => [],
  outputs: () => [],
  infer: () => ({}),
  rows: () => 1,
  probe: ({ network, input, output, cells }) => ({
    network,
    input,
    output,
    mostAxes: MOST_AXES,
    points: (bounds) => gridOf(bounds, cells),
  }),
  picture({ params: { input, output, cells }, probed, bounds = [] }): Picture {
    if (!probed)
      return {
        type: 'empty',
        message:
          bounds.length > MOST_AXES
            ? `Input ${input} of the network takes ${bounds.length} numbers`
            : 'Choose a network',
      };
    const dims = probed.dims.slice(1);
    const columns = cells;
    const rows = (probed.dims[0] as number) / columns;
    const form = formOf(dims);
    if (form === 'images') return { type: 'images', fake: { ...imagesOf(probed), columns } };
    if (form === 'points')
      return { type: 'mesh', columns, rows, points: probed.data, bounds: boundsOf(probed.data, 2) };
    if (form === 'densities' && rows === 1)
      return { type: 'densities', range: bounds[0] ?? [0, 1], curve: probed.data };
    return {
      type: 'empty',
      message: `Output ${output} of the network gives ${formatDims(dims)}; a manifold shows images or points [2]`,
    };
  },
});

/**
 * Places of a grid over the first two axes, row by row from the highest, as images lie; over the first alone
 * where there is one. Further axes are at their middle.
 */
export function gridOf(bounds: Bounds, cells: number): Float32Array {
  const axes = bounds.length;
  const rows = axes > 1 ? cells : 1;
  const points = new Float32Array(cells * rows * axes);
  const place = ([low, high]: readonly [number, number], k: number) => low + ((high - low) * k) / (cells - 1);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < cells; column++)
      for (let axis = 0; axis < axes; axis++) {
        const range = bounds[axis] as readonly [number, number];
        const value =
          axis === 0
            ? place(range, column)
            : axis === 1
              ? place(range, cells - 1 - row)
              : (range[0] + range[1]) / 2;
        points[(row * cells + column) * axes + axis] = value;
      }
  return points;
}
