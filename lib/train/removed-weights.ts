import { reachedKey, type StateData } from '@/lib/compile/tf/state';
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
  /** Counts of updates, of players and weights that are gone too. */
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
      for (const [key, count] of Object.entries(old.steps)) steps.set(key, count);
      const players = movedNames(playersOf(old), playersOf(fresh));
      const counts = new Map(
        Object.keys(fresh.steps).map((player) => [player, steps.get(players.get(player) ?? player) ?? 0]),
      );
      // An optimizer begins with weights that have no moments yet.
      for (const name of fresh.arrays.keys()) {
        const [group, player = '', , weight = ''] = name.split('/');
        const ofPlayer = counts.get(player);
        if (group !== 'moments' || ofPlayer === undefined) continue;
        const [, before = '', , was = ''] = (moved.get(name) ?? name).split('/');
        const count = arrays.has(name) ? (steps.get(reachedKey(before, was)) ?? ofPlayer) : 0;
        if (count !== ofPlayer) counts.set(reachedKey(player, weight), count);
      }
      return { arrays, steps: Object.fromEntries(counts) };
    },
  };
}

const named = ({ arrays }: StateData) => [...arrays].map(([name, { shape }]) => ({ name, shape }));
const playersOf = (state: StateData) =>
  Object.keys(state.steps)
    .filter((key) => !key.includes('/'))
    .map((name) => ({ name }));

const keyOf = (name: string, shape: readonly number[]): string => `${name} ${shape.join('x')}`;
