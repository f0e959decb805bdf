import * as z from 'zod';
import { param } from '@/lib/graph/param';
import { deviation } from './fields';
import { pythonList, pythonSource } from './python';
import { defineSource } from './source';
import { normalDensity } from './truth';

interface Options {
  readonly dims: number;
  readonly scales: readonly number[];
  readonly sd: number;
}

const options = z
  .strictObject({
    dims: param(z.int().min(3).max(64).default(5), {
      label: 'Dimensions d',
      help: 'Numbers per row.',
      step: 1,
    }),
    scales: param(z.array(z.number().min(0.001).max(1000)).min(1).max(63).default([2, 1]), {
      label: 'Scales',
      help: 'The deviation along each hidden direction; fewer than the dimensions.',
      input: 'json',
    }),
    sd: deviation(0.3, 'Of the noise that is added to every number.'),
  })
  .superRefine(({ dims, scales }, context) => {
    if (scales.length >= dims)
      context.addIssue({
        code: 'custom',
        message: `${scales.length} hidden directions need more than ${scales.length} dimensions; there are ${dims}`,
        path: ['scales'],
      });
  });

/** uₖᵢ = √(2/d) cos(π (i + ½)(k + 1) / d): orthonormal for k < d - 1. */
const direction = (dims: number, k: number): number[] =>
  Array.from(
    { length: dims },
    (_, i) => Math.sqrt(2 / dims) * Math.cos((Math.PI * (i + 0.5) * (k + 1)) / dims),
  );

/** Eigenvalues of the covariance: s² + sd² along the hidden directions, sd² along all others. */
const variances = ({ dims, scales, sd }: Options): number[] =>
  Array.from({ length: dims }, (_, k) => (scales[k] ?? 0) ** 2 + sd ** 2);

/** x = Σₖ sₖ zₖ uₖ + sd ε: a flat cloud in more dimensions, as a linear VAE and principal components see it. */
export const linearGaussian = defineSource({
  id: 'linear-gaussian',
  title: 'Linear Gaussian',
  summary: 'A few hidden numbers, mixed linearly into more, with noise on each.',
  family: 'Vectors',
  options,
  ports: ({ dims }) => ({ x: [dims] }),
  draw({ dims, scales, sd }, rows, stream) {
    const columns = scales.map((scale, k) => direction(dims, k).map((value) => scale * value));
    const x = new Float32Array(rows * dims);
    for (let row = 0; row < rows; row++) {
      const hidden = columns.map(() => stream.normal());
      for (let i = 0; i < dims; i++) {
        let value = sd * stream.normal();
        columns.forEach((column, k) => {
          value += (column[i] as number) * (hidden[k] as number);
        });
        x[row * dims + i] = value;
      }
    }
    return { x };
  },
  truth(given) {
    const { dims, scales, sd } = given;
    const directions = scales.map((_, k) => direction(dims, k));
    return {
      entropy: variances(given).reduce((sum, value) => sum + 0.5 * Math.log(2 * Math.PI * Math.E * value), 0),
      density(point) {
        let rest = point.reduce((sum, value) => sum + value * value, 0);
        let product = 1;
        directions.forEach((axis, k) => {
          const along = axis.reduce((sum, value, i) => sum + value * (point[i] as number), 0);
          const deviation = Math.hypot(scales[k] as number, sd);
          product *= normalDensity(along / deviation) / deviation;
          rest -= along * along;
        });
        return (
          (product * Math.exp(-rest / (2 * sd * sd))) /
          (Math.sqrt(2 * Math.PI) * sd) ** (dims - scales.length)
        );
      },
    };
  },
  python: ({ dims, scales, sd }) =>
    pythonSource(`scales = np.array(${pythonList(scales)})
places = (np.arange(${dims}) + 0.5) * np.arange(1, ${scales.length + 1})[:, None]
columns = scales[:, None] * math.sqrt(2 / ${dims}) * np.cos(math.pi * places / ${dims})
hidden = rng.standard_normal((rows, ${scales.length}))
return {"x": hidden @ columns + ${sd} * rng.standard_normal((rows, ${dims}))}`),
});
