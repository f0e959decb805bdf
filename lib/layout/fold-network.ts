import { setNetwork } from '@/lib/edit/set';
import type { Graph } from '@/lib/graph/schema';
import { COLLAPSED } from './geometry';
import { beyond, isFree, shift, topLevelBoxes } from './make-room';

/**
 * Collapsing a network frees its space: what stands below moves up, where nothing is in its way; expanding gives
 * the space back, where it is needed. One undoes the other. Pure.
 */
export function foldNetwork(graph: Graph, id: string, collapsed: boolean): Graph {
  const network = graph.networks.find((candidate) => candidate.id === id);
  if (!network || network.collapsed === collapsed) return graph;
  const folded = setNetwork(graph, id, { collapsed });
  const by = network.size[1] - COLLAPSED.height;
  if (by <= 0) return folded;
  const boxes = topLevelBoxes(graph);
  const height = network.collapsed ? COLLAPSED.height : network.size[1];
  const box = { x: network.at[0], y: network.at[1], width: network.size[0], height };
  const { ids, gap } = beyond(boxes, box, 'bottom');
  // Further below it is clear of the frame, open or not.
  if (ids.length === 0 || gap >= by) return folded;
  if (!collapsed) return shift(folded, boxes, ids, 'bottom', by);
  const after = new Map(boxes).set(id, { ...box, ...COLLAPSED });
  return isFree(after, ids, [0, -by]) ? shift(folded, boxes, ids, 'top', by) : folded;
}
