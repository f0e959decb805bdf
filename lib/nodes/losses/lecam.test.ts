import { expect, test } from 'vitest';
import { startBackend } from '@/lib/engine/backend';
import { defined } from '@/lib/util/assert';
import type { Tensor, Tensors } from '../define';
import { lecam } from './lecam';

test('scores are held near the average of the other side’s earlier scores, and free before there is one', async () => {
  const { tf } = await startBackend('cpu');
  const params = { weight: 0.5, decay: 0.9 };
  const step = (real: number, fake: number, buffers: Tensors) => {
    let next: Tensors = buffers;
    const observe = (observed: Tensors) => {
      next = defined(lecam.advance, 'advance')(tf, params, buffers, observed);
    };
    const inputs = { real: tf.tensor2d([[real], [real]]), fake: tf.tensor2d([[fake], [fake]]) };
    const loss = lecam.evaluate(tf, 'out', { params, inputs, buffers, observe, seed: () => 1 });
    return { loss: loss.dataSync()[0], next };
  };
  const first = step(2, -1, { sums: tf.zeros([3]) as Tensor });
  expect(first.loss).toBe(0);
  // One batch alone: its means are the averages, whatever the decay.
  const second = step(3, 0, first.next);
  expect(second.loss).toBeCloseTo(0.5 * ((3 + 1) ** 2 + (2 - 0) ** 2), 5);
  // Then 0.9 of the first against 1 of the second.
  const real = (0.9 * 2 + 3) / 1.9;
  const third = step(-5, -5, second.next);
  expect(third.loss).toBeCloseTo(0.5 * (real + 5) ** 2, 4);
});
