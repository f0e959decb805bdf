import type { NamedAttrMap, NamedTensorMap } from '@tensorflow/tfjs-core';
import type { Tensor, Tf } from './define';
import { rootOf } from './optimizers/root';

/**
 * Operations that kinds and updates are made of, each as tfjs's own arithmetic, and as one kernel where the
 * engine has one for the backend in use (lib/engine/kernels). Both give the same numbers.
 */

/** Whether the backend in use has this kernel. */
export const hasKernel = (tf: Tf, name: string): boolean => tf.getKernel(name, tf.getBackend()) != null;

/** Whether it has one that may be used here: it has no gradient, so not where the result is differentiated. */
export const hasFinalKernel = (tf: Tf, name: string): boolean =>
  hasKernel(tf, name) && !tf.engine().isTapeOn();

/** Runs a kernel of the engine's own. */
export const runKernel = <T extends Tensor | Tensor[]>(
  tf: Tf,
  name: string,
  inputs: NamedTensorMap,
  attrs: NamedAttrMap = {},
): T => tf.engine().runKernel<T>(name, inputs, attrs);

/** x W + b, rows [n, k] by [k, m]. */
export function affine(tf: Tf, x: Tensor, kernel: Tensor, bias: Tensor | undefined): Tensor {
  if (bias && hasKernel(tf, 'GanvasAffine')) return runKernel(tf, 'GanvasAffine', { x, kernel, bias });
  const product = tf.matMul(x, kernel);
  return bias ? tf.add(product, bias) : product;
}

interface Normalised {
  readonly y: Tensor;
  /** Of the batch, per channel; the variance is biased. */
  readonly mean: Tensor;
  readonly variance: Tensor;
}

/** γ (x - μ) / √(σ² + ε) + β with the statistics of x [..., C] itself, over all axes but the last. */
export function batchNormalise(tf: Tf, x: Tensor, gamma: Tensor, beta: Tensor, epsilon: number): Normalised {
  if (hasKernel(tf, 'GanvasBatchNormalise')) {
    const [y, mean, variance] = runKernel<Tensor[]>(
      tf,
      'GanvasBatchNormalise',
      { x, gamma, beta },
      { epsilon },
    );
    return { y: y as Tensor, mean: mean as Tensor, variance: variance as Tensor };
  }
  return composeBatchNormalise(tf, x, gamma, beta, epsilon);
}

/** The same by broadcasting arithmetic, which has gradients of all orders. */
export function composeBatchNormalise(
  tf: Tf,
  x: Tensor,
  gamma: Tensor,
  beta: Tensor,
  epsilon: number,
): Normalised {
  const axes = x.shape.slice(0, -1).map((_, axis) => axis);
  const mean = tf.mean(x, axes);
  const centred = tf.sub(x, mean);
  const variance = tf.mean(tf.square(centred), axes);
  const scale = tf.mul(gamma, tf.rsqrt(tf.add(variance, epsilon)));
  return { y: tf.add(tf.mul(centred, scale), beta), mean, variance };
}

/** softmax(q kᵀ) v of each example; queries, keys and values lie side by side: [n, places, 3 width] to [n, places, width]. */
export function attend(tf: Tf, joint: Tensor): Tensor {
  if (!hasKernel(tf, 'GanvasAttend')) return composeAttend(tf, joint);
  return runKernel(tf, 'GanvasAttend', { joint });
}

/** The same by products of matrices, which have gradients of all orders. */
export function composeAttend(tf: Tf, joint: Tensor): Tensor {
  const [queries, keys, values] = tf.split(joint, 3, -1) as [Tensor, Tensor, Tensor];
  return tf.matMul(tf.softmax(tf.matMul(queries, keys, false, true)), values);
}

interface AdamStep {
  readonly [name: string]: number;
  readonly beta1: number;
  readonly beta2: number;
  /** The learning rate over 1 - β₁ᵗ. */
  readonly rate: number;
  /** 1 / (1 - β₂ᵗ) */
  readonly correction: number;
  readonly epsilon: number;
}

/** m' = β₁ m + (1 - β₁) g, v' = β₂ v + (1 - β₂) g², change = rate · m' / (√(v' · correction) + ε). */
export function adamStep(
  tf: Tf,
  gradient: Tensor,
  moments: { readonly m: Tensor; readonly v: Tensor },
  attrs: AdamStep,
): { readonly change: Tensor; readonly m: Tensor; readonly v: Tensor } {
  if (hasFinalKernel(tf, 'GanvasAdamStep')) {
    const [change, m, v] = runKernel<Tensor[]>(tf, 'GanvasAdamStep', { gradient, ...moments }, attrs);
    return { change: change as Tensor, m: m as Tensor, v: v as Tensor };
  }
  const { beta1, beta2, rate, correction, epsilon } = attrs;
  const m = tf.add(tf.mul(moments.m, beta1), tf.mul(gradient, 1 - beta1));
  const v = tf.add(tf.mul(moments.v, beta2), tf.mul(tf.square(gradient), 1 - beta2));
  const root = rootOf(tf, tf.mul(v, correction));
  return { change: tf.div(tf.mul(m, rate), tf.add(root, epsilon)), m, v };
}

/** Tensors of any shapes, end to end in one vector. */
export function pack(tf: Tf, parts: readonly Tensor[]): Tensor {
  if (hasFinalKernel(tf, 'GanvasPack'))
    return runKernel(tf, 'GanvasPack', Object.fromEntries(parts.map((part, i) => [i, part])));
  const flat = parts.map((part) => tf.reshape(part, [part.size]));
  return flat.length === 1 ? (flat[0] as Tensor) : tf.concat(flat, 0);
}

/** A vector cut into tensors of these shapes. */
export function unpack(tf: Tf, flat: Tensor, shapes: readonly (readonly number[])[]): Tensor[] {
  if (hasFinalKernel(tf, 'GanvasUnpack'))
    return runKernel(tf, 'GanvasUnpack', { flat }, { shapes: shapes.map((shape) => [...shape]) });
  const sizes = shapes.map((shape) => shape.reduce((product, dim) => product * dim, 1));
  const parts = shapes.length === 1 ? [flat] : tf.split(flat, sizes, 0);
  return shapes.map((shape, i) => tf.reshape(parts[i] as Tensor, [...shape]));
}
