import { reasonOf } from '@/lib/util/reason-of';
import type { Checkpoint } from './checkpoint';
import type { Frames } from './run-store';
import { nextSnapshot } from './snapshot-rule';

/** Snapshots take at most this part of the time, and come no sooner than this after each other. */
const SHARE = 0.05;
const LEAST_MS = 100;

/** What a training loop asks, and gives what is to be kept. */
export interface SnapshotKeeper {
  isDue(iteration: number, isAtRest: boolean): boolean;
  /** Resolves when what the views show is drawn: the run goes on then, though the state may be on its way from the device. */
  keep(checkpoint: Promise<Checkpoint>, draw: () => Promise<Frames>): Promise<void>;
}

interface SnapshotsOptions {
  readonly write: (checkpoint: Checkpoint, frames: Frames) => Promise<void>;
  readonly kept: (iteration: number) => void;
  /** Storage full, say: the run goes on, and the next one is tried. */
  readonly notKept: (message: string) => void;
  readonly clock: () => number;
}

interface Snapshots extends SnapshotKeeper {
  /** The run stands at an iteration; it has a snapshot of that already, or it has none yet. */
  restart(iteration: number, isKept: boolean): void;
  /** Resolves when nothing is being written. */
  settled(): Promise<void>;
}

/** When snapshots of a run are due, one at a time. */
export function createSnapshots({ write, kept, notKept, clock }: SnapshotsOptions): Snapshots {
  let next = 0;
  let last: number | undefined;
  let waitUntil = 0;
  let hasDrawn = false;
  let pending = 0;
  let writing: Promise<void> = Promise.resolve();

  async function writeOne(checkpoint: Promise<Checkpoint>, frames: Frames, begunAt: number): Promise<void> {
    try {
      const state = await checkpoint;
      const { iteration } = state.counters;
      [last, next] = [iteration, nextSnapshot(iteration)];
      await write(state, frames);
      kept(iteration);
    } catch (error) {
      notKept(reasonOf(error));
    } finally {
      const spent = clock() - begunAt;
      waitUntil = clock() + Math.max(LEAST_MS, spent / SHARE - spent);
      pending--;
    }
  }

  return {
    isDue(iteration, isAtRest) {
      if (isAtRest) return iteration !== last;
      return pending === 0 && iteration >= next && clock() >= waitUntil;
    },
    async keep(checkpoint, draw) {
      const before = clock();
      // Handled when its turn comes.
      checkpoint.catch(() => undefined);
      const frames = await draw();
      // The first drawing takes long for reasons that are no measure: code is compiled.
      const begunAt = hasDrawn ? before : clock();
      hasDrawn = true;
      pending++;
      writing = writing.then(() => writeOne(checkpoint, frames, begunAt));
    },
    restart(iteration, isKept) {
      last = isKept ? iteration : undefined;
      next = isKept ? nextSnapshot(iteration) : iteration;
    },
    settled: () => writing,
  };
}
