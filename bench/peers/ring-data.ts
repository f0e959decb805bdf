import * as tf from '@tensorflow/tfjs';

/** Points of eight Gaussians on a circle, [batch, 2]. */
export function drawRing(batch: number, radius = 2, sd = 0.1): tf.Tensor2D {
  const values = new Float32Array(2 * batch);
  for (let i = 0; i < batch; i++) {
    const angle = (2 * Math.PI * Math.floor(8 * Math.random())) / 8;
    values[2 * i] = radius * Math.cos(angle) + sd * normal();
    values[2 * i + 1] = radius * Math.sin(angle) + sd * normal();
  }
  return tf.tensor2d(values, [batch, 2]);
}

export const normal = (): number =>
  Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
