import type { Rank, Tensor4D } from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { affine } from '@/lib/nodes/operations';
import { BackendError, startBackend, startFirst } from './backend';

it('starts WASM in Node without being given the place of its files', async () => {
  const engine = await startBackend('wasm');
  expect(engine).toMatchObject({ name: 'wasm', notes: [] });
  expect(engine.tf.getBackend()).toBe('wasm');
});

it('starts again after it was disposed of, on fresh memory', async () => {
  const first = await startBackend('wasm');
  const kept = first.tf.ones([3]);
  first.dispose();
  const second = await startBackend('wasm');
  expect(Array.from(second.tf.tanh(second.tf.zeros([2])).dataSync())).toEqual([0, 0]);
  expect(() => kept.dataSync()).toThrow();
});

it('says what is missing where a backend cannot start', async () => {
  const failed = startBackend('webgpu');
  await expect(failed).rejects.toBeInstanceOf(BackendError);
  await expect(failed).rejects.toMatchObject({
    diagnostic: {
      code: 'backend-not-available',
      severity: 'error',
      message: 'WebGPU did not start: this browser has no WebGPU.',
    },
  });
});

it('goes on to the next backend, and keeps why', async () => {
  const { engine, failures } = await startFirst(['webgpu', 'webgl', 'wasm', 'cpu']);
  expect(engine.name).toBe('wasm');
  expect(failures.map((failure) => failure.message.split(' ')[0])).toEqual(['WebGPU', 'WebGL']);
});

it('gives one diagnostic for all where none starts', async () => {
  await expect(startFirst(['webgpu', 'webgl'])).rejects.toMatchObject({
    diagnostic: { code: 'no-backend', message: expect.stringContaining('WebGL did not start') },
  });
});

it('puts the stock kernels and the tape back for comparisons, but for what tfjs lacks', async () => {
  const kernelsOf = async (stockKernels: boolean) => {
    const { tf } = await startBackend('wasm', { stockKernels });
    const { kernels } = await tf.profile(() => {
      const x = tf.ones<Rank.R4>([1, 3, 3, 1]);
      const filter = tf.ones([2, 2, 1, 1]);
      const gradient = tf.grad((w) => tf.sum(tf.conv2d(x, w as Tensor4D, 1, 'same')))(filter);
      expect(Array.from(gradient.dataSync())).toEqual([9, 6, 6, 4]);
      return affine(tf, tf.ones([2, 3]), tf.ones([3, 4]), tf.ones([4]));
    });
    return kernels.map(({ name }) => name);
  };
  const stock = await kernelsOf(true);
  expect(stock).toContain('Identity');
  expect(stock).not.toContain('GanvasAffine');
  const ours = await kernelsOf(false);
  expect(ours).not.toContain('Identity');
  expect(ours).toContain('GanvasAffine');
});
