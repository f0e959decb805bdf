import type { Plan } from '@/lib/compile/plan';
import type { CompiledGame } from '@/lib/compile/tf/game';
import type { IterationHooks, UpdateResult } from '@/lib/compile/tf/iterate';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import { DeviceError, describeBadLoss, describeCrash } from './failures';
import type { Losses } from './losses';
import type { Pace } from './pace';
import { createSafeStates } from './safe-states';
import { createWholeStates, type WholeStates } from './whole-states';

/** Milliseconds between looks at the message queue, and reads of losses. */
const YIELD_EVERY = 8;
const READ_EVERY = 50;
/** Iterations, not milliseconds: what a failure falls back to is then the same in every run. */
const KEEP_EVERY = 20;

interface IterationsOptions {
  readonly plan: Plan;
  readonly game: CompiledGame;
  readonly losses: Losses;
  readonly pace: Pace;
  readonly clock: () => number;
  readonly breathe: () => Promise<void>;
  readonly readsAtOnce: boolean;
  readonly failure?: () => string | undefined;
  readonly failed: (iteration: number, diagnostic: Diagnostic) => void;
}

/** Whole iterations of a game, one at a time, and what becomes of one that fails. */
interface Iterations {
  readonly whole: WholeStates;
  /** Makes one. False: it failed, and the game is back at the last good state. */
  make(hooks?: IterationHooks): Promise<boolean>;
  /** Reads all losses there are; false where one is not finite, as above. */
  settle(): Promise<boolean>;
  /** An error came of an iteration, or of looking at it. */
  crash(error: unknown): void;
  /** The game has been given other numbers. */
  restart(): void;
  dispose(): void;
}

export function createIterations(options: IterationsOptions): Iterations {
  const { plan, game, losses, pace, clock, breathe, readsAtOnce, failure, failed } = options;
  const { counters } = game;
  const states = createSafeStates(game);
  let begun: Generator<UpdateResult> | undefined;
  let yieldedAt = clock();
  let readAt = clock();

  /** A lost device gives zeros, one without memory anything. */
  function trustReads(): void {
    const reason = failure?.();
    if (reason) throw new DeviceError(reason);
  }

  const whole = createWholeStates({
    plan,
    game,
    isBegun: () => begun !== undefined,
    hasUnread: losses.hasUnread,
    trustReads,
  });

  function fail(iteration: number, describe: (kept: number) => Diagnostic): void {
    states.fallBack();
    losses.dispose();
    begun = undefined;
    whole.change();
    whole.reached();
    failed(iteration, describe(counters.iteration));
  }

  async function settle(): Promise<boolean> {
    readAt = clock();
    const bad = await losses.read();
    trustReads();
    if (bad) fail(bad.iteration, (kept) => describeBadLoss(plan, bad, kept));
    else whole.reached();
    return bad === undefined;
  }

  /** One update; false at the end of the iteration. */
  function update(): boolean {
    const { iteration } = counters;
    const next = begun?.next();
    if (next && !next.done) losses.add(next.value, iteration);
    else begun = undefined;
    return begun !== undefined;
  }

  async function rest(): Promise<void> {
    if (clock() - yieldedAt <= YIELD_EVERY) return;
    await breathe();
    yieldedAt = clock();
  }

  return {
    whole,
    async make(hooks) {
      begun = game.iterate(hooks);
      let spent = 0;
      for (let goesOn = true; goesOn; ) {
        const before = clock();
        goesOn = update();
        spent += clock() - before;
        if (goesOn) await rest();
      }
      const now = clock();
      const isKeepDue = counters.iteration % KEEP_EVERY === 0;
      const isReadDue = readsAtOnce || isKeepDue || whole.isAwaited() || now - readAt > READ_EVERY;
      if (isReadDue && !(await settle())) return false;
      if (isKeepDue) states.keep();
      pace.count(spent + clock() - now);
      await rest();
      return true;
    },
    settle,
    crash(error) {
      // A device that is gone may show first in an update that throws anything.
      const reason = failure?.();
      const cause = reason ? new DeviceError(reason) : error;
      fail(counters.iteration, (kept) => describeCrash(cause, kept));
    },
    restart() {
      states.restart();
      whole.change();
    },
    dispose() {
      begun = undefined;
      losses.dispose();
      states.dispose();
    },
  };
}
