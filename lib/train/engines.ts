import { type Engine, startFirst } from '@/lib/engine/backend';
import { type BackendName, backends } from '@/lib/engine/backend-name';
import type { Diagnostic } from '@/lib/graph/diagnostic';

/**
 * The engine of a worker. A trial starts it, and every run on the same backend finds it there: a run that begins
 * anew loads no file again, so it needs no network.
 */
export interface Engines {
  /** The backend asked for, or what it falls back to. `onLost` is of the run that asked last. */
  start(backend: BackendName, onLost?: (reason: string) => void): Promise<Started>;
}

interface Started {
  readonly engine: Engine;
  /** Why the backends before it did not start. */
  readonly failures: readonly Diagnostic[];
}

export function createEngines(assets: () => string, startAny = startFirst): Engines {
  let current: { readonly asked: BackendName; readonly started: Started; isLost: boolean } | undefined;
  let reportLoss: ((reason: string) => void) | undefined;
  return {
    async start(asked, onLost) {
      reportLoss = onLost;
      if (current?.asked === asked && !current.isLost) return current.started;
      current?.started.engine.dispose();
      current = undefined;
      const started: Started = await startAny([asked, ...backends[asked].fallbacks], {
        assets: assets(),
        onLost(reason) {
          // One that was ended may still report its end; nobody asks for it any more.
          if (current?.started !== started) return;
          current.isLost = true;
          reportLoss?.(reason);
        },
      });
      current = { asked, started, isLost: false };
      return started;
    },
  };
}
