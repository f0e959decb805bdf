import type { Scalar } from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { formatDims } from '@/lib/shapes/shape';
import { defineLoss, problem, type Tensor, type Tf } from '../define';
import { expressionAt, shapeAt, tensorAt } from '../ports';
import { scalar, scalarOut } from './two';

/** Differences of neighbouring pixels, which noise has many of. */
export const totalVariation = defineLoss({
  kind: 'total-variation',
  role: 'loss',
  title: 'Total variation',
  category: 'Losses',
  place: ['game'],
  summary: 'The mean difference between neighbouring pixels: a small weight of it smooths speckles away.',
  formula:
    'J = \\overline{\\lvert x_{i+1, j} - x_{i, j} \\rvert} + \\overline{\\lvert x_{i, j+1} - x_{i, j} \\rvert}',
  source: { label: 'Rudin et al. 1992', url: 'https://doi.org/10.1016/0167-2789(92)90242-F' },
  aliases: ['tv', 'smooth', 'denoise', 'speckle', 'artefacts'],
  params: z.strictObject({}),
  examples: [
    { inputs: { in: [3, 3, 1] }, outputs: { out: [] } },
    { inputs: { in: [2, 2, 2] }, outputs: { out: [] } },
  ],
  inputs: () => [{ name: 'in', type: 'tensor', help: 'Images.' }],
  outputs: scalarOut,
  infer(_, inputs) {
    const { dims } = shapeAt(inputs, 'in');
    if (dims.length !== 3)
      return problem({
        code: 'rank-mismatch',
        port: 'in',
        message: `Total variation takes images [height, width, channels], but gets ${formatDims(dims)}.`,
      });
    if ((dims[0] as number) > 1 && (dims[1] as number) > 1) return { out: scalar };
    return problem({
      code: 'shape-empty',
      port: 'in',
      message: `Images of ${formatDims(dims)} have no neighbours along one axis; total variation needs 2 pixels each way.`,
    });
  },
  differentiable: 2,
  evaluate(tf, _, { inputs }) {
    const x = tensorAt(inputs, 'in');
    return tf.add<Scalar>(meanStep(tf, x, 1), meanStep(tf, x, 2));
  },
  torch: {
    forward({ inputs }) {
      const x = expressionAt(inputs, 'in');
      return { out: `${x}.diff(dim=2).abs().mean() + ${x}.diff(dim=3).abs().mean()` };
    },
  },
});

/** Mean of |x_{k+1} - x_k| along one axis. */
function meanStep(tf: Tf, x: Tensor, axis: 1 | 2): Scalar {
  const size = x.shape.map((length, i) => (i === axis ? length - 1 : length));
  const from = x.shape.map((_, i) => (i === axis ? 1 : 0));
  const start = x.shape.map(() => 0);
  return tf.mean(tf.abs(tf.sub(tf.slice(x, from, size), tf.slice(x, start, size))));
}
