import type { Checked } from '@/lib/check/checked';
import { checkedOf } from '@/lib/edit/checked-of';
import { moveNodes, resize } from '@/lib/edit/move';
import type { Graph } from '@/lib/graph/schema';
import type { Point } from './boxes';
import { sizeOfNode } from './card-size';
import { FRAME_HEADER } from './geometry';
import { makeRoom, type Side } from './make-room';

/** A frame holds its nodes: it grows where they are dragged past its edge. Pure. */
type Growth = Readonly<Record<Side, number>>;

const ROOM: Growth = { left: 20, top: FRAME_HEADER + 8, right: 20, bottom: 20 };
const sides = ['left', 'top', 'right', 'bottom'] as const;

/** How far an open frame grows for nodes of it at new positions, relative to it; undefined where it holds them. */
export function growthFor(
  checked: Checked,
  frame: string | undefined,
  positions: ReadonlyMap<string, Point>,
): Growth | undefined {
  const network = checked.networks.get(frame ?? '')?.network;
  if (!network || network.collapsed || positions.has(network.id)) return undefined;
  const growth = { left: 0, top: 0, right: 0, bottom: 0 };
  for (const [id, [x, y]] of positions) {
    const found = checked.nodes.get(id);
    if (found?.node.network !== network.id) continue;
    const { width, height } = sizeOfNode(found, checked);
    growth.left = Math.max(growth.left, ROOM.left - x);
    growth.top = Math.max(growth.top, ROOM.top - y);
    growth.right = Math.max(growth.right, x + width + ROOM.right - network.size[0]);
    growth.bottom = Math.max(growth.bottom, y + height + ROOM.bottom - network.size[1]);
  }
  return sides.some((side) => growth[side] > 0) ? growth : undefined;
}

/** Frames that hold their nodes where they are now, and the room for them. */
export function growFrames(graph: Graph, ids: readonly string[]): Graph {
  const { nodes } = checkedOf(graph);
  const at = new Map(
    [...ids].flatMap((id) => {
      const node = nodes.get(id)?.node;
      return node ? [[id, node.at] as const] : [];
    }),
  );
  const frames = new Set(ids.flatMap((id) => nodes.get(id)?.node.network ?? []));
  return [...frames].reduce((current, frame) => {
    if (ids.includes(frame)) return current;
    const growth = growthFor(checkedOf(current), frame, at);
    return growth ? grow(current, frame, growth) : current;
  }, graph);
}

/** What stands in it keeps its place on the canvas. */
function grow(graph: Graph, frame: string, growth: Growth): Graph {
  const room = sides.reduce((current, side) => makeRoom(current, frame, side, growth[side]), graph);
  const network = room.networks.find(({ id }) => id === frame);
  if (!network) return graph;
  const { left, top, right, bottom } = growth;
  const size: Point = [network.size[0] + left + right, network.size[1] + top + bottom];
  const resized = resize(room, frame, size, [network.at[0] - left, network.at[1] - top]);
  if (left + top === 0 || resized === room) return resized;
  const inside = room.nodes.filter((node) => node.network === frame);
  return moveNodes(resized, new Map(inside.map(({ id, at }) => [id, [at[0] + left, at[1] + top] as const])));
}
