import { partsOf, SEPARATOR } from '@/lib/check/blocks/plain-id';

/**
 * What has gone to another place, with the same numbers: making a block of layers puts its use before their ids, and
 * unpacking takes it away again. Known by the names alone, so that undo, and an edit while nothing ran, are known too.
 */
interface Named {
  readonly name: string;
  /** What else must be the same. */
  readonly shape?: readonly number[];
}

/** For each new name the old one that it had; only where there is no doubt which. */
export function movedNames(old: Iterable<Named>, fresh: Iterable<Named>): ReadonlyMap<string, string> {
  const [before, after] = [[...old], [...fresh]];
  const [present, past] = [new Set(after.map(nameOf)), new Set(before.map(nameOf))];
  const gone = grouped(before.filter(({ name }) => !present.has(name)));
  const come = grouped(after.filter(({ name }) => !past.has(name)));
  const moved = new Map<string, string>();
  for (const [key, names] of come)
    for (const name of names) {
      const from = (gone.get(key) ?? []).filter((each) => isMoved(each, name));
      const [only] = from;
      if (only === undefined || from.length > 1) continue;
      if (names.filter((other) => isMoved(only, other)).length === 1) moved.set(name, only);
    }
  return moved;
}

const nameOf = ({ name }: Named): string => name;

/** By the ids without the uses before them, and the shape. */
function grouped(items: readonly Named[]): ReadonlyMap<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { name, shape = [] } of items) {
    const own = name.split('/').map((part) => partsOf(part).own);
    const key = `${own.join('/')} ${shape.join('x')}`;
    groups.set(key, [...(groups.get(key) ?? []), name]);
  }
  return groups;
}

/** A player and the layer that its moments are of may move apart. */
function isMoved(from: string, to: string): boolean {
  const parts = to.split('/');
  return from.split('/').every((part, i) => isWithin(part, parts[i] ?? '') || isWithin(parts[i] ?? '', part));
}

const isWithin = (id: string, path: string): boolean => id === path || path.endsWith(`${SEPARATOR}${id}`);
