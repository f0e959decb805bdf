import type { Tensor, Tf } from '../define';

/** √v; where the step is differentiated (unrolled games), with a finite slope at a weight without gradients. */
export const rootOf = (tf: Tf, v: Tensor): Tensor => tf.sqrt(tf.engine().isTapeOn() ? tf.add(v, 1e-30) : v);
