/**
 * Everything that can be reached by steps, each item once: `step` hands what lies next to an item to `go`. Items are
 * compared by identity, so that a large graph costs no keys. What an evaluation reads, output by output, is in
 * lib/check/game.ts and lib/compile/tf/tasks.ts.
 */
export function reachFrom<T>(
  from: Iterable<T>,
  step: (item: T, go: (next: T) => void) => void,
): ReadonlySet<T> {
  const reached = new Set<T>();
  const open: T[] = [];
  const go = (next: T) => {
    if (reached.has(next)) return;
    reached.add(next);
    open.push(next);
  };
  for (const item of from) go(item);
  for (let item = open.pop(); item !== undefined; item = open.pop()) step(item, go);
  return reached;
}

interface Wired {
  readonly wiredFrom: ReadonlyMap<string, readonly { readonly id: string }[]>;
}

/** These nodes and all that they read, by any of their inputs. Ids of something else count as reached, and lead nowhere. */
export const reachUpstream = (
  nodes: ReadonlyMap<string, Wired>,
  from: Iterable<string>,
): ReadonlySet<string> =>
  reachFrom(from, (id, go) => {
    for (const ends of nodes.get(id)?.wiredFrom.values() ?? []) for (const end of ends) go(end.id);
  });
