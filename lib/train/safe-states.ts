import type { CompiledGame } from '@/lib/compile/tf/game';
import { disposeSnapshot } from '@/lib/compile/tf/state';

type Saved = ReturnType<CompiledGame['snapshot']>;

/**
 * States to fall back to. Whether a state is good shows only when the losses computed from it are finite, so
 * two are held: the newest, and the one before it, which has proved itself.
 */
interface SafeStates {
  /** Call at the end of an iteration whose losses were finite: the newest so far has proved itself. */
  keep(): void;
  /** Puts the game back to the last state that has proved itself. */
  fallBack(): void;
  /** Forgets everything before now: the game has been given another state. */
  restart(): void;
  dispose(): void;
}

export function createSafeStates(game: CompiledGame): SafeStates {
  let newest = game.snapshot();
  let proved: Saved | undefined;
  const dispose = () => {
    disposeSnapshot(proved);
    disposeSnapshot(newest);
  };
  const restart = () => {
    dispose();
    proved = undefined;
    newest = game.snapshot();
  };
  return {
    keep() {
      disposeSnapshot(proved);
      proved = newest;
      newest = game.snapshot();
    },
    fallBack() {
      game.restore(proved ?? newest);
      restart();
    },
    restart,
    dispose,
  };
}
