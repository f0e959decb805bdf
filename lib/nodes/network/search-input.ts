import type { Tensor, Tf } from '../define';
import { adamStep } from '../operations';

/** Of Adam; how much the rate has fallen at the last step, as a share; under the sum of a mask of zeros. */
export const searchNumbers = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, fall: 0.99, floor: 1e-12 } as const;

interface Sought {
  /** What an input makes: rows do not meet. */
  made(z: Tensor): Tensor;
  readonly target: Tensor;
  readonly start: Tensor;
  /** How much each number of the target counts. */
  readonly mask: Tensor;
}

export interface SearchSettings {
  readonly steps: number;
  /** Of the first step; it falls along a line. */
  readonly learningRate: number;
  /** What a move away from the start costs. */
  readonly smooth: number;
  /** No input is longer: far out, where noise is never drawn, a generator was not taught what to make. */
  readonly within?: number;
}

/** argmin over z of Σ m (made(z) - t)² / Σ m + s ‖z - start‖², row by row, by Adam. Run it off the tape. */
export function searchInput(
  tf: Tf,
  { made, target, start, mask }: Sought,
  { steps, learningRate, smooth, within }: SearchSettings,
): Tensor {
  const { beta1, beta2, epsilon, fall } = searchNumbers;
  const share = shareOf(tf, mask);
  // Rows do not meet, so the gradient of their sum is each one's own.
  const cost = (z: Tensor) => {
    const far = tf.sum(tf.mul(share, tf.square(tf.sub(made(z), target))));
    return smooth === 0 ? far : tf.add(far, tf.mul(tf.sum(tf.square(tf.sub(z, start))), smooth));
  };
  // The moments are flat, as kernels for Adam take them.
  let found: Tensor[] = [tf.clone(start), tf.zeros([start.size]), tf.zeros([start.size])];
  for (let step = 0; step < steps; step++) {
    const next = tf.tidy(() => {
      const [z, m, v] = found as [Tensor, Tensor, Tensor];
      const { grads } = tf.engine().gradients(() => cost(z) as never, [z], undefined, true);
      const rate = learningRate * (1 - (fall * step) / Math.max(1, steps - 1));
      const moved = adamStep(
        tf,
        tf.reshape(grads[0] ?? tf.zerosLike(z), [-1]),
        { m, v },
        {
          beta1,
          beta2,
          rate: rate / (1 - beta1 ** (step + 1)),
          correction: 1 / (1 - beta2 ** (step + 1)),
          epsilon,
        },
      );
      const to = tf.sub(z, tf.reshape(moved.change, z.shape));
      return [within === undefined ? to : noLonger(tf, to, within), moved.m, moved.v];
    });
    tf.dispose(found);
    found = next;
  }
  return found[0] as Tensor;
}

/** m / Σ m, per example. */
function shareOf(tf: Tf, mask: Tensor): Tensor {
  const axes = mask.shape.slice(1).map((_, axis) => axis + 1);
  return tf.div(mask, tf.maximum(tf.sum(mask, axes, true), searchNumbers.floor));
}

/** z · min(1, r / ‖z‖), per example. */
function noLonger(tf: Tf, z: Tensor, within: number): Tensor {
  const axes = z.shape.slice(1).map((_, axis) => axis + 1);
  const length = tf.sqrt(tf.sum(tf.square(z), axes, true));
  return tf.mul(z, tf.minimum(tf.div(within, tf.maximum(length, searchNumbers.floor)), 1));
}
