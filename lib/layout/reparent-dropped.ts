import { checkedOf } from '@/lib/edit/checked-of';
import { canStandIn, moveNodes, placeOf, reparent } from '@/lib/edit/move';
import { rejoin } from '@/lib/edit/remove';
import { endsOf, type Graph, splitEndpoint } from '@/lib/graph/schema';
import { boxOf, centreOf, frameAt, freePosition, originOf } from './boxes';

/** To which frame nodes belong after a drag. Pure. */

/**
 * Nodes that were dropped in another frame belong there from now on: those of the game that lose no wire by it, and
 * those that are let out of their frame, whose neighbours there are wired to each other where that fits.
 */
export function reparentDropped(graph: Graph, ids: readonly string[], mayLeave = false): Graph {
  const groups = new Map<string | undefined, string[]>();
  for (const { id, frame, isFree } of findDropped(graph, ids))
    if (isFree || mayLeave) groups.set(frame, [...(groups.get(frame) ?? []), id]);
  return [...groups].reduce((current, [frame, members]) => letOut(current, members, frame), graph);
}

/** Out of their frames, to free places of the game. */
export function takeOut(graph: Graph, ids: readonly string[]): Graph {
  const checked = checkedOf(graph);
  const frames = new Map(ids.map((id) => [id, checked.nodes.get(id)?.node.network]));
  const inside = ids.filter((id) => frames.get(id) !== undefined);
  let current = letOut(graph, inside, undefined);
  for (const id of inside) {
    const others = { ...current, nodes: current.nodes.filter((node) => node.id !== id) };
    const box = boxOf(checkedOf(current), id);
    if (!box) continue;
    const { x, width, height } = box;
    const above = originOf(current, frames.get(id))[1] - height - 20;
    const at = freePosition(checkedOf(others), [x, above], true, { width, height });
    current = moveNodes(current, new Map([[id, at]]));
  }
  return current;
}

/** Into another frame, or out of all; neighbours that stay are wired to each other where that fits. */
function letOut(graph: Graph, ids: readonly string[], frame: string | undefined): Graph {
  const moved = reparent(graph, ids, frame);
  return moved === graph ? graph : rejoin(graph, moved, new Set(ids), new Set());
}

/** Nodes that lie over another frame than their own, or over none; free are those that lose nothing by it. */
function findDropped(graph: Graph, ids: readonly string[]) {
  const checked = checkedOf(graph);
  const chosen = new Set(ids);
  const wiredOutside = new Set(
    graph.wires
      .map((wire) => endsOf(wire).map((end) => splitEndpoint(end).id))
      .filter((ends) => !ends.every((id) => chosen.has(id)))
      .flat(),
  );
  return ids.flatMap((id) => {
    const node = checked.nodes.get(id)?.node;
    const box = boxOf(checked, id);
    // A node whose frame moved too stays in it.
    if (!node || !box || chosen.has(node.network ?? '')) return [];
    const frame = frameAt(checked, centreOf(box));
    // One that cannot stand there stays where it belongs; a layer that is let out is offered a network.
    if (frame === node.network || (frame !== undefined && !canStandIn(node.kind, placeOf(graph, frame))))
      return [];
    return [{ id, frame, isFree: node.network === undefined && !wiredOutside.has(id) }];
  });
}

/** Nodes of the game that may stand in networks only. */
export function findMisplaced(graph: Graph, ids: readonly string[]): string[] {
  const chosen = new Set(ids);
  return graph.nodes
    .filter(
      ({ id, kind, network }) =>
        network === undefined && chosen.has(id) && !canStandIn(kind, placeOf(graph, undefined)),
    )
    .map(({ id }) => id);
}
