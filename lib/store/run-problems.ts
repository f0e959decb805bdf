import type { BackendName } from '@/lib/engine/backend-name';
import type { Diagnostic } from '@/lib/graph/diagnostic';

/** The worker went away twice in a short time. What goes wrong within a run comes from the worker itself. */
export const workerLost = (detail: string): Diagnostic => ({
  code: 'worker-lost',
  severity: 'error',
  message: `Training stopped: ${detail}`,
  hint: 'Press play to go on from the last checkpoint; a smaller batch or another backend may help.',
});

/** Backends as people call them. */
export const titles: Record<BackendName, string> = {
  webgl: 'WebGL',
  webgpu: 'WebGPU',
  wasm: 'WASM',
  cpu: 'JavaScript',
};

/** A device failed, and there is no other to go on with. */
export const nowhereLeft = (diagnostic: Diagnostic): Diagnostic => ({
  ...diagnostic,
  message: `${diagnostic.message} No other backend is left to go on with.`,
});

/** Weights from a file could not be written to the browser's storage. */
export const notKept = (error: unknown): Diagnostic => ({
  code: 'weights-not-kept',
  severity: 'error',
  message: `The weights could not be kept in this browser: ${error instanceof Error ? error.message : String(error)}`,
  hint: 'Make room in the browser’s storage, and open the file again.',
});
