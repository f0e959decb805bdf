import { checkedOf } from '@/lib/edit/checked-of';
import type { Edited } from '@/lib/edit/edited';
import { moveNodes } from '@/lib/edit/move';
import { type Box, boxOf, overlaps, type Point } from './boxes';

const GAP = 20;
const MOST_STEPS = 200;

/**
 * A new network and its call where they hide nothing: the frame moves down from where its layers were, the call
 * up from the frame. Ids: network, call.
 */
export function avoidOverlap({ graph, ids }: Edited): Edited {
  const [network, call] = ids;
  if (network === undefined || call === undefined) return { graph, ids };
  const checked = checkedOf(graph);
  const [frame, pill] = [boxOf(checked, network), boxOf(checked, call)];
  if (!frame || !pill) return { graph, ids };
  const others = [
    ...graph.networks.filter(({ id }) => id !== network),
    ...graph.nodes.filter((node) => node.network === undefined && node.id !== call),
  ].flatMap(({ id }) => boxOf(checked, id) ?? []);
  const placed = moveFree(frame, GAP, others);
  const above = { ...pill, x: placed.x, y: placed.y - pill.height - GAP };
  const called = moveFree(above, -GAP, [...others, placed]);
  const positions = new Map<string, Point>([
    [network, [placed.x, placed.y]],
    [call, [called.x, called.y]],
  ]);
  return { graph: moveNodes(graph, positions), ids };
}

/** The box moved up or down by steps until it meets none of the others. */
function moveFree(box: Box, step: number, others: readonly Box[]): Box {
  for (let i = 0; i < MOST_STEPS; i++) {
    const moved = { ...box, y: box.y + i * step };
    if (!others.some((other) => overlaps(moved, other, GAP / 2))) return moved;
  }
  return box;
}
