import type { Plan } from '@/lib/compile/plan';
import { eachSlice, LAST_CHANGE, SLOW, type State, type StateData } from '@/lib/compile/tf/state';
import { definitionOf } from '@/lib/compile/tf/tasks';
import { defined } from '@/lib/util/assert';
import { toTorchLayout } from './layout';
import type { NpyArray } from './npz';
import { gameBufferEntries, type StateEntry, stateEntriesOf } from './state-entries';

/** Writes the arrays of a state that are not as they were. */
export function createStateWriter(plan: Plan, arrays: Map<string, NpyArray>) {
  const all = [...stateEntriesOf(plan), ...gameBufferEntries(plan)];
  const entries = new Map(all.map((entry) => [entry.key, entry]));
  const slots = new Map(plan.players.map(({ id, kind }) => [id, definitionOf(kind)]));
  const last = new Map<string, Float32Array>();
  const nameOf = (array: string): { readonly name: string; readonly entry: StateEntry } => {
    const [group, ...rest] = array.split('/');
    const key = rest.at(-1) as string;
    const entry = defined(entries.get(key), key);
    if (group === 'averages') return { name: defined(entry.average, key), entry };
    if (group !== 'moments') return { name: entry.name, entry };
    const [player = '', slot = ''] = rest;
    if (slot === SLOW) return { name: `${player}/${SLOW}/${entry.name}`, entry };
    const definition = slots.get(player);
    const kept = definition?.role === 'optimizer' ? definition.torchSlots[slot] : undefined;
    const torchSlot = slot === LAST_CHANGE ? slot : defined(kept, `${player}'s ${slot} in PyTorch`);
    return { name: `${player}/${torchSlot}/${entry.name}`, entry };
  };
  return {
    write(k: number, { arrays: now }: StateData): string[] {
      const written: string[] = [];
      for (const [array, { shape, values }] of now) {
        const before = last.get(array);
        if (before?.every((value, i) => value === values[i])) continue;
        last.set(array, values);
        const { name, entry } = nameOf(array);
        arrays.set(`${k}/state/${name}`, toTorchLayout({ dims: shape, values }, entry));
        written.push(name);
      }
      return written;
    },
  };
}

/**
 * Writes the gradients that players followed, flat over θ, as `k/gradient/player/name`: of those whose optimizer
 * divides by the size of gradients, where rounding can become a step.
 */
export function writeGradients(
  plan: Plan,
  state: State,
  gradients: ReadonlyMap<string, Float32Array>,
  k: number,
  arrays: Map<string, NpyArray>,
): void {
  const entries = new Map(stateEntriesOf(plan).map((entry) => [entry.key, entry]));
  for (const { id, kind } of plan.players) {
    const flat = gradients.get(id);
    if (!flat || !definitionOf(kind).traits?.adaptive) continue;
    eachSlice(state.slices.get(id) ?? [], ({ key, shape, size }, offset) => {
      const entry = defined(entries.get(key), key);
      const values = flat.slice(offset, offset + size);
      arrays.set(`${k}/gradient/${id}/${entry.name}`, toTorchLayout({ dims: shape, values }, entry));
    });
  }
}
