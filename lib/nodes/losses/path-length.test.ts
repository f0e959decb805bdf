import { expect, test } from 'vitest';
import { startBackend } from '@/lib/engine/backend';
import { defined } from '@/lib/util/assert';
import { createStream } from '@/lib/util/random';
import type { Tensor, Tensors } from '../define';
import { resolveParams } from '../params';
import { pathLength } from './path-length';

/** x = w A with A = [3 · I, 4 · I] of two pixels: ‖Jᵀ y‖² = Σ (3 y₁ + 4 y₂)² = 25 χ² / 2. */
test('lengths are those of the slope, over half of the batch, and the mean follows before they are judged', async () => {
  const { tf } = await startBackend('cpu');
  const params = resolveParams(pathLength.params.parse({ network: 'G', decay: 0.25 }), 0);
  const seen: number[] = [];
  const step = (rows: number, mean: number) => {
    let next: Tensors = {};
    const loss = pathLength.evaluate(tf, 'out', {
      params,
      inputs: { at: tf.randomNormal([rows, 2], 0, 1, 'float32', 5) },
      buffers: { mean: tf.tensor1d([mean]) },
      observe: (observed) => {
        next = defined(pathLength.advance, 'advance')(tf, params, {}, observed);
      },
      seed: (purpose) => createStream('test', purpose).seed(),
      apply: ({ w }) => {
        seen.push((w as Tensor).shape[0] as number);
        const pixel = (times: number) => tf.reshape(tf.mul(w as Tensor, times), [-1, 1, 1, 2]);
        return tf.concat([pixel(3), pixel(4)], 1);
      },
    });
    return { loss: loss.dataSync()[0] as number, mean: defined(next.mean, 'mean').dataSync()[0] as number };
  };
  const { loss, mean } = step(40_000, 2);
  expect(seen).toEqual([20_000]);
  // √(25 / 2) times a length in the plane, whose mean is √(π / 2) and mean square 2.
  const length = Math.sqrt(12.5 * (Math.PI / 2));
  expect(mean).toBeCloseTo(2 + 0.25 * (length - 2), 1);
  expect(loss).toBeCloseTo(2 * (25 - 2 * mean * length + mean ** 2), 0);
});
