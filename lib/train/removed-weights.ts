import type { StateData } from '@/lib/compile/tf/state';
import { movedNames } from './moved';

type Kept = StateData['arrays'] extends ReadonlyMap<string, infer T> ? T : never;

/** Numbers of layers that edits have removed, until an undo brings the layers back. */
export interface RemovedWeights {
  /**
   * The arrays of `fresh`: out of `old` where they fit or have moved to, else out of what was removed, to which the
   * rest of `old` goes.
   */
  fit(old: StateData, fresh: StateData): StateData;
}

/** Beyond this the numbers that were removed first are forgotten. */
const MOST_BYTES = 256e6;

export function createRemovedWeights(mostBytes = MOST_BYTES): RemovedWeights {
  /** By name and shape, those stored last at the end. */
  const stored = new Map<string, Kept>();
  let bytes = 0;
  /** Updates that players made which are gone. */
  const steps = new Map<string, number>();

  const take = (key: string): Kept | undefined => {
    const found = stored.get(key);
    if (found && stored.delete(key)) bytes -= found.values.byteLength;
    return found;
  };
  const store = (key: string, array: Kept) => {
    take(key);
    stored.set(key, array);
    bytes += array.values.byteLength;
    for (const oldest of stored.keys()) {
      if (bytes <= mostBytes) break;
      take(oldest);
    }
  };

  return {
    fit(old, fresh) {
      const arrays = new Map<string, Kept>();
      const moved = movedNames(named(old), named(fresh));
      for (const [name, { shape }] of fresh.arrays) {
        const current = old.arrays.get(moved.get(name) ?? name);
        const fitting = current && keyOf(name, current.shape) === keyOf(name, shape) ? current : undefined;
        const found = fitting ?? take(keyOf(name, shape));
        if (found) arrays.set(name, found);
      }
      const taken = new Set(arrays.values());
      for (const [name, array] of old.arrays) if (!taken.has(array)) store(keyOf(name, array.shape), array);
      for (const [player, count] of Object.entries(old.steps)) steps.set(player, count);
      const players = movedNames(playersOf(old), playersOf(fresh));
      const counts = Object.keys(fresh.steps).map(
        (player) => [player, steps.get(players.get(player) ?? player) ?? 0] as const,
      );
      return { arrays, steps: Object.fromEntries(counts) };
    },
  };
}

const named = ({ arrays }: StateData) => [...arrays].map(([name, { shape }]) => ({ name, shape }));
const playersOf = (state: StateData) => Object.keys(state.steps).map((name) => ({ name }));

const keyOf = (name: string, shape: readonly number[]): string => `${name} ${shape.join('x')}`;
