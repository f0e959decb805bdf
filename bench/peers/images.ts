import * as tf from '@tensorflow/tfjs';

/** Batches of random rows of images that are in memory. */
export function batchesOf(images: Float32Array, shape: readonly number[], batch: number): () => tf.Tensor {
  const size = shape.reduce((product, dim) => product * dim, 1);
  const data = tf.tensor(images, [images.length / size, ...shape]);
  const count = data.shape[0] as number;
  return () => {
    const rows = Int32Array.from({ length: batch }, () => Math.floor(Math.random() * count));
    return tf.gather(data, tf.tensor1d(rows, 'int32'));
  };
}
