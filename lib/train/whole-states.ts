import type { Plan } from '@/lib/compile/plan';
import type { CompiledGame } from '@/lib/compile/tf/game';
import { disposeSnapshot } from '@/lib/compile/tf/state';
import { type Checkpoint, findNonFinite, fingerprint, isBlank, type LiveEdit, type Mark } from './checkpoint';
import { DeviceError } from './failures';

interface WholeStatesOptions {
  readonly plan: Plan;
  readonly game: CompiledGame;
  /** Is an iteration under way? */
  readonly isBegun: () => boolean;
  /** Are there losses of which nobody knows whether they are finite? */
  readonly hasUnread: () => boolean;
  /** Throws where what was read is not to be believed. */
  readonly trustReads: () => void;
}

/** Checkpoints of a loop, which hold whole iterations: one asked for within an iteration is of its end. */
export interface WholeStates {
  checkpoint(): Promise<Checkpoint>;
  /** What a checkpoint asked for now would hold. */
  mark(): Mark;
  /** Does a checkpoint wait for the end of the iteration? */
  isAwaited(): boolean;
  /** An iteration has ended, or the game fell back to one: what waits is taken. */
  reached(): void;
  /** Other numbers than those of the iterations before. */
  change(): void;
  note(edits: readonly LiveEdit[]): void;
}

type Taken = { readonly snapshot: ReturnType<CompiledGame['snapshot']>; readonly edits: readonly LiveEdit[] };

export function createWholeStates(options: WholeStatesOptions): WholeStates {
  const { plan, game, isBegun, hasUnread, trustReads } = options;
  const edits: LiveEdit[] = [];
  let changes = 0;
  let waiting: (() => void)[] = [];
  /** At once; what goes wrong, as on a lost device, is the checkpoint's failure alone. */
  const take = async (): Promise<Taken> => ({ snapshot: game.snapshot(), edits: [...edits] });
  const whenReached = () => new Promise<Taken>((resolve) => void waiting.push(() => resolve(take())));

  return {
    async checkpoint() {
      const isUnknown = isBegun() || hasUnread();
      const taken = await (isUnknown ? whenReached() : take());
      const { snapshot } = taken;
      try {
        const data = await game.readState(snapshot);
        trustReads();
        const bad = findNonFinite(data);
        if (bad) throw new Error(`${bad} holds values that are not finite`);
        if (isBlank(data)) throw new DeviceError('all weights read back as zeros');
        const { seed } = plan.settings;
        const { counters } = snapshot;
        return { fingerprint: fingerprint(plan), seed, counters, edits: taken.edits, data };
      } finally {
        disposeSnapshot(snapshot);
      }
    },
    mark: () => ({
      line: String(changes),
      iteration: game.counters.iteration + (isBegun() ? 1 : 0),
      edits: edits.length,
    }),
    isAwaited: () => waiting.length > 0,
    reached() {
      for (const reach of waiting) reach();
      waiting = [];
    },
    change() {
      changes++;
    },
    note: (more) => void edits.push(...more),
  };
}
