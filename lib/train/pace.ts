/** How fast a run goes: the current rate for people, and the mean cost of an iteration for the record. */
export interface Pace {
  /** Training time of one iteration, without views and metrics. */
  count(milliseconds: number): void;
  /** Iterations per second by the clock, smoothed over reports. */
  rate(iteration: number, now: number): number;
  /** Starts the clock again after a pause. */
  restart(iteration: number, now: number): void;
  /** Mean of `count`, the first ten iterations left out: they compile and warm up. */
  msPerIteration(): number;
}

const WARM_UP = 10;
/** Weight of the newest report in the rate. */
const NEWEST = 0.3;

export function createPace(): Pace {
  let iterations = 0;
  let milliseconds = 0;
  let smoothed = 0;
  let last = { iteration: 0, now: 0 };
  return {
    count(spent) {
      if (++iterations > WARM_UP) milliseconds += spent;
    },
    rate(iteration, now) {
      const done = iteration - last.iteration;
      const elapsed = now - last.now;
      if (done > 0 && elapsed > 0) {
        const current = (1000 * done) / elapsed;
        smoothed = smoothed === 0 ? current : (1 - NEWEST) * smoothed + NEWEST * current;
        last = { iteration, now };
      }
      return smoothed;
    },
    restart(iteration, now) {
      last = { iteration, now };
    },
    msPerIteration: () => milliseconds / Math.max(1, iterations - WARM_UP),
  };
}
