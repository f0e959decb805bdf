import { isAtRest, isUnderWay } from './run-state';
import type { TrainingStore } from './training-state';

/** Work that goes on as a copy takes its run along: its weights, and whether it trains. `open` opens the copy. */
export function takeRunAlong(
  training: Pick<TrainingStore, 'getState' | 'openWeights' | 'play'>,
  open: () => void,
  copyCheckpoint: () => Promise<void>,
): void {
  const { status, kept, iteration } = training.getState();
  const isRunning = isUnderWay(status) && !isAtRest(status);
  const reached = Math.max(kept, isUnderWay(status) ? iteration : 0);
  open();
  // The run before ends with a checkpoint, which is then copied.
  if (reached > 0) training.openWeights({ iteration: reached, write: copyCheckpoint });
  if (isRunning) training.play();
}
