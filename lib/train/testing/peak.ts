import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { Tf } from '@/lib/nodes/define';

/** Bytes that JavaScript holds on the WASM heap: now, and the most so far. What kernels take inside is not seen. */
export interface Peak {
  readonly now: () => number;
  readonly most: () => number;
  /** Bytes of the whole heap, which never shrinks: what the browser has given. */
  readonly heap: () => number;
  /** Forgets the most so far. */
  restart(): void;
  stop(): void;
}

/** Watches the heap of the WASM backend, in use already or not. Memory taken before counts as 0. */
export function watchPeak(tf: Tf): Peak {
  const { wasm } = tf.backend() as BackendWasm;
  const heap = wasm as unknown as {
    readonly HEAPU8: Uint8Array;
    _malloc(bytes: number): number;
    _free(at: number): void;
  };
  // Their first call replaces them on the module: only then are they what stays.
  heap._free(heap._malloc(4));
  const { _malloc, _free } = heap;
  const held = new Map<number, number>();
  let now = 0;
  let most = 0;
  Object.assign(heap, {
    _malloc(bytes: number) {
      const at = _malloc.call(wasm, bytes);
      held.set(at >>> 0, bytes);
      now += bytes;
      most = Math.max(most, now);
      return at;
    },
    _free(at: number) {
      now -= held.get(at >>> 0) ?? 0;
      held.delete(at >>> 0);
      _free.call(wasm, at);
    },
  });
  return {
    now: () => now,
    most: () => most,
    heap: () => heap.HEAPU8.buffer.byteLength,
    restart: () => {
      most = now;
    },
    stop: () => void Object.assign(heap, { _malloc, _free }),
  };
}
