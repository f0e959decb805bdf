import type { Started } from '../backend-options';
import type { Tf } from '../core';

/** Plain JavaScript: slow, exact, everywhere. For tests. */
export async function startCpu(tf: Tf): Promise<Started> {
  await import('@tensorflow/tfjs-backend-cpu');
  if (!(await tf.setBackend('cpu'))) throw new Error('TensorFlow.js did not accept it');
  return { notes: [] };
}
