import * as z from 'zod';
import { pythonMetric } from '@/lib/data/python';
import type { Truth } from '@/lib/data/truth';
import { agreementOf } from '@/lib/metrics/classes';
import { peakSignalToNoise, structuralSimilarity } from '@/lib/metrics/images';
import { nearestModes } from '@/lib/metrics/modes';
import * as python from '@/lib/metrics/python';
import {
  distanceRatio,
  meanAbsolute,
  meanCorrelation,
  relativeFigures,
  sharpnessRatio,
} from '@/lib/metrics/reconstruction';
import { formatDims, sameDims, sizeOf } from '@/lib/shapes/shape';
import { defined } from '@/lib/util/assert';
import { defineMetric, problem, type TensorData } from '../define';
import { param } from '../params';
import { shapeAt } from '../ports';
import { everyCaption, metricParams, optionalDatasetParam } from './common';
import { modeListsPython, modePositions } from './mode-positions';

/** How near b comes to a, row by row: encoders, cycles and translations. */
export const metricReconstruction = defineMetric({
  kind: 'metric-reconstruction',
  role: 'metric',
  title: 'Reconstruction',
  category: 'Metrics',
  place: ['game'],
  summary: 'How near a reconstruction comes to its original, and how much nearer than to any other example.',
  formula:
    '\\overline{\\lvert a - b \\rvert}, \\quad \\mathrm{PSNR} = 10 \\log_{10} \\frac{2^2}{\\overline{(a - b)^2}}, \\quad \\frac{\\overline{\\lVert a_i - b_i \\rVert}}{\\overline{\\lVert a_i - b_{i+1} \\rVert}}',
  source: { label: 'Wang et al. 2004 (SSIM)', url: 'https://doi.org/10.1109/TIP.2003.819861' },
  aliases: ['cycle', 'autoencoder', 'psnr', 'ssim', 'l1', 'bigan', 'encoder', 'metric'],
  params: z.strictObject({
    dataset: optionalDatasetParam(
      'The data set whose modes both are looked up in. Empty: modes are not compared.',
    ),
    tolerance: param(z.number().min(0).max(1000).default(0.01), {
      label: 'Tolerance',
      help: 'A row counts as recovered where its distance is at most this share of the original’s length.',
      step: 0.01,
    }),
    ...metricParams,
  }),
  caption: everyCaption,
  examples: [
    { params: { dataset: 'data' }, inputs: { a: [2], b: [2] }, outputs: {} },
    { params: { samples: 100 }, inputs: { a: [16, 16, 1], b: [16, 16, 1] }, outputs: {} },
  ],
  inputs: () => [
    { name: 'a', type: 'tensor', help: 'The original.' },
    { name: 'b', type: 'tensor', help: 'What is made of it, row by row.' },
  ],
  outputs: () => [],
  infer(_, inputs) {
    const [a, b] = [shapeAt(inputs, 'a').dims, shapeAt(inputs, 'b').dims];
    if (sameDims(a, b)) return {};
    return problem({
      code: 'shape-mismatch',
      port: 'b',
      message: `a is ${formatDims(a)} and b ${formatDims(b)}; a reconstruction has the shape of its original.`,
    });
  },
  results: [
    { name: 'l1', label: 'Mean absolute difference', short: 'Mean difference', better: 'lower' },
    { name: 'psnr', label: 'Peak signal to noise', short: 'Signal to noise', unit: 'dB', better: 'higher' },
    { name: 'ssim', label: 'Structural similarity', short: 'Similarity', better: 'higher' },
    {
      name: 'ratio',
      label: 'Distance, as a share of that to another',
      short: 'Against another',
      better: 'lower',
    },
    { name: 'sameMode', label: 'Same mode', unit: '%', better: 'higher' },
    {
      name: 'relative',
      label: 'Distance, as a share of the length',
      short: 'Against length',
      better: 'lower',
    },
    { name: 'within', label: 'Within the tolerance', short: 'In tolerance', unit: '%', better: 'higher' },
    { name: 'correlation', label: 'Correlation', better: 'higher' },
    { name: 'sharpness', label: 'Sharpness, as a share of the original’s', short: 'Sharpness' },
  ],
  measure({ params, inputs, truth }) {
    const a = defined(inputs.a?.[0], 'a');
    const b = defined(inputs.b?.[0], 'b');
    const size = sizeOf(a.dims.slice(1));
    const correlation = meanCorrelation(a.data, b.data, size);
    return {
      l1: meanAbsolute(a.data, b.data),
      ...imageFigures(a, b),
      ...(a.data.length > size && { ratio: distanceRatio(a.data, b.data, size) }),
      ...modeFigure(a, b, truth),
      ...relativeFigures(a.data, b.data, size, params.tolerance),
      ...(correlation !== undefined && { correlation }),
    };
  },
  python({ params: { tolerance }, inputs, truth }) {
    const modes = modePositions(truth, sizeOf(shapeAt(inputs, 'a').dims));
    const found = (port: string) =>
      `nearest_modes(read["${port}"][0], *${modes ? modeListsPython(modes) : ''})`;
    const same = modes ? `, "sameMode": agreement(${found('a')}, ${found('b')})` : '';
    return pythonMetric(
      `{**reconstruction(read["a"][0], read["b"][0], ${tolerance})${same}}`,
      ...[python.flatRows, python.similarity, python.reconstruction],
      ...(modes ? [python.nearestModes, python.agreement] : []),
    );
  },
});

/** Images are of three axes, with values in [-1, 1]. */
function imageFigures(
  { data, dims }: TensorData,
  b: TensorData,
): { psnr?: number; ssim?: number; sharpness?: number } {
  const [, height, width, channels] = dims;
  if (dims.length !== 4 || !height || !width || !channels) return {};
  const sharpness = sharpnessRatio(data, b.data, [height, width, channels]);
  return {
    psnr: peakSignalToNoise(data, b.data, height * width * channels),
    ssim: structuralSimilarity(data, b.data, { height, width, channels }),
    ...(sharpness !== undefined && { sharpness }),
  };
}

function modeFigure(a: TensorData, b: TensorData, truth: Truth | undefined): { sameMode?: number } {
  const dims = sizeOf(a.dims.slice(1));
  const modes = modePositions(truth, dims);
  if (!modes) return {};
  return { sameMode: agreementOf(nearestModes(a.data, dims, modes), nearestModes(b.data, dims, modes)) };
}
