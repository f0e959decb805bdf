import type { Engine } from '@/lib/engine/backend';
import type { WorkerLike } from '../connection';
import type { Engines } from '../engines';
import type { FromWorker } from '../protocol';
import { serve } from '../serve';
import { transferables } from '../transferables';

/** An engine that is there already, as the worker's engines: `lose` takes it away. */
export function enginesOf(engine: Engine): Engines & { lose(reason: string): void } {
  let notify: ((reason: string) => void) | undefined;
  return {
    async start(_backend, onLost) {
      notify = onLost;
      return { engine, failures: [] };
    },
    lose: (reason) => notify?.(reason),
  };
}

/** A training worker in this thread: messages come late and their numbers move, as between threads. */
export function inProcess(engines: Engines): WorkerLike {
  let isOver = false;
  const server = serve({
    engines: () => engines,
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
    post(message: FromWorker) {
      const data = structuredClone(message, { transfer: transferables(message) });
      later(() => worker.onmessage?.({ data }));
    },
  });
  const later = (act: () => void) => setImmediate(() => isOver || act());
  const worker: WorkerLike = {
    onmessage: null,
    onerror: null,
    postMessage(message) {
      const copy = structuredClone(message);
      later(() => server.receive(copy));
    },
    terminate() {
      isOver = true;
    },
  };
  return worker;
}
