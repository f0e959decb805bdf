/** Iterations that were asked for, made one run after another: one asked for while another ends waits for its end. */
interface Turns {
  /** Resolves when they are made, or dropped. */
  ask(iterations: number): Promise<void>;
  /** One of them is made now; false: none is left. */
  take(): boolean;
  isLeft(): boolean;
  /** No further ones; resolves when the one under way has ended. */
  drop(): Promise<void>;
}

export function createTurns(make: () => Promise<void>): Turns {
  let left = 0;
  let ended: Promise<void> = Promise.resolve();
  return {
    ask(iterations) {
      left += iterations;
      ended = ended.then(() => (left > 0 ? make() : undefined));
      return ended;
    },
    take() {
      if (left === 0) return false;
      left--;
      return true;
    },
    isLeft: () => left > 0,
    drop() {
      left = 0;
      return ended;
    },
  };
}
