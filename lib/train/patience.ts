/**
 * How long a worker may be silent before it is held to be dead. A worker cannot answer while an update is under
 * way, and a wrong guess costs what was trained since the last checkpoint, so every figure is generous.
 */
export interface Silent {
  /**
   * `asked`: nothing has come from it since the run was asked for; `building`: it answers, and makes the game or
   * its first iterations, for which a GPU compiles programs; `steady`: it has reported iterations.
   */
  readonly stage: 'asked' | 'building' | 'steady';
  /** Of one iteration. */
  readonly multiplyAdds: number;
  /** Milliseconds of the longest silence that ended by itself. */
  readonly longest: number;
  /** How often a worker was given up in this page: the guess may have been wrong. */
  readonly losses: number;
}

/** Beyond any update of a small game, on any machine that was measured. */
const LEAST = 30_000;
/** For what happens once: building, compiling. */
const BUILDING = 120_000;
/** An update, a picture or a metric may take so many times as long as the longest before it. */
const TIMES = 10;
/** Multiply-adds a millisecond of the slowest that is worth waiting for: a fiftieth of one core's WASM. */
const SLOWEST = 6e4;

export function patience({ stage, multiplyAdds, longest, losses }: Silent): number {
  const once = stage === 'building' ? BUILDING : LEAST;
  const computing = stage === 'asked' ? 0 : multiplyAdds / SLOWEST;
  return Math.max(once, TIMES * longest, computing) * 2 ** losses;
}
