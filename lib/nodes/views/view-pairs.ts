import * as z from 'zod';
import type { Images, Picture } from '@/lib/draw/picture';
import { formatDims, sameDims } from '@/lib/shapes/shape';
import { defined } from '@/lib/util/assert';
import { defineView, type InputShapes, problem, type TensorData } from '../define';
import { param } from '../params';
import { shapesAt } from '../ports';
import { extentOf } from './extent';
import { formOf, imagesOf, stripsOf, videosOf } from './form';

const labels = { in: 'given', out: 'made', target: 'wanted' } as const;
type Port = keyof typeof labels;
const ports = Object.keys(labels) as Port[];

/** Rows of one picture where the user does not say: arrows on the plane, or a square of images. */
const [POINTS, IMAGES] = [150, 9];

/** What is made of what: images in the same place of their panels, points joined by arrows. */
export const viewPairs = defineView({
  kind: 'view-pairs',
  role: 'view',
  title: 'Pairs',
  category: 'Views',
  place: ['game'],
  summary: 'Shows a translator’s input beside its output, and beside the target.',
  source: { label: 'Isola et al. 2017 (pix2pix)', url: 'https://arxiv.org/abs/1611.07004' },
  aliases: ['translation', 'pix2pix', 'cyclegan', 'before', 'after', 'reconstruction', 'comparison'],
  params: z.strictObject({
    count: param(z.int().min(1).max(1_000).nullable().default(null), {
      label: 'Count',
      help: 'Pairs in one picture. Empty: 150 points or 9 images.',
      step: 1,
    }),
  }),
  caption: ({ count }) => (count === null ? '' : String(count)),
  examples: [
    { inputs: { in: [2], out: [2] }, outputs: {} },
    { inputs: { in: [4, 4, 1], out: [16, 16, 3], target: [16, 16, 3] }, outputs: {} },
    { params: { count: 4 }, inputs: { in: [10], out: [8, 8, 1] }, outputs: {} },
    { inputs: { in: [8, 8, 4], out: [8, 8, 1], target: [8, 8, 1] }, outputs: {} },
  ],
  inputs: () => [
    { name: 'in', type: 'tensor', help: 'The input, x.' },
    { name: 'out', type: 'tensor', help: 'The output, G(x).' },
    { name: 'target', type: 'tensor', optional: true, help: 'The target, where there is one.' },
  ],
  outputs: () => [],
  infer(_, inputs) {
    const [given, made, wanted] = ports.map((port) => shapesAt(inputs, port)[0]?.dims);
    if (made && wanted && !sameDims(made, wanted))
      return problem({
        code: 'shape-mismatch',
        port: 'target',
        message: `The output is ${formatDims(made)}, the target ${formatDims(wanted)}; one picture needs one shape.`,
      });
    const isPlane = formOf(made ?? []) === 'points' && formOf(given ?? []) === 'points';
    if (isPlane || formOf(made ?? []) === 'images') return {};
    return problem({
      code: 'cannot-draw',
      port: 'out',
      message: `Pairs draws images, or points [2] that are moved; it gets ${formatDims(made ?? [])} made of ${formatDims(given ?? [])}.`,
      hint: 'Use Samples or Values for other shapes.',
    });
  },
  rows: ({ count }, inputs) => count ?? (formOf(madeDims(inputs)) === 'images' ? IMAGES : POINTS),
  picture({ inputs }): Picture {
    const found = ports.flatMap((port) => {
      const tensor = inputs[port]?.[0];
      return tensor ? [{ port, tensor }] : [];
    });
    const made = defined(inputs.out?.[0], 'out');
    if (formOf(made.dims.slice(1)) === 'images')
      return {
        type: 'panels',
        panels: found.flatMap(({ port, tensor }) => {
          const images = squareOf(tensor);
          return images ? [{ label: labels[port], images }] : [];
        }),
      };
    const given = defined(inputs.in?.[0], 'in');
    const wanted = inputs.target?.[0];
    return {
      type: 'arrows',
      tails: given.data,
      heads: made.data,
      real: (wanted ?? given).data,
      names: { arrows: 'in → out', real: wanted ? 'target' : 'in' },
      bounds: extentOf(found.map(({ tensor }) => tensor)),
    };
  },
});

const madeDims = (inputs: InputShapes): readonly number[] => shapesAt(inputs, 'out')[0]?.dims ?? [];

/** As many columns as rows, so that equal places are pairs; of a video all frames, side by side. */
function squareOf(tensor: TensorData): Images | undefined {
  const form = formOf(tensor.dims.slice(1));
  if (form !== 'images' && form !== 'videos') return undefined;
  const images = form === 'images' ? imagesOf(tensor) : stripsOf(videosOf(tensor));
  return { ...images, columns: Math.ceil(Math.sqrt(images.count)) };
}
