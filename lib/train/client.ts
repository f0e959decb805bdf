import type { Plan } from '@/lib/compile/plan';
import type { BackendName } from '@/lib/engine/backend-name';
import type { FromWorker, ToWorker } from './protocol';
import type { Trial } from './trial';

/**
 * The page's end of the training worker: handshake with a timeout, messages by run, and an end to a worker
 * that crashed or hangs. No tfjs here, and no state of the run: see lib/store/training.ts.
 */
export type StartMessage = Extract<ToWorker, { type: 'start' }>;
/** To a run that is under way. */
export type RunMessage = Exclude<ToWorker, { type: 'hello' | 'start' | 'measure' | 'try' | 'end-try' }>;

/** Why a worker is gone: it threw, or never answered. */
export type Loss = 'crashed' | 'no-answer';

export interface Listener {
  message(message: FromWorker): void;
  lost(reason: Loss, detail: string): void;
}

/** As much of a Worker as is used, so that tests can stand in for it. */
export interface WorkerLike {
  postMessage(message: ToWorker): void;
  terminate(): void;
  onmessage: ((event: { readonly data: FromWorker }) => void) | null;
  onerror: ((event: { readonly message?: string }) => void) | null;
}

export interface ClientOptions {
  readonly spawn: () => WorkerLike;
  /** Absolute URL of the folder with the .wasm files; asked for when a worker starts. */
  readonly assets: () => string;
  /** How long a worker may take to answer `hello`. */
  readonly handshakeMs?: number;
  /** How long the update under way may take once a run shall stop. */
  readonly stopMs?: number;
}

export interface TrainClient {
  /** Starts a run in the worker, which is started first where there is none. One run at a time. */
  start(message: StartMessage, listener: Listener): void;
  /** Starts the worker, so that a later run finds it ready. */
  warm(): void;
  send(message: RunMessage): void;
  /** Ends the run; the worker with it, if its update does not end in time. Resolves when it is over. */
  stop(): Promise<void>;
  /** Ends the worker without waiting: what it computes on is lost. */
  end(): void;
  /** Times real steps of a game in a worker of its own; null where that backend cannot train it. */
  measure(plan: Plan, backend: BackendName, milliseconds: number): Promise<number | null>;
  /**
   * Times some iterations in the worker that a run would use, while there is no run, and tells what it finds,
   * better and better. A run that starts ends it. Gives back what ends it.
   */
  tryOut(request: TryRequest, tell: (backend: BackendName, trial: Trial) => void): () => void;
  /** Ends all workers. */
  close(): void;
}

export type TryRequest = Omit<Extract<ToWorker, { type: 'try' }>, 'type' | 'runId'>;

