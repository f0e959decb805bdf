import type { BackendOptions, Started } from '../backend-options';
import { isNode, type Tf } from '../core';
import { within } from './within';

/** How long the threaded build may take: it hangs without a word where a policy forbids its blob: workers. */
const threadedMs = 5_000;

/**
 * XNNPACK in WebAssembly. The threaded build needs cross-origin isolation; without it, or where it does not
 * answer in time, the single-threaded one is used.
 */
export async function startWasm(tf: Tf, options: BackendOptions): Promise<Started> {
  if (typeof WebAssembly === 'undefined') throw new Error('this browser has no WebAssembly');
  const wasm = await import('@tensorflow/tfjs-backend-wasm');
  if (options.assets !== undefined && tf.findBackend('wasm') === null) {
    wasm.setWasmPaths(options.assets.endsWith('/') ? options.assets : `${options.assets}/`);
  }
  const notes: string[] = [];
  const limit = options.timeoutMs ?? 15_000;
  if (!(await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT')))
    notes.push('no SIMD here: WASM is several times slower');

  const threaded = (options.threads ?? true) && isIsolated() && !isNode();
  if (threaded) {
    try {
      if (await within(tf.setBackend('wasm'), Math.min(threadedMs, limit), 'the threaded build')) {
        return { threads: wasm.getThreadsCount(), notes };
      }
    } catch (error) {
      notes.push(`threads are off: ${error instanceof Error ? error.message : 'they did not start'}`);
    }
  }
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  if (!(await within(tf.setBackend('wasm'), limit, 'loading'))) throw new Error('its files did not load');
  return { threads: wasm.getThreadsCount(), notes };
}

const isIsolated = (): boolean =>
  (globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated === true;
