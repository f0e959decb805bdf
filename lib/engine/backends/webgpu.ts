import type { BackendOptions, Started } from '../backend-options';
import type { Tf } from '../core';
import { within } from './within';

/** WebGPU, where `navigator.gpu` has an adapter. */
export async function startWebgpu(tf: Tf, options: BackendOptions): Promise<Started> {
  if (typeof navigator === 'undefined' || !('gpu' in navigator))
    throw new Error('this browser has no WebGPU');
  await import('@tensorflow/tfjs-backend-webgpu');
  const limit = options.timeoutMs ?? 15_000;
  if (!(await within(tf.setBackend('webgpu'), limit, 'asking for a device')))
    throw new Error('no GPU adapter is available');
  const { device } = tf.backend() as unknown as { device?: Device };
  let reason: string | undefined;
  device?.lost.then((info) => {
    reason = `the WebGPU device was lost: ${info.message}`;
    options.onLost?.(reason);
  });
  device?.addEventListener('uncapturederror', ({ error }) => {
    if (error.constructor.name === 'GPUOutOfMemoryError') reason ??= `out of memory: ${error.message}`;
  });
  return { notes: [], failure: () => reason };
}

interface Device {
  readonly lost: Promise<{ readonly message: string }>;
  addEventListener(type: 'uncapturederror', listen: (event: { readonly error: Error }) => void): void;
}
