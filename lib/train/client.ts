import type { Plan } from '@/lib/compile/plan';
import type { BackendName } from '@/lib/engine/backend-name';
import type { Answered, Ask } from './ask';
import { type Connection, connect, type Loss, type WorkerLike } from './connection';
import { type Leave, leave } from './leave';
import { createMeasureApart } from './measure-apart';
import { createPageTrial, type TrialListener, type TryRequest } from './page-trial';
import { createPresence } from './presence';
import type { FromWorker, RunMessage, RunReport, SaveOutcome, StartMessage } from './protocol';
import { createRequests } from './requests';

/**
 * The page's end of the training worker: messages by run, answers by request, and an end to a worker that
 * crashed or hangs. No tfjs here, and no state of the run: see lib/store/training.ts.
 */

export interface Listener {
  message(message: RunReport): void;
  lost(reason: Loss, detail: string): void;
}

export interface ClientOptions {
  readonly spawn: () => WorkerLike;
  /** Absolute URL of the folder with the .wasm files; asked for when a worker starts. */
  readonly assets: () => string;
  /** How long a worker may take to answer `hello`. */
  readonly handshakeMs?: number;
  /** How long the update under way may take once a run shall stop. */
  readonly stopMs?: number;
  /** How long the last checkpoint of a run may take after that. */
  readonly lastSaveMs?: number;
  /** Nobody sees the page: browsers slow it down then. */
  readonly isHidden?: () => boolean;
}

export interface TrainClient {
  /**
   * Starts a run in the worker, which is started first where there is none. One run at a time. A larger game may
   * be silent for longer.
   */
  start(message: StartMessage, listener: Listener, multiplyAdds: number): void;
  /** Starts the worker, so that a later run finds it ready. */
  warm(): void;
  send(message: RunMessage): void;
  /** Keeps what the run has now; undefined where there is no run, or its worker went away. */
  save(): Promise<SaveOutcome | undefined>;
  /** Asks the run's game; undefined where there is no run, or its worker went away. */
  ask(ask: Ask): Promise<Answered | undefined>;
  /**
   * Ends the run; the worker with it, if its update does not end in time. Resolves when it is over and nothing
   * of it will be written any more.
   */
  stop(): Promise<void>;
  /** Ends the worker without waiting: what it computes on is lost. */
  end(): void;
  /** Times real steps of a game in a worker of its own; null where that backend cannot train it. */
  measure(plan: Plan, backend: BackendName, milliseconds: number): Promise<number | null>;
  /**
   * Times some iterations in the worker that a run would use, while there is no run, and reports what it finds,
   * better and better. A run that starts ends it. Gives back what ends it.
   */
  tryOut(request: TryRequest, report: TrialListener): () => void;
  /** Ends all workers. */
  close(): void;
}

export function createTrainClient(options: ClientOptions): TrainClient {
  const { spawn, assets, handshakeMs = 15_000, stopMs = 2_000, lastSaveMs = 10_000 } = options;
  const { isHidden = () => false } = options;
  const apart = createMeasureApart(spawn, assets, handshakeMs);
  let worker: Connection | undefined;
  let run: string | undefined;
  const presence = createPresence({
    ping: () => worker?.post({ type: 'ping' }),
    lose: (detail) => lose('silent', detail),
    isHidden,
  });
  /** Of this worker's runs; one that was stopped may still report its last checkpoint. */
  const listeners = new Map<string, Listener>();
  let leaving: Leave | undefined;
  const saves = createRequests<SaveOutcome>();
  const asks = createRequests<Answered>();
  const trial = createPageTrial((message) => worker?.post(message));

  const drop = () => {
    presence.end();
    worker?.end();
    worker = undefined;
    run = undefined;
    listeners.clear();
    leaving?.end();
    leaving = undefined;
    saves.drop();
    asks.drop();
  };

  const receive = (message: FromWorker) => {
    presence.heard(message, run);
    switch (message.type) {
      case 'ready':
      case 'measured':
        return;
      case 'pong':
        leaving?.answered();
        return;
      case 'stopped':
        if (leaving?.runId !== message.runId) return;
        leaving.end();
        leaving = undefined;
        return;
      case 'save-answer':
        return saves.answer(message.request, message.outcome);
      case 'answered':
        return asks.answer(message.request, message.answered);
      case 'tried':
        return trial.tried(message);
      default:
        listeners.get(message.runId)?.message(message);
    }
  };

  const lose = (reason: Loss, detail: string) => {
    const listener = run === undefined ? undefined : listeners.get(run);
    drop();
    listener?.lost(reason, detail);
  };

  const connection = (): Connection => {
    worker ??= connect({ worker: spawn(), assets: assets(), handshakeMs, receive, lose });
    return worker;
  };

  return {
    start(message, listener, multiplyAdds) {
      trial.forget();
      run = message.runId;
      listeners.set(message.runId, listener);
      const isFresh = worker === undefined;
      const link = connection();
      presence.start(message, { multiplyAdds, isFresh });
      link.post(message);
    },
    warm() {
      connection();
    },
    send(message) {
      if (run !== message.runId || !worker) return;
      presence.send(message);
      worker.post(message);
    },
    async save() {
      if (run === undefined || !worker) return undefined;
      const [runId, link] = [run, worker];
      presence.watch();
      return saves.ask((request) => link.post({ type: 'save', runId, request }));
    },
    async ask(ask) {
      if (run === undefined || !worker) return undefined;
      const [runId, link] = [run, worker];
      presence.watch();
      return asks.ask((request) => link.post({ type: 'ask', runId, request, ask }));
    },
    async stop() {
      if (run === undefined || !worker) return leaving?.done;
      leaving = leave(worker, run, { updateMs: stopMs, saveMs: lastSaveMs, giveUp: drop });
      run = undefined;
      presence.end();
      await leaving.done;
    },
    end: drop,
    measure: apart.measure,
    tryOut(request, report) {
      if (run !== undefined) return () => {};
      connection();
      return trial.start(request, report);
    },
    close() {
      drop();
      apart.close();
    },
  };
}
