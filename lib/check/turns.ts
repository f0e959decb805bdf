import { splitEndpoint } from '@/lib/graph/schema';
import { readOptimizer } from '@/lib/nodes/role-params';
import { type Path, prefixOf } from './blocks/inside';
import type { Checked } from './checked';
import { findPlayers, networksOf } from './game';

/** Which players' updates a wire carries something in, by its index: places in the order in which they move. */
function turnsOf({ graph, nodes }: Checked): ReadonlyMap<number, readonly number[]> {
  const players = findPlayers(nodes).toSorted((a, b) => orderOf(a.node.params) - orderOf(b.node.params));
  const turns = new Map<number, number[]>();
  players.forEach(({ node: { node }, needed, networks }, turn) => {
    const applied = networksOf(needed.keys());
    graph.wires.forEach(([from, to], index) => {
      const { id: source, port } = splitEndpoint(from);
      const { id: target, port: input } = splitEndpoint(to);
      const reader = nodes.get(target);
      const made = nodes.get(source);
      const isOwn = target === node.id && (input === 'loss' || networks.has(source));
      const inNetwork = reader?.node.network;
      const isWithin = inNetwork !== undefined && applied.has(inNetwork);
      const isRead = made !== undefined && needed.get(made)?.has(port) && reader && needed.has(reader);
      if (isOwn || isWithin || isRead) turns.set(index, [...(turns.get(index) ?? []), turn]);
    });
  });
  return turns;
}

/** The same for the wires that are shown at a path into the document's blocks. */
export function turnsAt(plain: Checked, path: Path): ReadonlyMap<number, readonly number[]> {
  const turns = turnsOf(plain);
  if (plain.origins.length === 0) return turns;
  const prefix = prefixOf(path);
  const shown = new Map<number, Set<number>>();
  for (const [index, its] of turns) {
    const origin = plain.origins[index];
    if (origin?.prefix !== prefix) continue;
    shown.set(origin.wire, new Set([...(shown.get(origin.wire) ?? []), ...its]));
  }
  return new Map([...shown].map(([wire, its]) => [wire, [...its].sort((a, b) => a - b)]));
}

const orderOf = (params: Readonly<Record<string, unknown>>): number => readOptimizer(params).order;
