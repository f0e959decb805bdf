import { isAtRest, isUnderWay } from './run-state';
import type { TrainingStore } from './training-state';

/** Work that goes on as a copy takes its run along: its weights, what it has shown, and whether it trains. `open` opens the copy. */
export function takeRunAlong(
  training: Pick<TrainingStore, 'getState' | 'openWeights' | 'play' | 'feed'>,
  open: () => void,
  copyCheckpoint: () => Promise<void>,
): void {
  const { status, kept, iteration } = training.getState();
  const isRunning = isUnderWay(status) && !isAtRest(status);
  const reached = Math.max(kept, isUnderWay(status) ? iteration : 0);
  const results = training.feed.results();
  open();
  if (reached > 0) {
    // The run before ends with a checkpoint, which is then copied.
    training.openWeights({ iteration: reached, write: copyCheckpoint });
    training.feed.restore(results);
  }
  if (isRunning) training.play();
}
