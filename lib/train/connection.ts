import type { FromWorker, ToWorker } from './protocol';

/** Why a worker is gone: it threw, never answered at all, or answers no more. */
export type Loss = 'crashed' | 'no-answer' | 'silent';

/** As much of a Worker as is used, so that tests can stand in for it. */
export interface WorkerLike {
  postMessage(message: ToWorker): void;
  terminate(): void;
  onmessage: ((event: { readonly data: FromWorker }) => void) | null;
  onerror: ((event: { readonly message?: string }) => void) | null;
}

export interface Connection {
  post(message: ToWorker): void;
  end(): void;
}

interface ConnectionOptions {
  readonly worker: WorkerLike;
  /** Absolute URL of the folder with the .wasm files. */
  readonly assets: string;
  /** How long the worker may take to answer `hello`. */
  readonly handshakeMs: number;
  readonly receive: (message: FromWorker) => void;
  readonly lose: (reason: Loss, detail: string) => void;
}

/** A worker after its handshake; what is posted before `ready` waits for it. */
export function connect(options: ConnectionOptions): Connection {
  const { worker, assets, handshakeMs, receive, lose } = options;
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
