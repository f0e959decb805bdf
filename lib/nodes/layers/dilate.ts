import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { Tf } from '../define';

/**
 * A kernel with holes: [k, k, in, out] → [(k-1)d+1, (k-1)d+1, in, out], zeros in between. tfjs has no gradient
 * of a dilated convolution; an ordinary one with this kernel is the same function, and has both orders.
 */
export function dilateKernel(tf: Tf, kernel: Tensor4D, dilation: number): Tensor4D {
  const [size, , channels, filters] = kernel.shape;
  const wide = (size - 1) * dilation + 1;
  const gaps: [number, number] = [0, dilation - 1];
  // Rows: [k, k·in·out] → [k, d, k·in·out] → [wide, k, in·out]
  const rows = tf.reshape(kernel, [size, 1, size * channels * filters]);
  const spread = tf.reshape(tf.pad(rows, [[0, 0], gaps, [0, 0]]), [
    size * dilation,
    size * channels * filters,
  ]);
  // Columns alike: [wide·k, in·out] → [wide·k, d, in·out] → [wide, wide, in, out]
  const cut = tf.slice(spread, [0, 0], [wide, size * channels * filters]);
  const columns = tf.pad(tf.reshape(cut, [wide * size, 1, channels * filters]), [[0, 0], gaps, [0, 0]]);
  const all = tf.reshape(columns, [wide, size * dilation, channels, filters]);
  return tf.slice(all, [0, 0, 0, 0], [wide, wide, channels, filters]) as Tensor4D;
}
