import type { Diagnostic } from '@/lib/graph/diagnostic';

/** The worker went away twice in a short time. What goes wrong within a run comes from the worker itself. */
export const workerLost = (detail: string): Diagnostic => ({
  code: 'worker-lost',
  severity: 'error',
  message: `Training stopped: ${detail}`,
  hint: 'Press play to go on from the last checkpoint; a smaller batch or another backend may help.',
});
