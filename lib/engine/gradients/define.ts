import * as tf from '@tensorflow/tfjs-core';

/** A gradient that replaces tfjs's own, or one that tfjs lacks. */
export interface Correction extends tf.GradConfig {
  /** What is wrong with the stock gradient. */
  readonly why: string;
}

export type Tensor = tf.Tensor;

/** The gradient comes as one tensor for kernels with one output. */
export const single = (dy: Tensor | Tensor[]): Tensor => (Array.isArray(dy) ? (dy[0] as Tensor) : dy);

/**
 * The output that a gradient reads. The copy that tfjs saved is not tied to the input on the tape, so it must
 * not enter a gradient that is itself differentiated: then it is computed again.
 */
export const tied = (saved: Tensor, recompute: () => Tensor): Tensor =>
  tf.engine().isTapeOn() ? recompute() : saved;

/** Sums what broadcasting repeated: from the shape of the result back to `shape`. */
export function unbroadcast(gradient: Tensor, shape: readonly number[]): Tensor {
  const axes = tf.broadcast_util.getReductionAxes([...shape], gradient.shape);
  const summed = axes.length > 0 ? tf.sum(gradient, axes) : gradient;
  return tf.util.arraysEqual(summed.shape, [...shape]) ? summed : tf.reshape(summed, [...shape]);
}
