import type * as tf from '@tensorflow/tfjs';

/** A hand-written game: one iteration, and a few samples, by which a run can be seen to be alive. */
export interface Peer {
  step(): void;
  sample(): tf.Tensor;
}

/** The trainable variables of a model, which `minimize` wants. */
export const variablesOf = (model: tf.LayersModel): tf.Variable[] =>
  model.trainableWeights.map((weight) => (weight as unknown as { val: tf.Variable }).val);
