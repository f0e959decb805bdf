import * as z from 'zod';
import type { Picture } from '@/lib/draw/picture';
import { formatDims } from '@/lib/shapes/shape';
import { defineView, problem, type TensorData } from '../define';
import { optionalDatasetParam } from '../metrics/common';
import { param } from '../params';
import { shapesAt } from '../ports';
import { captionsOf, captionsProblem } from './captions';
import { kernelDensity } from './density';
import { extentOf } from './extent';
import { type Form, formOf, imagesOf, videosOf, volumesOf } from './form';
import { sampleInputs, sampleShape, samplesOf, samplesProblem } from './sample-ports';
import { stringsPicture } from './strings';

/** Rows of one picture, where the user does not say. */
const rowsByForm: { readonly [form in Form]: number } = {
  densities: 1_000,
  points: 500,
  images: 25,
  videos: 12,
  volumes: 12,
  strings: 100,
};

const nameParam = (port: string) =>
  param(z.string().min(1).max(24).default(port), {
    label: `Name of ${port}`,
    help: `What the legend calls what is wired to “${port}”.`,
  });

/** Real data and fakes, in the form that their shape asks for. */
export const viewSamples = defineView({
  kind: 'view-samples',
  role: 'view',
  title: 'Samples',
  category: 'Views',
  place: ['game'],
  summary:
    'Shows samples during training: densities of numbers, points of pairs, images, videos, volumes, strings.',
  aliases: ['plot', 'scatter', 'histogram', 'images', 'picture', 'output', 'text', 'voxels', 'video'],
  params: z.strictObject({
    count: param(z.int().min(1).max(10_000).nullable().default(null), {
      label: 'Count',
      help: 'Samples in one picture. Empty: 1,000 numbers, 500 points, 25 images, 12 videos or volumes, or 100 strings.',
      step: 1,
    }),
    dataset: optionalDatasetParam(
      'The data set whose letters strings are written in, and whose words captions are. Empty: neither is shown.',
    ),
    realName: nameParam('real'),
    fakeName: nameParam('fake'),
  }),
  caption: ({ count }) => (count === null ? '' : String(count)),
  examples: [
    { inputs: { real: [1], fake: [1] }, outputs: {} },
    { params: { count: 64 }, inputs: { real: [2], fake: [2] }, outputs: {} },
    { params: { count: 9 }, inputs: { fake: [8, 8, 1] }, outputs: {} },
    { inputs: { real: [8, 8, 4] }, outputs: {} },
    { inputs: { real: [4, 4, 4, 1], fake: [4, 4, 4, 1] }, outputs: {} },
    { params: { dataset: 'data' }, inputs: { real: [7, 6], fake: [7, 6] }, outputs: {} },
    { params: { dataset: 'data' }, inputs: { fake: [8, 8, 1], labels: [10] }, outputs: {} },
  ],
  inputs: () => [
    ...sampleInputs(),
    {
      name: 'labels',
      type: 'tensor',
      optional: true,
      help: 'Captions of images, one-hot: of the fakes, or of real data alone.',
    },
  ],
  outputs: () => [],
  infer({ dataset }, inputs) {
    const found = sampleShape(inputs);
    if (!found)
      return problem({
        code: 'missing-input',
        message: 'Samples has nothing to show: wire real data, fakes or both into it.',
      });
    const wrong = samplesProblem(inputs);
    if (wrong) return wrong;
    const form = formOf(found.dims);
    if (form === 'strings' && dataset === null)
      return problem({
        code: 'cannot-draw',
        port: inputs.real ? 'real' : 'fake',
        message: `Samples draws ${formatDims(found.dims)} as strings of ${found.dims[0]} letters out of ${found.dims[1]}, and needs to know which.`,
        hint: 'Set “dataset” to the data set that names the letters.',
      });
    if (form) return captionsProblem(form, dataset, shapesAt(inputs, 'labels')[0]) ?? {};
    return problem({
      code: 'cannot-draw',
      port: inputs.real ? 'real' : 'fake',
      message: `Samples cannot draw ${formatDims(found.dims)}; it draws numbers [1], points [2], images [height, width, 1 or 3], videos [height, width, frames] or [frames, height, width, 3], volumes [depth, height, width, 1] and strings [length, letters].`,
      hint: 'Use Values for other shapes.',
    });
  },
  rows({ count }, inputs) {
    const form = formOf(sampleShape(inputs)?.dims ?? []) ?? 'points';
    return count ?? rowsByForm[form];
  },
  picture({ params, inputs, truth }): Picture {
    const { real, fake } = samplesOf(inputs);
    const names = { real: params.realName, fake: params.fakeName };
    const named = names.real === 'real' && names.fake === 'fake' ? {} : { names };
    const found = [real, fake].filter((tensor) => tensor !== undefined);
    const form = formOf(found[0]?.dims.slice(1) ?? []);
    if (form === undefined) return { type: 'empty', message: 'No samples yet' };
    if (form === 'images') {
      const labels = inputs.labels?.[0];
      const captions = labels && captionsOf(labels, truth);
      if (typeof captions === 'string') return { type: 'empty', message: captions };
      return {
        type: 'images',
        ...named,
        ...(real && { real: { ...imagesOf(real), ...(!fake && captions && { captions }) } }),
        ...(fake && { fake: { ...imagesOf(fake), ...(captions && { captions }) } }),
      };
    }
    if (form === 'videos')
      return {
        type: 'videos',
        ...named,
        ...(real && { real: videosOf(real) }),
        ...(fake && { fake: videosOf(fake) }),
      };
    if (form === 'volumes')
      return {
        type: 'volumes',
        ...named,
        ...(real && { real: volumesOf(real) }),
        ...(fake && { fake: volumesOf(fake) }),
      };
    if (form === 'strings') return stringsPicture(real, fake, truth, named);
    return { ...drawPlane(extentOf(found), real, fake), ...named };
  },
});

/** Samples of one or two numbers over the given bounds. */
export function drawPlane(
  bounds: readonly (readonly [number, number])[],
  real: TensorData | undefined,
  fake: TensorData | undefined,
): Extract<Picture, { type: 'densities' | 'points' }> {
  const [range = [0, 1]] = bounds;
  if (bounds.length === 2)
    return { type: 'points', bounds, ...(real && { real: real.data }), ...(fake && { fake: fake.data }) };
  return {
    type: 'densities',
    range,
    ...(real && { real: kernelDensity(real.data, range) }),
    ...(fake && { fake: kernelDensity(fake.data, range) }),
  };
}
