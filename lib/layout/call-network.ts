import { checkedOf } from '@/lib/edit/checked-of';
import { type Edited, kindOfRole, type PortEnd } from '@/lib/edit/edited';
import type { Graph } from '@/lib/graph/schema';
import { boxOf, freePosition, type Point } from './boxes';
import { insertNode } from './insert';

const GAP = 60;
const PILL = { width: 100, height: 40 };

/** A call of a network at the end of a wire of the game: beside what the wire comes from. Pure. */
export function callNetwork(graph: Graph, network: string, from: PortEnd): Edited {
  const checked = checkedOf(graph);
  const box = boxOf(checked, from.id);
  if (!box) return { graph, ids: [] };
  const x = from.side === 'output' ? box.x + box.width + GAP : box.x - GAP - PILL.width;
  const at: Point = freePosition(checked, [x, box.y + box.height / 2 - PILL.height / 2], true, PILL);
  return insertNode(graph, { kind: kindOfRole('call'), params: { network }, at, from });
}
