import type { Tf } from './define';

/**
 * Work of its own within whatever is being differentiated: it may take gradients itself, and what it gives is a
 * constant. On the outer tape every kernel of it would be kept.
 */
export function offTape<T>(tf: Tf, work: () => T): T {
  const { state } = tf.engine() as unknown as { state: { gradientDepth: number; activeTape: unknown } };
  const { gradientDepth, activeTape } = state;
  state.gradientDepth = 0;
  try {
    return work();
  } finally {
    Object.assign(state, { gradientDepth, activeTape });
  }
}
