import * as z from 'zod';
import { formatDims } from '@/lib/shapes/shape';
import { defined } from '@/lib/util/assert';
import { defineView, problem, type TensorData } from '../define';
import { param } from '../params';
import { shapeAt } from '../ports';
import { extentOf } from './extent';

/** The longer arrows span this share of the picture. */
const LONG = 0.1;

/** Where a score pulls each fake: its slope at the fake, as GAN Lab draws the generator's gradients. */
export const viewArrows = defineView({
  kind: 'view-arrows',
  role: 'view',
  title: 'Arrows',
  category: 'Views',
  place: ['game'],
  summary:
    'Shows fakes with arrows along the slope of their score: where the discriminator’s judgement pulls them.',
  formula: 'x \\mapsto \\pm \\nabla_x s(x)',
  source: { label: 'GAN Lab, Kahng et al. 2018', url: 'https://arxiv.org/abs/1809.01587' },
  aliases: ['gradient', 'field', 'pull', 'slope', 'vector'],
  params: z.strictObject({
    towards: param(z.enum(['higher', 'lower']).default('higher'), {
      label: 'Towards',
      help: 'Higher scores, where they mean real; lower ones, where the score is a loss or an energy.',
    }),
    count: param(z.int().min(1).max(512).default(150), {
      label: 'Count',
      help: 'How many fakes get an arrow.',
      step: 10,
    }),
  }),
  caption: ({ count }) => String(count),
  examples: [
    { inputs: { fake: [2], score: [1] }, outputs: {} },
    { params: { towards: 'lower', count: 50 }, inputs: { fake: [2], score: [1] }, outputs: {} },
  ],
  inputs: () => [
    { name: 'fake', type: 'tensor', help: 'Points of the plane, G(z).' },
    { name: 'score', type: 'tensor', help: 'The score of these points, D(G(z)).' },
  ],
  outputs: () => [],
  infer(_, inputs) {
    const { dims } = shapeAt(inputs, 'fake');
    if (dims.length === 1 && dims[0] === 2) return {};
    return problem({
      code: 'cannot-draw',
      port: 'fake',
      message: `Arrows are drawn at points of the plane [2], but fake is ${formatDims(dims)}.`,
    });
  },
  rows: ({ count }) => count,
  slope: { of: 'score', at: 'fake' },
  picture({ params, inputs, slope }) {
    const fake = defined(inputs.fake?.[0], 'fake');
    if (!slope) return { type: 'empty', message: 'The score does not depend on these fakes' };
    const bounds = extentOf([fake]);
    const span = Math.max(...bounds.map(([low, high]) => high - low));
    const sign = params.towards === 'higher' ? 1 : -1;
    return {
      type: 'arrows',
      tails: fake.data,
      heads: headsOf(fake, slope, sign * LONG * span),
      fake: fake.data,
      bounds,
    };
  },
});

/** Arrows in proportion to the slopes; the length that 95 % of them do not pass is drawn as `reach`. */
export function headsOf({ data }: TensorData, slope: TensorData, reach: number): Float32Array {
  const lengths = Float64Array.from({ length: data.length / 2 }, (_, i) =>
    Math.hypot(slope.data[2 * i] as number, slope.data[2 * i + 1] as number),
  )
    .filter(Number.isFinite)
    .sort();
  const long = lengths[Math.floor(0.95 * (lengths.length - 1))] ?? 0;
  return data.map((value, i) => value + (long > 0 ? ((slope.data[i] as number) * reach) / long : 0));
}
