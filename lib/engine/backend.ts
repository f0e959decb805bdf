import type { Diagnostic } from '@/lib/graph/diagnostic';
import { asSentence } from '@/lib/util/sentence';
import { type BackendName, backends } from './backend-name';
import type { BackendOptions } from './backend-options';
import { startCpu } from './backends/cpu';
import { startWasm } from './backends/wasm';
import { startWebgl } from './backends/webgl';
import { startWebgpu } from './backends/webgpu';
import { loadCore, type Tf } from './core';
import { installKernels, uninstallKernels } from './kernels/install';
import { installTape, uninstallTape } from './tape';

/**
 * Starts one backend of tfjs, in a worker, a page or Node, with our kernels and gradients in place. A later
 * start of another backend switches the whole of tfjs to it: one backend at a time per thread.
 */

export interface Engine {
  readonly tf: Tf;
  readonly name: BackendName;
  /** What the start did differently from what was asked. */
  readonly notes: readonly string[];
  /** Why what was read since the last call is not to be trusted: the device is lost or out of memory. */
  readonly failure?: () => string | undefined;
  dispose(): void;
}

export class BackendError extends Error {
  constructor(readonly diagnostic: Diagnostic) {
    super(diagnostic.message);
    this.name = 'BackendError';
  }
}

const starters = { cpu: startCpu, wasm: startWasm, webgl: startWebgl, webgpu: startWebgpu };

/** Rejects with a BackendError, which carries the diagnostic. */
export async function startBackend(name: BackendName, options: BackendOptions = {}): Promise<Engine> {
  const tf = await loadCore();
  try {
    const started = await starters[name](tf, options);
    installKernels(name);
    installTape();
    if (options.stockKernels) {
      uninstallKernels(name);
      uninstallTape();
    }
    return { tf, name, ...started, dispose: () => stop(tf, name) };
  } catch (error) {
    throw new BackendError({
      code: 'backend-not-available',
      severity: 'error',
      message: `${backends[name].title} did not start: ${asSentence(error instanceof Error ? error.message : describe(error))}`,
      hint: backends[name].hint,
    });
  }
}

/** The first of `names` that starts, and why the ones before it did not. */
export async function startFirst(
  names: readonly BackendName[],
  options: BackendOptions = {},
): Promise<{ readonly engine: Engine; readonly failures: readonly Diagnostic[] }> {
  const failures: Diagnostic[] = [];
  for (const name of names) {
    try {
      return { engine: await startBackend(name, options), failures };
    } catch (error) {
      if (!(error instanceof BackendError)) throw error;
      failures.push(error.diagnostic);
    }
  }
  throw new BackendError({
    code: 'no-backend',
    severity: 'error',
    message: `No backend started: ${failures.map((failure) => failure.message).join(' ')}`,
    hint: 'A recent Chrome, Edge, Firefox or Safari runs Ganvas; WebAssembly must not be blocked.',
  });
}

/** Frees the backend's memory. Removing it also removes its factory, which a later start needs. */
function stop(tf: Tf, name: BackendName): void {
  const factory = tf.findBackendFactory(name);
  tf.removeBackend(name);
  if (factory) tf.registerBackend(name, factory);
}

/** tfjs rejects with plain objects too. */
const describe = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
