import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { expect, test } from 'vitest';
import { startBackend } from '../backend';

test('a tensor that the WASM heap cannot hold is an error, and the numbers that are there stay', async () => {
  const { tf } = await startBackend('wasm');
  const kept = tf.tensor([1, 2, 3]);
  const heap = tf.backend() as BackendWasm;
  for (const size of [2 ** 30, 2 ** 30 - 1])
    expect(() => heap.makeOutput([size], 'float32')).toThrow(
      `out of memory: the WASM heap has no ${4 * size}`,
    );
  expect(Array.from(kept.dataSync())).toEqual([1, 2, 3]);
  expect(Array.from(tf.add(kept, 1).dataSync())).toEqual([2, 3, 4]);
});
