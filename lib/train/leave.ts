import type { Connection } from './connection';

interface LeaveOptions {
  /** How long the update under way may take once the run shall end. */
  readonly updateMs: number;
  /** How long a worker that answers may take to write the last checkpoint. */
  readonly saveMs: number;
  /** Called where the time is over. */
  readonly giveUp: () => void;
}

/** The end of a run, from the wish for it to the worker's `stopped`. */
export interface Leave {
  readonly runId: string;
  readonly done: Promise<void>;
  /** The worker answers: its update has ended. */
  answered(): void;
  /** It is over, one way or the other. */
  end(): void;
}

/** Asks a worker to end a run, after its last checkpoint. A worker that does not answer is given up. */
export function leave(worker: Connection, runId: string, options: LeaveOptions): Leave {
  const { updateMs, saveMs, giveUp } = options;
  let timer = setTimeout(giveUp, updateMs);
  let end = () => {};
  const done = new Promise<void>((resolve) => {
    end = () => {
      clearTimeout(timer);
      resolve();
    };
  });
  worker.post({ type: 'stop', runId });
  worker.post({ type: 'ping' });
  return {
    runId,
    done,
    answered() {
      clearTimeout(timer);
      timer = setTimeout(giveUp, saveMs);
    },
    end,
  };
}
