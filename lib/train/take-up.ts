import type { Plan } from '@/lib/compile/plan';
import type { StateData } from '@/lib/compile/tf/state';
import { type Checkpoint, fingerprint } from './checkpoint';
import type { GraphChange } from './protocol';
import type { RemovedWeights } from './removed-weights';

interface TakenUp {
  /** What of the checkpoint the game goes on with; absent: nothing. */
  readonly checkpoint?: Checkpoint;
  /** Absent where the checkpoint is of this very game. */
  readonly change?: GraphChange;
}

/**
 * A kept checkpoint for a plan that may be another one by now: an edit of a run at rest does what it would have
 * done to a running one. `fresh` is what the seed gives.
 */
export async function takeUp(
  stored: Checkpoint,
  plan: Plan,
  fresh: () => Promise<StateData>,
  removed: RemovedWeights,
): Promise<TakenUp> {
  if (stored.fingerprint === fingerprint(plan)) return { checkpoint: stored };
  const { seed } = stored;
  if (seed !== undefined && seed !== plan.settings.seed) return { change: replaced(stored, seed) };
  const start = await fresh();
  const data = removed.fit(stored.data, start);
  if (data.arrays.size === 0) return { change: replaced(stored) };
  const change = {
    type: 'fitted',
    anew: beginningAnew(start, data),
    gone: gone(stored.data, start, data),
  } as const;
  return { checkpoint: { ...stored, data }, change };
}

const replaced = ({ counters, fingerprint: game }: Checkpoint, seed?: number): GraphChange => ({
  type: 'replaced',
  iteration: counters.iteration,
  fingerprint: game,
  ...(seed !== undefined && { seed }),
});

/** Layers without their numbers, and players without the moments of a layer that has its own. */
function beginningAnew(start: StateData, taken: StateData): string[] {
  const names = [...start.arrays.keys()].flatMap((name) => {
    if (taken.arrays.has(name)) return [];
    const [group, owner = '', , key = ''] = name.split('/');
    if (group === 'moments') return taken.arrays.has(`weights/${key}`) ? [owner] : [];
    // An average that was not kept so far starts as a copy.
    return group === 'averages' ? [] : [layerOf(owner)];
  });
  return [...new Set(names)];
}

/** Layers of the checkpoint that the game has no more, under no other path. */
function gone(stored: StateData, start: StateData, taken: StateData): string[] {
  const layers = ({ arrays }: StateData) =>
    new Set(
      [...arrays.keys()].filter((name) => name.startsWith('weights/')).map((name) => layerOf(name.slice(8))),
    );
  const present = layers(start);
  const kept = new Set(taken.arrays.values());
  const lost = { ...stored, arrays: new Map([...stored.arrays].filter(([, array]) => !kept.has(array))) };
  return [...layers(lost)].filter((layer) => !present.has(layer));
}

/** Of `layer.weight`. */
const layerOf = (key: string): string => key.split('.')[0] ?? key;
