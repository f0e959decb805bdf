import { checkedOf } from '@/lib/edit/checked-of';
import { moveNodes } from '@/lib/edit/move';
import type { Graph } from '@/lib/graph/schema';
import { type Box, boxOf, overlaps, type Point } from './boxes';

/** Room round a frame that changes its size: what lies beyond its side moves, as one. Pure. */
export type Side = 'left' | 'top' | 'right' | 'bottom';

const GAP = 20;

const outwards: Readonly<Record<Side, Point>> = {
  left: [-1, 0],
  top: [0, -1],
  right: [1, 0],
  bottom: [0, 1],
};

/** Frames, and what stands in the game. */
export function topLevelBoxes(graph: Graph): ReadonlyMap<string, Box> {
  const checked = checkedOf(graph);
  const ids = [...graph.networks, ...graph.nodes.filter(({ network }) => network === undefined)];
  return new Map(
    ids.flatMap(({ id }) => {
      const box = boxOf(checked, id);
      return box ? [[id, box] as const] : [];
    }),
  );
}

/** What lies beyond a box's side and beside it there, and what lies beyond that in turn; and how far the nearest is. */
export function beyond(boxes: ReadonlyMap<string, Box>, from: Box, side: Side) {
  const found = new Map<string, Box>();
  const follow = (start: Box) => {
    for (const [id, box] of boxes)
      if (!found.has(id) && isBeyond(start, box, side)) {
        found.set(id, box);
        follow(box);
      }
  };
  follow(from);
  const gaps = [...found.values()].filter((box) => isBeyond(from, box, side));
  return { ids: [...found.keys()], gap: Math.min(...gaps.map((box) => gapBetween(from, box, side))) };
}

function isBeyond(a: Box, b: Box, side: Side): boolean {
  const isBeside =
    side === 'left' || side === 'right'
      ? a.y < b.y + b.height && b.y < a.y + a.height
      : a.x < b.x + b.width && b.x < a.x + a.width;
  return isBeside && gapBetween(a, b, side) >= 0;
}

function gapBetween(a: Box, b: Box, side: Side): number {
  switch (side) {
    case 'left':
      return a.x - b.x - b.width;
    case 'right':
      return b.x - a.x - a.width;
    case 'top':
      return a.y - b.y - b.height;
    case 'bottom':
      return b.y - a.y - a.height;
  }
}

/** Before a frame grows over one of its sides: what it would cover moves along, with a gap as it had, or a small one. */
export function makeRoom(graph: Graph, frame: string, side: Side, by: number): Graph {
  const boxes = topLevelBoxes(graph);
  const box = boxes.get(frame);
  if (!box || by <= 0) return graph;
  const { ids, gap } = beyond(boxes, box, side);
  const push = by + Math.min(gap, GAP) - gap;
  return push > 0 ? shift(graph, boxes, ids, side, push) : graph;
}

export function shift(
  graph: Graph,
  boxes: ReadonlyMap<string, Box>,
  ids: readonly string[],
  side: Side,
  by: number,
): Graph {
  const [dx, dy] = outwards[side];
  const moved = ids.flatMap((id) => {
    const box = boxes.get(id);
    return box ? [[id, [box.x + dx * by, box.y + dy * by]] as const] : [];
  });
  return moveNodes(graph, new Map(moved));
}

/** Whether some boxes, moved, lie on none of the others. */
export function isFree(boxes: ReadonlyMap<string, Box>, ids: readonly string[], [dx, dy]: Point): boolean {
  const moving = new Set(ids);
  const others = [...boxes].filter(([id]) => !moving.has(id)).map(([, box]) => box);
  return ids.every((id) => {
    const box = boxes.get(id);
    return !box || !others.some((other) => overlaps({ ...box, x: box.x + dx, y: box.y + dy }, other));
  });
}
