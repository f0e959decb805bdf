import type { Checked } from '@/lib/check/checked';
import { moveNodes } from '@/lib/edit/move';
import type { Graph } from '@/lib/graph/schema';
import { type Box, boxOf, type Point } from './boxes';

/** Lines things up on the canvas. Pure. */
export type Alignment = 'left' | 'centre' | 'right' | 'top' | 'middle' | 'bottom';
type Axis = 'x' | 'y';

interface Placed {
  readonly id: string;
  readonly box: Box;
}

/** What moves by itself: a node whose frame is chosen too moves with it. */
function placed(checked: Checked, ids: readonly string[]): readonly Placed[] {
  const chosen = new Set(ids);
  return ids.flatMap((id) => {
    if (chosen.has(checked.nodes.get(id)?.node.network ?? '')) return [];
    const box = boxOf(checked, id);
    return box ? [{ id, box }] : [];
  });
}

/** Moves things to absolute corners: frames are subtracted again. */
function moveTo(graph: Graph, checked: Checked, corners: ReadonlyMap<string, Point>): Graph {
  const positions = new Map<string, Point>();
  for (const [id, [x, y]] of corners) {
    const frame = checked.networks.get(checked.nodes.get(id)?.node.network ?? '')?.network.at ?? [0, 0];
    positions.set(id, [Math.round(x - frame[0]), Math.round(y - frame[1])]);
  }
  return moveNodes(graph, positions);
}

export function align(graph: Graph, checked: Checked, ids: readonly string[], how: Alignment): Graph {
  const items = placed(checked, ids);
  if (items.length < 2) return graph;
  const left = Math.min(...items.map(({ box }) => box.x));
  const right = Math.max(...items.map(({ box }) => box.x + box.width));
  const top = Math.min(...items.map(({ box }) => box.y));
  const bottom = Math.max(...items.map(({ box }) => box.y + box.height));
  const corner = ({ x, y, width, height }: Box): Point => {
    switch (how) {
      case 'left':
        return [left, y];
      case 'centre':
        return [(left + right - width) / 2, y];
      case 'right':
        return [right - width, y];
      case 'top':
        return [x, top];
      case 'middle':
        return [x, (top + bottom - height) / 2];
      case 'bottom':
        return [x, bottom - height];
    }
  };
  return moveTo(graph, checked, new Map(items.map(({ id, box }) => [id, corner(box)])));
}

/** Equal gaps between things along an axis; the first and the last stay. */
export function distribute(graph: Graph, checked: Checked, ids: readonly string[], axis: Axis): Graph {
  const extent = axis === 'x' ? 'width' : 'height';
  const items = [...placed(checked, ids)].sort((a, b) => a.box[axis] - b.box[axis]);
  const first = items[0];
  const last = items.at(-1);
  if (!first || !last || items.length < 3) return graph;
  const span = last.box[axis] + last.box[extent] - first.box[axis];
  const gap = (span - items.reduce((sum, { box }) => sum + box[extent], 0)) / (items.length - 1);
  const corners = new Map<string, Point>();
  let at = first.box[axis];
  for (const { id, box } of items) {
    corners.set(id, axis === 'x' ? [at, box.y] : [box.x, at]);
    at += box[extent] + gap;
  }
  return moveTo(graph, checked, corners);
}
