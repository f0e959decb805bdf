import type * as z from 'zod';
import { sizeOf } from '@/lib/shapes/shape';
import type { InputShapes, Tensor, Tensors, Tf, WeightSpec } from '../define';
import { param } from '../params';
import { shapeAt } from '../ports';

/** What normalisations by each example's own statistics share: ε, a scale and an offset per channel. */
export const epsilonParam = (number: z.ZodNumber, value: number) =>
  param(number.gt(0).max(1).default(value), {
    label: 'ε',
    help: 'Added to what is divided by, so that constant inputs stay finite.',
    input: 'log',
  });

export function channelWeights(inputs: InputShapes): readonly WeightSpec[] {
  const channels = shapeAt(inputs, 'in').dims.at(-1) as number;
  return [
    { name: 'gamma', shape: [channels], init: { type: 'constant', value: 1 } },
    { name: 'beta', shape: [channels], init: { type: 'constant', value: 0 } },
  ];
}

export const normalisationCost = (_: unknown, inputs: InputShapes) => 4 * sizeOf(shapeAt(inputs, 'in').dims);

/** γ (x - μ) / √(σ² + ε) + β, μ and σ² over `axes` of x [batch, ..., C], variance biased. */
export function normalise(
  tf: Tf,
  x: Tensor,
  axes: readonly number[],
  { gamma, beta }: Tensors,
  epsilon: number,
): Tensor {
  const centred = tf.sub(x, tf.mean(x, [...axes], true));
  const variance = tf.mean(tf.square(centred), [...axes], true);
  const unit = tf.mul(centred, tf.rsqrt(tf.add(variance, epsilon)));
  return tf.add(tf.mul(unit, gamma as Tensor), beta as Tensor);
}
