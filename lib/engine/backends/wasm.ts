import type { BackendOptions, Started } from '../backend-options';
import type { Tf } from '../core';
import { attachSimd } from '../simd/instance';
import { refuseToOverflow } from './heap-guard';
import { within } from './within';

/**
 * tfjs's single-threaded SIMD build of WebAssembly, with our own functions on its heap. Its threaded build
 * takes half the cores and shares nothing with ours; one thread of ours outruns it on small games.
 */
export async function startWasm(tf: Tf, options: BackendOptions): Promise<Started> {
  if (typeof WebAssembly === 'undefined') throw new Error('this browser has no WebAssembly');
  const wasm = await import('@tensorflow/tfjs-backend-wasm');
  // Not `findBackend`: asking whether it is there starts it, before it knows its files and flags.
  if (options.assets !== undefined && options.assets !== placed) {
    placed = options.assets;
    wasm.setWasmPaths(placed.endsWith('/') ? placed : `${placed}/`);
  }
  if (!(await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT')))
    throw new Error('its WebAssembly has no SIMD instructions');
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  const limit = options.timeoutMs ?? PATIENCE;
  if (!(await within(tf.setBackend('wasm'), limit, 'loading')))
    throw new Error('its files could not be loaded');
  refuseToOverflow(tf.backend());
  await attachSimd(tf.backend() as InstanceType<typeof wasm.BackendWasm>);
  return { notes: [] };
}

/** A slow network, or much else to do, is no reason to go on with what is many times slower: WebGL in software. */
const PATIENCE = 60_000;

/** Where tfjs was set to find its files. */
let placed: string | undefined;
