import type { SaveOutcome } from './protocol';

type Answered = SaveOutcome | undefined;

/** Saves that were asked for, until each is answered. */
interface SaveRequests {
  /** Sends a request by its number; undefined is answered where the worker goes away. */
  ask(send: (request: number) => void): Promise<Answered>;
  answer(request: number, outcome: SaveOutcome): void;
  /** The worker is gone. */
  drop(): void;
}

export function createSaveRequests(): SaveRequests {
  const open = new Map<number, (answer: Answered) => void>();
  let asked = 0;
  return {
    ask(send) {
      const request = ++asked;
      send(request);
      return new Promise((resolve) => void open.set(request, resolve));
    },
    answer(request, outcome) {
      open.get(request)?.(outcome);
      open.delete(request);
    },
    drop() {
      for (const resolve of open.values()) resolve(undefined);
      open.clear();
    },
  };
}
