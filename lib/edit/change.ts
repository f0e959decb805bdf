import type { Graph, GraphNode, Network, Wire } from '@/lib/graph/schema';

/**
 * What an edit changed, as plain JSON that works both ways: much smaller than two documents. Graphs share what
 * they have in common, so that what is the same object is not looked at.
 */
export interface Change {
  /** Fields of the document that differ, before and after. */
  readonly head?: readonly [before: Fields, after: Fields];
  readonly networks?: readonly Run[];
  readonly nodes?: readonly Run[];
  readonly wires?: readonly Run[];
}

/**
 * A stretch of a list, by its place before the edit. Of a node or network that only changed, the fields that
 * differ; null is a field that is not there.
 */
type Run = readonly [at: number, before: readonly unknown[], after: readonly unknown[]];

type Fields = { readonly [name: string]: unknown };
type Item = Network | GraphNode | Wire;

const heads = ['title', 'about', 'settings', 'blocks'] as const;
const lists = ['networks', 'nodes', 'wires'] as const;

export function findChange(before: Graph, after: Graph): Change {
  const head = differences(pick(before), pick(after));
  const runs = lists.flatMap((list) => {
    const found = findRuns(before[list], after[list]);
    return found.length > 0 ? [[list, found] as const] : [];
  });
  return { ...(head && { head }), ...Object.fromEntries(runs) };
}

const pick = (graph: Graph): Fields => Object.fromEntries(heads.map((name) => [name, graph[name]]));

/** The fields in which two objects differ, from either side; undefined where they are equal. */
function differences(before: Fields, after: Fields): readonly [Fields, Fields] | undefined {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => !isEqual(before[name], after[name]),
  );
  const side = (fields: Fields) => Object.fromEntries(names.map((name) => [name, fields[name] ?? null]));
  return names.length > 0 ? [side(before), side(after)] : undefined;
}

/** Of JSON; the order of keys says nothing, and undefined is not there. */
function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((name) =>
    isEqual((a as Fields)[name], (b as Fields)[name]),
  );
}

function findRuns(before: readonly Item[], after: readonly Item[]): Run[] {
  if (before === after) return [];
  let start = 0;
  while (start < before.length && before[start] === after[start]) start++;
  let [end, stop] = [before.length, after.length];
  while (end > start && stop > start && before[end - 1] === after[stop - 1]) {
    end--;
    stop--;
  }
  const [from, to] = [before.slice(start, end), after.slice(start, stop)];
  const [left, right] = [new Set(from), new Set(to)];
  const runs: Run[] = [];
  for (let i = 0, j = 0; i < from.length || j < to.length; ) {
    if (from[i] === to[j]) {
      i++;
      j++;
      continue;
    }
    const [at, taken, put]: [number, Item[], Item[]] = [start + i, [], []];
    // Up to the next item that stays; where items that stay have changed places, all that is left.
    while (i < from.length && !right.has(from[i] as Item)) taken.push(from[i++] as Item);
    while (j < to.length && !left.has(to[j] as Item)) put.push(to[j++] as Item);
    if (from[i] !== to[j]) {
      taken.push(...from.slice(i));
      put.push(...to.slice(j));
      [i, j] = [from.length, to.length];
    }
    runs.push(shorten([at, taken, put]));
  }
  return runs;
}

const idOf = (item: unknown): unknown => (item as { readonly id?: unknown } | undefined)?.id;

/** Items that stay under their ids are kept as what differs in them. */
function shorten([at, before, after]: readonly [number, readonly Item[], readonly Item[]]): Run {
  const isSame = (item: Item, i: number) => idOf(item) !== undefined && idOf(item) === idOf(after[i]);
  if (before.length !== after.length || !before.every(isSame)) return [at, before, after];
  const pairs = before.map((item, i) => differences(item as Fields, after[i] as Fields) ?? [{}, {}]);
  return [at, pairs.map(([left]) => left), pairs.map(([, right]) => right)];
}

export type Direction = 'forward' | 'back';

export interface Applied {
  readonly graph: Graph;
  /** Items that the change replaced, and those in their place: as the change has them, and not validated. */
  readonly taken: Lists;
  readonly put: Lists;
}

type Lists = Pick<Graph, (typeof lists)[number]>;

/** The document after the change, or before it; undefined where the change does not fit it. */
export function applyChange(graph: Graph, change: Change, direction: Direction): Applied | undefined {
  const isBack = direction === 'back';
  const [seen, next] = turn(change.head ?? [{}, {}], isBack);
  if (!fits(pick(graph), seen)) return undefined;
  const applied = lists.map((list) => applyRuns(graph[list], change[list] ?? [], isBack));
  if (!applied.every((runs) => runs !== undefined)) return undefined;
  const all = (part: keyof AppliedRuns): Lists =>
    Object.fromEntries(lists.map((list, i) => [list, applied[i]?.[part]])) as unknown as Lists;
  return { graph: { ...graph, ...next, ...all('items') }, taken: all('taken'), put: all('put') };
}

const turn = <T>([before, after]: readonly [T, T], isBack: boolean): readonly [seen: T, next: T] =>
  isBack ? [after, before] : [before, after];

const fits = (present: Fields, seen: Fields): boolean =>
  Object.entries(seen).every(([name, value]) => isEqual(present[name] ?? null, value));

interface AppliedRuns {
  readonly items: readonly unknown[];
  readonly taken: readonly Item[];
  readonly put: readonly unknown[];
}

function applyRuns(all: readonly Item[], runs: readonly Run[], isBack: boolean): AppliedRuns | undefined {
  if (runs.length === 0) return { items: all, taken: [], put: [] };
  const [parts, taken, put]: [unknown[][], Item[], unknown[]] = [[], [], []];
  let from = 0;
  /** How much longer the list is at this place than it was before the edit. */
  let shift = 0;
  for (const [at, before, after] of runs) {
    const [seen, next] = turn([before, after], isBack);
    const first = isBack ? at + shift : at;
    shift += after.length - before.length;
    const present = all.slice(first, first + seen.length);
    if (first < from || first + seen.length > all.length) return undefined;
    if (!present.every((item, i) => isSeen(item, seen[i]))) return undefined;
    const items = next.map((item, i) => merge(present[i], item));
    parts.push(all.slice(from, first), items);
    for (const item of present) taken.push(item);
    for (const item of items) put.push(item);
    from = first + seen.length;
  }
  parts.push(all.slice(from));
  return { items: join(parts), taken, put };
}

/** `flat` is ten times slower; as many arguments as there may be parts are refused. */
function join(parts: readonly (readonly unknown[])[]): readonly unknown[] {
  const most = 1_000;
  let joined: unknown[] = [];
  for (let i = 0; i < parts.length; i += most) joined = joined.concat(...parts.slice(i, i + most));
  return joined;
}

const isPartial = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !('id' in value);

const isSeen = (item: Item, seen: unknown): boolean =>
  isPartial(seen) ? fits(item as Fields, seen) : isEqual(item, seen);

function merge(present: Item | undefined, next: unknown): unknown {
  if (!isPartial(next)) return next;
  return Object.fromEntries(
    Object.entries({ ...present, ...next }).filter(([, value]) => value !== null && value !== undefined),
  );
}
