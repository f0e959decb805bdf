import { checkedOf } from '@/lib/edit/checked-of';
import { canStandIn, reparent } from '@/lib/edit/move';
import type { Graph } from '@/lib/graph/schema';
import { boxOf, centreOf, frameAt } from './boxes';

/** To which frame nodes belong after a drag. Pure. */

/** Nodes that were dropped over another frame, or outside their own, belong there from now on. */
export function reparentDropped(graph: Graph, ids: readonly string[]): Graph {
  const checked = checkedOf(graph);
  const chosen = new Set(ids);
  const groups = new Map<string | undefined, string[]>();
  for (const id of ids) {
    const node = checked.nodes.get(id)?.node;
    const box = boxOf(checked, id);
    // A node whose frame moved too stays in it; one that cannot stand there stays where it belongs.
    if (!node || !box || chosen.has(node.network ?? '')) continue;
    const frame = frameAt(checked, centreOf(box));
    if (frame === node.network || !canStandIn(node.kind, frame)) {
      // A layer dragged out of its network is allowed out, and the canvas offers to fix it.
      if (frame !== undefined || node.network === undefined) continue;
    }
    groups.set(frame, [...(groups.get(frame) ?? []), id]);
  }
  return [...groups].reduce((current, [frame, members]) => reparent(current, members, frame), graph);
}

/** Nodes of the game that may stand in networks only. */
export function findMisplaced(graph: Graph, ids: readonly string[]): string[] {
  const chosen = new Set(ids);
  return graph.nodes
    .filter(
      ({ id, kind, network }) => network === undefined && chosen.has(id) && !canStandIn(kind, undefined),
    )
    .map(({ id }) => id);
}
