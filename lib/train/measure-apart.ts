import type { Plan } from '@/lib/compile/plan';
import type { BackendName } from '@/lib/engine/backend-name';
import { type Connection, connect, type WorkerLike } from './connection';

/** Times games in workers of their own, beside the one that trains. */
interface MeasureApart {
  /** Milliseconds per iteration; null where that backend cannot train the game. */
  measure(plan: Plan, backend: BackendName, milliseconds: number): Promise<number | null>;
  /** Ends those workers; what they measured is dropped. */
  close(): void;
}

export function createMeasureApart(
  spawn: () => WorkerLike,
  assets: () => string,
  handshakeMs: number,
): MeasureApart {
  const links = new Set<Connection>();
  return {
    measure(plan, backend, milliseconds) {
      return new Promise((resolve) => {
        const finish = (result: number | null) => {
          clearTimeout(timer);
          links.delete(link);
          link.end();
          resolve(result);
        };
        const link = connect({
          worker: spawn(),
          assets: assets(),
          handshakeMs,
          receive(message) {
            if (message.type === 'measured') finish(message.msPerIteration);
            if (message.type === 'failed') finish(null);
          },
          lose: () => finish(null),
        });
        links.add(link);
        // One slow step, or the compiling before it, may overrun the time that the worker was given.
        const timer = setTimeout(() => finish(null), milliseconds + handshakeMs);
        link.post({ type: 'measure', runId: `measure-${backend}`, plan, backend, milliseconds });
      });
    },
    close() {
      for (const link of links) link.end();
      links.clear();
    },
  };
}
