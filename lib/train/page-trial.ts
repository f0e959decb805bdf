import type { BackendName } from '@/lib/engine/backend-name';
import type { FromWorker, ToWorker } from './protocol';
import type { Trial } from './trial';

export type TryRequest = Omit<Extract<ToWorker, { type: 'try' }>, 'type' | 'runId'>;
export type TrialListener = (backend: BackendName, trial: Trial) => void;

/** The page's end of trials: one at a time, and what an earlier one still reports goes nowhere. */
interface PageTrial {
  /** Gives back what ends it. */
  start(request: TryRequest, report: TrialListener): () => void;
  tried(message: Extract<FromWorker, { type: 'tried' }>): void;
  /** Something else was asked of the worker: the trial has ended. */
  forget(): void;
}

export function createPageTrial(post: (message: ToWorker) => void): PageTrial {
  let trials = 0;
  let current: { readonly id: string; readonly report: TrialListener } | undefined;
  return {
    start(request, report) {
      const id = `try-${++trials}`;
      current = { id, report };
      post({ type: 'try', runId: id, ...request });
      return () => {
        if (current?.id !== id) return;
        current = undefined;
        post({ type: 'end-try', runId: id });
      };
    },
    tried({ runId, backend, trial }) {
      if (current?.id === runId) current.report(backend, trial);
    },
    forget() {
      current = undefined;
    },
  };
}
