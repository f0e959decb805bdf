import * as z from 'zod';
import { pythonList, pythonSource } from '@/lib/data/python';
import { formatDims, shape, sizeOf } from '@/lib/shapes/shape';
import { defineSource, problem } from '../define';
import { dims, param } from '../params';

const number = z.number().min(-1e6).max(1e6);
/** Numbers, nested as deep as a tensor has axes. */
const row = z.array(number);
const plane = z.array(z.union([number, row]));
const value = z.union([number, z.array(z.union([number, row, plane]))]);

const numbersOf = (given: z.output<typeof value>): readonly number[] =>
  (Array.isArray(given) ? given : [given]).flat(3) as number[];

export const constant = defineSource({
  kind: 'constant',
  role: 'source',
  title: 'Constant',
  category: 'Sources',
  place: ['game'],
  summary: 'The same numbers in every row and every batch.',
  formula: 'x = c',
  source: { label: 'torch.full', url: 'https://pytorch.org/docs/stable/generated/torch.full.html' },
  aliases: ['fixed', 'number', 'point', 'target'],
  params: z.strictObject({
    shape: param(dims.default([1]), {
      label: 'Shape',
      help: 'Dims of one row, without the batch.',
      input: 'dims',
    }),
    value: param(value.default(0), {
      label: 'Numbers',
      help: 'One number for all, or as many as the shape holds, the last axis running fastest.',
      input: 'json',
    }),
  }),
  caption: ({ shape: size, value: given }) =>
    Array.isArray(given) ? size.join(' × ') : `${given} · ${size.join(' × ')}`,
  examples: [
    { inputs: {}, outputs: { out: [1] } },
    { params: { shape: [2], value: [0.5, -1] }, inputs: {}, outputs: { out: [2] } },
    {
      params: {
        shape: [2, 2],
        value: [
          [1, 2],
          [3, 4],
        ],
      },
      inputs: {},
      outputs: { out: [2, 2] },
    },
  ],
  inputs: () => [],
  outputs: () => [{ name: 'out', type: 'tensor' }],
  infer(params) {
    const found = numbersOf(params.value).length;
    const needed = sizeOf(params.shape);
    if (Array.isArray(params.value) && found !== needed)
      return problem({
        code: 'size-mismatch',
        message: `A constant of ${formatDims(params.shape)} needs ${needed} numbers; its value has ${found}.`,
        hint: 'One number alone fills any shape.',
      });
    return { out: shape(params.shape) };
  },
  draw(params, { rows }) {
    const numbers = numbersOf(params.value);
    const size = sizeOf(params.shape);
    const out = Float32Array.from({ length: rows * size }, (_, i) => numbers[i % numbers.length] ?? 0);
    return { out };
  },
  python: ({ shape: size, value: given }) =>
    pythonSource(
      Array.isArray(given)
        ? `value = np.array(${pythonList(numbersOf(given))}).reshape(1, ${size.join(', ')})
return {"out": np.repeat(value, rows, axis=0)}`
        : `return {"out": np.full((rows, ${size.join(', ')}), ${given})}`,
    ),
});
