import * as z from 'zod';
import { pythonSource } from '@/lib/data/python';
import { shape, sizeOf } from '@/lib/shapes/shape';
import { assertNever } from '@/lib/util/assert';
import type { Stream } from '@/lib/util/random';
import { defineSource, problem } from '../define';
import { dims, param } from '../params';

const number = z.number().min(-1e6).max(1e6);

/** What the densities look like, wherever they lie. */
const bell = (x: number) => 1.6 * Math.exp(-0.5 * x * x);
const shapeOf = {
  normal: bell,
  uniform: (x: number) => (Math.abs(x) < 1.8 ? 1.1 : 0),
  'truncated-normal': (x: number) => (Math.abs(x) < 2 ? bell(x) : 0),
};

/** Noise z, a fresh batch for each update. A truncated normal is redrawn beyond two standard deviations. */
export const latent = defineSource({
  kind: 'latent',
  role: 'source',
  signs: { out: 'z' },
  title: 'Latent',
  category: 'Sources',
  place: ['game'],
  summary: 'Draws the noise z that a generator turns into samples.',
  formula: 'z \\sim \\mathcal{N}(\\mu, \\sigma^2)',
  source: { label: 'Goodfellow et al. 2014', url: 'https://arxiv.org/abs/1406.2661' },
  aliases: ['noise', 'z', 'prior', 'random'],
  traits: { noise: true },
  params: z.strictObject({
    shape: param(dims.default([64]), {
      label: 'Shape',
      help: 'Dims of one z, without the batch.',
      input: 'dims',
    }),
    distribution: param(z.enum(['normal', 'uniform', 'truncated-normal']).default('normal'), {
      label: 'Distribution',
      help: 'Normal and truncated normal use mean and sd; uniform uses low and high.',
    }),
    mean: param(number.default(0), { label: 'Mean', help: 'Of the normal distributions.', step: 0.1 }),
    sd: param(number.gt(0).default(1), {
      label: 'Standard deviation',
      help: 'Of the normal distributions.',
      step: 0.1,
    }),
    low: param(number.default(-1), { label: 'Low', help: 'Of the uniform distribution.', step: 0.1 }),
    high: param(number.default(1), { label: 'High', help: 'Of the uniform distribution.', step: 0.1 }),
  }),
  caption: ({ shape: size, distribution }) => `${size.join(' × ')} · ${distribution}`,
  sign: ({ distribution }) => ({ type: 'curve', of: shapeOf[distribution] }),
  examples: [
    { inputs: {}, outputs: { out: [64] } },
    {
      params: { shape: [2], distribution: 'truncated-normal', mean: 0.5, sd: 0.25 },
      inputs: {},
      outputs: { out: [2] },
    },
    {
      params: { shape: [4, 4, 2], distribution: 'uniform', low: 0, high: 1 },
      inputs: {},
      outputs: { out: [4, 4, 2] },
    },
  ],
  inputs: () => [],
  outputs: () => [{ name: 'out', type: 'tensor' }],
  infer(params) {
    if (params.distribution === 'uniform' && params.low >= params.high)
      return problem({
        code: 'param-range',
        message: `The uniform noise needs low below high; low is ${params.low}, high is ${params.high}.`,
        hint: 'Set low to -1 and high to 1.',
        fix: { label: 'Use -1 … 1', params: { low: -1, high: 1 } },
      });
    return { out: shape(params.shape) };
  },
  draw(params, { rows, stream }) {
    const random = stream('noise');
    const out = new Float32Array(rows * sizeOf(params.shape));
    for (let i = 0; i < out.length; i++) out[i] = sample(params, random);
    return { out };
  },
  python({ shape: size, distribution, mean, sd, low, high }) {
    const dims = `(rows, ${size.join(', ')})`;
    const affine = (noise: string) => (mean === 0 && sd === 1 ? noise : `${mean} + ${sd} * ${noise}`);
    switch (distribution) {
      case 'normal':
        return pythonSource(`return {"out": ${affine(`rng.standard_normal(${dims})`)}}`);
      case 'uniform':
        return pythonSource(`return {"out": rng.uniform(${low}, ${high}, size=${dims})}`);
      case 'truncated-normal':
        return pythonSource(`noise = rng.standard_normal(${dims})
while (far := np.abs(noise) > 2).any():  # drawn again beyond two deviations
    noise[far] = rng.standard_normal(far.sum())
return {"out": ${affine('noise')}}`);
      default:
        return assertNever(distribution);
    }
  },
});

interface Distribution {
  distribution: 'normal' | 'uniform' | 'truncated-normal';
  mean: number;
  sd: number;
  low: number;
  high: number;
}

function sample({ distribution, mean, sd, low, high }: Distribution, random: Stream): number {
  switch (distribution) {
    case 'normal':
      return mean + sd * random.normal();
    case 'uniform':
      return low + (high - low) * random.uniform();
    case 'truncated-normal': {
      let value = random.normal();
      while (Math.abs(value) > 2) value = random.normal();
      return mean + sd * value;
    }
    default:
      return assertNever(distribution);
  }
}
