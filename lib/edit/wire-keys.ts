import type { Graph, Wire } from '@/lib/graph/schema';

/** A wire's name on the page, which stays while others come and go; the schema allows the same wire twice, so the copies are numbered. */
const wireKey = ([from, to]: Wire, copy = 0): string =>
  copy > 0 ? `${from}→${to}#${copy}` : `${from}→${to}`;

const keysOf = new WeakMap<readonly Wire[], readonly string[]>();

/** The keys of all wires, by index in the document. */
export function wireKeys(wires: readonly Wire[]): readonly string[] {
  const known = keysOf.get(wires);
  if (known) return known;
  const copies = new Map<string, number>();
  const keys = wires.map((wire) => {
    const plain = wireKey(wire);
    const copy = copies.get(plain) ?? 0;
    copies.set(plain, copy + 1);
    return wireKey(wire, copy);
  });
  keysOf.set(wires, keys);
  return keys;
}

/** The index of the wire with this key, or -1. */
export const wireIndex = (graph: Graph, key: string): number => wireKeys(graph.wires).indexOf(key);
