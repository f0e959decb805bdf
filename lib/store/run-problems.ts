import type { Diagnostic } from '@/lib/graph/diagnostic';
import { reasonOf } from '@/lib/util/reason-of';

/** The worker went away twice in a short time. What goes wrong within a run comes from the worker itself. */
export const workerLost = (detail: string): Diagnostic => ({
  code: 'worker-lost',
  severity: 'error',
  message: `Training stopped: ${detail}`,
  hint: 'Press play to continue from the last checkpoint; a smaller batch or another backend may help.',
});

/** It may be there or not: no event spoke of its end. */
export const workerSilent = (detail: string): Diagnostic => ({
  code: 'worker-silent',
  severity: 'error',
  message: detail,
  hint: 'Press play to continue from the last checkpoint; another backend may help, or a restart of the browser.',
});

/** A device failed, and there is no other to go on with. */
export const nowhereLeft = (diagnostic: Diagnostic): Diagnostic => ({
  ...diagnostic,
  message: `${diagnostic.message} There is no other backend to try.`,
});

/** Weights from a file could not be written to the browser's storage. */
export const notKept = (error: unknown): Diagnostic => ({
  code: 'weights-not-kept',
  severity: 'error',
  message: `The weights could not be kept in this browser: ${reasonOf(error)}`,
  hint: 'Free some of the browser’s storage, then open the file again.',
});
