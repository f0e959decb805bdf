import type { Diagnostic } from '@/lib/graph/diagnostic';

/** What only a run finds wrong, as far as the page sees it; the rest comes from the worker. */
export const nothingToTrain: Diagnostic = {
  code: 'nothing-to-train',
  severity: 'error',
  message: 'There is nothing to train: no optimizer has both a loss and a network.',
  hint: 'Wire a loss and a network’s θ into an optimizer, or begin with an example from the File menu.',
};

export const workerLost = (detail: string): Diagnostic => ({
  code: 'worker-lost',
  severity: 'error',
  message: `Training stopped: ${detail}`,
  hint: 'Press play to go on from the last checkpoint; a smaller batch or another backend may help.',
});
