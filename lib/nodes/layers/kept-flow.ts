import type { Flowed, Tensor, Tf } from '../define';

/** The same numbers in other dims, in either direction: log|det| is 0. */
export function keptFlow(
  tf: Tf,
  from: Tensor,
  dims: readonly number[],
  direction: 'forward' | 'inverse',
): Flowed {
  const rows = from.shape[0] as number;
  const tensor = tf.reshape(from, [rows, ...dims]);
  return { tensors: { [direction === 'forward' ? 'out' : 'in']: tensor }, logDet: tf.zeros([rows]) };
}
