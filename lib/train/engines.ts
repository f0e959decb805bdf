import { type Engine, startFirst } from '@/lib/engine/backend';
import { type BackendName, fallbacks } from '@/lib/engine/backend-name';
import type { Diagnostic } from '@/lib/graph/diagnostic';

/** The engine of a worker: a trial starts it, and the run that follows finds it there. */
export interface Engines {
  /** The backend asked for, or what it falls back to. */
  start(backend: BackendName, onLost?: (reason: string) => void): Promise<Started>;
  /** Frees its memory; the next start is a fresh one. */
  end(): void;
}

export interface Started {
  readonly engine: Engine;
  /** Why the backends before it did not start. */
  readonly failures: readonly Diagnostic[];
}

export function createEngines(assets: () => string): Engines {
  let current: { readonly asked: BackendName; readonly started: Started } | undefined;
  let tellLost: ((reason: string) => void) | undefined;
  const end = () => {
    current?.started.engine.dispose();
    current = undefined;
  };
  return {
    async start(asked, onLost) {
      tellLost = onLost;
      if (current?.asked === asked) return current.started;
      end();
      const started: Started = await startFirst([asked, ...fallbacks[asked]], {
        assets: assets(),
        // One that was ended may still tell of its end; nobody asks for it any more.
        onLost: (reason) => current?.started === started && tellLost?.(reason),
      });
      current = { asked, started };
      return started;
    },
    end,
  };
}
