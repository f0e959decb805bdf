import type { Plan } from '@/lib/compile/plan';
import type { BackendName } from '@/lib/engine/backend-name';
import type { TrainClient } from '@/lib/train/client';
import type { Trial } from '@/lib/train/trial';

/** How fast a game would train here, found before it is played. */
export interface Expected {
  readonly perSecond: number;
  readonly backend: BackendName;
  /** The batch that was timed, and the game's: where they differ the figure is extended. */
  readonly rows: number;
  readonly batchSize: number;
}

/** A game that nothing trains. */
export interface Predictable {
  readonly plan: Plan;
  readonly multiplyAdds: number;
  readonly backend: BackendName;
}

/** After the last change of the game. */
const AFTER_MS = 400;
/** Until another game is on the screen; compiling it can wait so long. */
const PAINT_MS = 100;
const TRIAL_MS = 1_500;
const MOST_KNOWN = 32;

/**
 * Times trial iterations of the open game whenever it has changed and nothing runs. What was found is kept for
 * the time that the page is open.
 */
export function createPredicting(options: {
  readonly client: Pick<TrainClient, 'tryOut'>;
  /** The game to predict; undefined where something runs, or nothing can. */
  readonly predictable: () => Predictable | undefined;
  readonly show: (expected: Expected | undefined) => void;
}) {
  const { client, predictable, show } = options;
  const known = new Map<string, { readonly expected: Expected; readonly final: boolean }>();
  let isOpen = false;
  let shown: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let endTrial = () => {};

  const stop = () => {
    clearTimeout(timer);
    endTrial();
    endTrial = () => {};
  };

  function learn(key: string, { plan }: Predictable, backend: BackendName, trial: Trial): void {
    const { batchSize } = plan.settings;
    const { rows, msPerIteration, final } = trial;
    const perSecond = 1000 / msPerIteration;
    known.delete(key);
    known.set(key, { expected: { perSecond, backend, rows, batchSize }, final });
    for (const oldest of known.keys()) {
      if (known.size <= MOST_KNOWN) break;
      known.delete(oldest);
    }
    if (shown === key) show(known.get(key)?.expected);
  }

  function start(key: string, game: Predictable): void {
    const { plan, backend, multiplyAdds } = game;
    endTrial = client.tryOut({ plan, backend, multiplyAdds, milliseconds: TRIAL_MS }, (used, trial) =>
      learn(key, game, used, trial),
    );
  }

  const predicting = {
    /** From now on trials may run: the page is at rest and the worker is wanted. */
    open() {
      isOpen = true;
      predicting.update(0);
    },
    /** Call for another game: what was shown goes at once, what is to be shown is found when it is painted. */
    turn() {
      stop();
      shown = undefined;
      show(undefined);
      timer = setTimeout(() => predicting.update(AFTER_MS - PAINT_MS), PAINT_MS);
    },
    /** Call after any change of the game, the backend or the run. */
    update(afterMs = AFTER_MS) {
      const game = predictable();
      const key = game && keyOf(game);
      if (key === shown && afterMs > 0) return;
      stop();
      shown = key;
      const found = key === undefined ? undefined : known.get(key);
      show(found?.expected);
      if (!isOpen || !game || key === undefined || found?.final) return;
      timer = setTimeout(() => start(key, game), afterMs);
    },
  };
  return predicting;
}

/** What a trial depends on: the same text, the same speed. */
const keyOf = ({ plan, backend }: Predictable): string => {
  const { update, batches, batchSize, consensus } = plan.settings;
  const { networks, game, players } = plan;
  return JSON.stringify([backend, update, batches, batchSize, consensus, networks, game, players]);
};