export function createTrainClient(options: ClientOptions): TrainClient {
  const { spawn, assets, handshakeMs = 15_000, stopMs = 2_000 } = options;
  let worker: Connection | undefined;
  let run: { readonly id: string; isRunning: boolean } | undefined;
  /** Of this worker's runs; one that was stopped may still tell of its last checkpoint. */
  const listeners = new Map<string, Listener>();
  let stopping: { readonly id: string; readonly end: () => void } | undefined;
  const measuring = new Set<Connection>();
  let trials = 0;
  /** The trial under way; what an earlier one still says goes nowhere. */
  let trying:
    | { readonly id: string; readonly tell: (backend: BackendName, trial: Trial) => void }
    | undefined;

  const drop = () => {
    worker?.end();
    worker = undefined;
    listeners.clear();
    stopping?.end();
  };

  const receive = (message: FromWorker) => {
    if (message.type === 'ready') return;
    if (message.type === 'tried') {
      if (trying?.id === message.runId) trying.tell(message.backend, message.trial);
      return;
    }
    // The answer to `stop` ends the wait for it; what an old run still says goes nowhere.
    if (message.type === 'status') {
      const isRunning = message.status === 'running';
      if (run?.id === message.runId) run.isRunning = isRunning;
      if (!isRunning && message.runId === stopping?.id) stopping.end();
    }
    listeners.get(message.runId)?.message(message);
  };

  const connection = (): Connection => {
    worker ??= connect(spawn(), assets(), handshakeMs, receive, (reason, detail) => {
      const listener = run && listeners.get(run.id);
      run = undefined;
      drop();
      listener?.lost(reason, detail);
    });
    return worker;
  };

  return {
    start(message, listener) {
      const link = connection();
      trying = undefined;
      run = { id: message.runId, isRunning: !message.paused };
      listeners.set(message.runId, listener);
      link.post(message);
    },
    warm() {
      connection();
    },
    send(message) {
      if (run?.id === message.runId) worker?.post(message);
    },
    async stop() {
      if (!run || !worker) return;
      const { id, isRunning } = run;
      run = undefined;
      const ending = worker;
      if (!isRunning) {
        ending.post({ type: 'stop', runId: id });
        return;
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(() => {
          if (worker === ending) drop();
        }, stopMs);
        const end = () => {
          clearTimeout(timer);
          stopping = undefined;
          resolve();
        };
        stopping = { id, end };
        ending.post({ type: 'stop', runId: id });
      });
    },
    end() {
      run = undefined;
      drop();
    },
    measure(plan, backend, milliseconds) {
      const runId = `measure-${backend}`;
      return new Promise((resolve) => {
        const finish = (result: number | null) => {
          clearTimeout(timer);
          measuring.delete(link);
          link.end();
          resolve(result);
        };
        const link = connect(
          spawn(),
          assets(),
          handshakeMs,
          (message) => {
            if (message.type === 'measured') finish(message.msPerIteration);
            if (message.type === 'failed') finish(null);
          },
          () => finish(null),
        );
        measuring.add(link);
        // One slow step, or the compiling before it, may overrun the time that the worker was given.
        const timer = setTimeout(() => finish(null), milliseconds + handshakeMs);
        link.post({ type: 'measure', runId, plan, backend, milliseconds });
      });
    },
    tryOut(request, tell) {
      if (run) return () => {};
      const id = `try-${++trials}`;
      trying = { id, tell };
      connection().post({ type: 'try', runId: id, ...request });
      return () => {
        if (trying?.id !== id) return;
        trying = undefined;
        worker?.post({ type: 'end-try', runId: id });
      };
    },
    close() {
      run = undefined;
      drop();
      for (const link of measuring) link.end();
      measuring.clear();
    },
  };
}

interface Connection {
  post(message: ToWorker): void;
  end(): void;
}

/** A worker after its handshake; what is posted before `ready` waits for it. */
function connect(
  worker: WorkerLike,
  assets: string,
  handshakeMs: number,
  receive: (message: FromWorker) => void,
  lose: (reason: Loss, detail: string) => void,
): Connection {
  let waiting: ToWorker[] | undefined = [];
  let isOver = false;
  const end = () => {
    isOver = true;
    clearTimeout(timer);
    worker.onmessage = null;
    worker.onerror = null;
    worker.terminate();
  };
  const fail = (reason: Loss, detail: string) => {
    if (isOver) return;
    end();
    lose(reason, detail);
  };
  const timer = setTimeout(() => {
    fail('no-answer', `The training worker did not answer within ${handshakeMs / 1000} s.`);
  }, handshakeMs);
  worker.onmessage = ({ data }) => {
    if (data.type === 'ready') {
      clearTimeout(timer);
      for (const message of waiting ?? []) worker.postMessage(message);
      waiting = undefined;
    }
    receive(data);
  };
  worker.onerror = ({ message }) => fail('crashed', message ?? 'The training worker could not be loaded.');
  worker.postMessage({ type: 'hello', assets });
  return {
    post(message) {
      if (isOver) return;
      if (waiting) waiting.push(message);
      else worker.postMessage(message);
    },
    end,
  };
}

/** The real worker. It carries tfjs; the page does not. */
export const spawnTrainWorker = (): WorkerLike =>
  new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'ganvas-train' }) as WorkerLike;
