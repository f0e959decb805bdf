import type { Checked, CheckedNetwork, CheckedNode } from '@/lib/check/checked';
import type { Graph, GraphNode, Network } from '@/lib/graph/schema';

/**
 * The check of a document that differs from a checked one only in where things are and how large: no rule
 * looks at that, so nothing is checked again. Undefined where more has changed. Pure.
 */
export function rebase(before: Checked, graph: Graph): Checked | undefined {
  const { graph: old } = before;
  if (old.settings !== graph.settings || old.wires !== graph.wires || graph.blocks.length > 0)
    return undefined;
  const movedNodes = moved(old.nodes, graph.nodes);
  const movedNetworks = movedNodes && moved(old.networks, graph.networks);
  if (!movedNodes || !movedNetworks) return undefined;
  return {
    ...before,
    graph,
    nodes: replace(before.nodes, movedNodes, (checked: CheckedNode, node) => ({ ...checked, node })),
    networks: replace(before.networks, movedNetworks, (checked: CheckedNetwork, network) => ({
      ...checked,
      network,
    })),
  };
}

/** The items that are new objects, or undefined where they differ in more than place and size. */
function moved<T extends GraphNode | Network>(before: readonly T[], after: readonly T[]): T[] | undefined {
  if (before === after) return [];
  if (before.length !== after.length) return undefined;
  const found: T[] = [];
  for (const [i, item] of after.entries()) {
    const old = before[i] as T;
    if (item === old) continue;
    if (!differsInPlaceOnly(old, item)) return undefined;
    found.push(item);
  }
  return found;
}

function differsInPlaceOnly<T extends GraphNode | Network>(before: T, after: T): boolean {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof T>;
  for (const key of keys) if (key !== 'at' && key !== 'size' && before[key] !== after[key]) return false;
  return true;
}

function replace<T, Item extends { readonly id: string }>(
  map: ReadonlyMap<string, T>,
  items: readonly Item[],
  change: (value: T, item: Item) => T,
): ReadonlyMap<string, T> {
  if (items.length === 0) return map;
  const changed = new Map(map);
  for (const item of items) {
    const value = map.get(item.id);
    if (value) changed.set(item.id, change(value, item));
  }
  return changed;
}
