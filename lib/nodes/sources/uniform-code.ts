import * as z from 'zod';
import { pythonSource } from '@/lib/data/python';
import { shape } from '@/lib/shapes/shape';
import { defineSource, problem } from '../define';
import { param } from '../params';

const number = z.number().min(-1e6).max(1e6);

export const uniformCode = defineSource({
  kind: 'uniform-code',
  role: 'source',
  signs: { out: 'c' },
  title: 'Uniform code',
  category: 'Sources',
  place: ['game'],
  summary: 'Draws numbers evenly from an interval: continuous codes that a network is to recover.',
  formula: 'c \\sim \\mathcal{U}(a, b)^n',
  source: { label: 'Chen et al. 2016 (InfoGAN)', url: 'https://arxiv.org/abs/1606.03657' },
  aliases: ['continuous', 'infogan', 'noise', 'factor'],
  traits: { noise: true },
  params: z.strictObject({
    size: param(z.int().min(1).max(4_096).default(1), {
      label: 'Size n',
      help: 'Size of the output.',
      step: 1,
    }),
    low: param(number.default(-1), { label: 'Low a', help: 'Lower end of the interval.', step: 0.1 }),
    high: param(number.default(1), {
      label: 'High b',
      help: 'Upper end of the interval, exclusive.',
      step: 0.1,
    }),
  }),
  caption: ({ size, low, high }) => `${size} in ${low} … ${high}`,
  examples: [
    { inputs: {}, outputs: { out: [1] } },
    { params: { size: 2, low: 0, high: 3 }, inputs: {}, outputs: { out: [2] } },
  ],
  inputs: () => [],
  outputs: () => [{ name: 'out', type: 'tensor' }],
  infer({ size, low, high }) {
    if (low >= high)
      return problem({
        code: 'param-range',
        message: `A uniform code needs low below high; low is ${low}, high is ${high}.`,
        hint: 'Set low to -1 and high to 1.',
        fix: { label: 'Use -1 … 1', params: { low: -1, high: 1 } },
      });
    return { out: shape([size]) };
  },
  draw({ size, low, high }, { rows, stream }) {
    const random = stream('code');
    return { out: Float32Array.from({ length: rows * size }, () => low + (high - low) * random.uniform()) };
  },
  python: ({ size, low, high }) =>
    pythonSource(`return {"out": rng.uniform(${low}, ${high}, size=(rows, ${size}))}`),
});
