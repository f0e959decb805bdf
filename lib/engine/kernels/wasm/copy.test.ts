import type { Tensor } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { startBackend } from '../../backend';
import type { Tf } from '../../core';
import { normals } from '../../testing/compare';

/** Copies on WASM are exactly those of the cpu backend, and nothing leaks. */
let tf: Tf;
beforeAll(async () => {
  await startBackend('cpu');
  tf = (await startBackend('wasm')).tf;
});

async function agrees(make: () => readonly Tensor[]): Promise<void> {
  const there = async (backend: 'cpu' | 'wasm') => {
    await tf.setBackend(backend);
    const before = tf.memory().numTensors;
    const made = tf.tidy(() => [...make()]);
    const found = made.map((tensor) => ({ shape: tensor.shape, values: tensor.dataSync() }));
    tf.dispose(made);
    expect(tf.memory().numTensors).toBe(before);
    return found;
  };
  expect(await there('wasm')).toEqual(await there('cpu'));
}

const shape = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 });

it('lays tensors side by side along any axis, and cuts them apart', async () => {
  const sizes = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 2, maxLength: 4 });
  const asked = fc.record({ dims: shape, drawn: fc.nat(3), sizes, seed: fc.nat() });
  await fc.assert(
    fc.asyncProperty(asked, async ({ dims, drawn, sizes, seed }) => {
      const axis = drawn % dims.length;
      const startOf = (part: number) => sizes.slice(0, part).reduce((sum, size) => sum + size, 0);
      await agrees(() => {
        const parts = sizes.map((size, part) => normals(tf, dims.with(axis, size), seed, part));
        const whole = tf.concat(parts, axis);
        const begins = sizes.map((_, part) => dims.map(() => 0).with(axis, startOf(part)));
        const cut = parts.map((part, i) => tf.slice(whole, begins[i] as number[], part.shape));
        return [whole, ...cut, ...tf.split(whole, sizes, axis)];
      });
    }),
  );
});

it('cuts along several axes, and to the end', async () => {
  await agrees(() => {
    const x = normals(tf, [4, 5, 6, 3], 1);
    return [tf.slice(x, [1, 0, 2, 1], [2, -1, 3, 2]), tf.slice(x, [0, 2]), tf.slice(x, 1, 2)];
  });
});
