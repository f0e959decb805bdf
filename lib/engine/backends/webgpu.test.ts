import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Tf } from '../core';
import { startWebgpu } from './webgpu';

vi.mock('@tensorflow/tfjs-backend-webgpu', () => ({}));

/** A device that is lost, or full, when the test says. */
function setUp() {
  let lose = (_info: { message: string }) => {};
  let err = (_event: { error: Error }) => {};
  const device = {
    lost: new Promise<{ message: string }>((resolve) => {
      lose = resolve;
    }),
    addEventListener: (_type: string, listen: typeof err) => {
      err = listen;
    },
  };
  const tf = { setBackend: async () => true, backend: () => ({ device }) } as unknown as Tf;
  return { tf, lose: (message: string) => lose({ message }), err: (error: Error) => err({ error }) };
}

beforeEach(() => {
  vi.stubGlobal('navigator', { gpu: {} });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

test('P7: a lost device is reported as it happens, and to whoever asks after a read', async () => {
  const { tf, lose } = setUp();
  const onLost = vi.fn();
  const { failure } = await startWebgpu(tf, { onLost });
  expect(failure?.()).toBeUndefined();
  lose('reset');
  await vi.waitFor(() => expect(onLost).toHaveBeenCalledWith('the WebGPU device was lost: reset'));
  expect(failure?.()).toBe('the WebGPU device was lost: reset');
});

test('a device without memory is a failure too, another error is not', async () => {
  class GPUOutOfMemoryError extends Error {}
  const { tf, err } = setUp();
  const { failure } = await startWebgpu(tf, {});
  err(new Error('validation'));
  expect(failure?.()).toBeUndefined();
  err(new GPUOutOfMemoryError('no room'));
  expect(failure?.()).toBe('out of memory: no room');
});
