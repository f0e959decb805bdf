import type { Checked } from '@/lib/check/checked';
import { type Box, boxOf } from './boxes';
import { formOfNode } from './card-size';
import { PORT, portPositions } from './geometry';

/**
 * How large the square round a port may be that a finger hits: it reaches from a little inside of its card outwards,
 * over no other card and no port of one. Pure.
 */
export const HIT_INSIDE = 13;
/** What a port that faces it takes of the room between, and a little more. */
const FACING = PORT / 2 + 3;
/** Of a document of more nodes ports are as large as they like. */
const MOST_NODES = 300;

/** By node and `end.port`, in units of the canvas; those that nothing is near to are left out. */
export type PortRooms = ReadonlyMap<string, ReadonlyMap<string, number>>;

export function portRooms(checked: Checked): PortRooms {
  const rooms = new Map<string, ReadonlyMap<string, number>>();
  if (checked.graph.nodes.length > MOST_NODES) return rooms;
  for (const [frame, boxes] of boxesByFrame(checked))
    for (const [id, box] of boxes) {
      const found = checked.nodes.get(id);
      if (!found || found.node.network !== frame) continue;
      const others = [...boxes].flatMap(([other, its]) => (other === id ? [] : [its]));
      const own = portPositions(formOfNode(found, checked)).flatMap(({ name, end, side, y }) => {
        const room = roomBeside(box, side, box.y + y, others);
        return Number.isFinite(room) ? [[`${end}.${name}`, Math.round(room)] as const] : [];
      });
      rooms.set(id, new Map(own));
    }
  return rooms;
}

function roomBeside(box: Box, side: 'left' | 'right', middle: number, others: readonly Box[]): number {
  let room = Number.POSITIVE_INFINITY;
  for (const other of others) {
    const [near, far] =
      side === 'right'
        ? [other.x - box.x - box.width, other.x + other.width - box.x - box.width]
        : [box.x - other.x - other.width, box.x - other.x];
    if (far <= -HIT_INSIDE) continue;
    const beside = Math.max(0, other.y - middle, middle - other.y - other.height);
    room = Math.min(room, Math.max(HIT_INSIDE + near - FACING, 2 * beside));
  }
  return room;
}

/** What stands beside each other: cards of a frame, or of the game, with the frames. */
function boxesByFrame(checked: Checked): ReadonlyMap<string | undefined, ReadonlyMap<string, Box>> {
  const frames = new Map<string | undefined, Map<string, Box>>();
  const add = (frame: string | undefined, id: string) => {
    const box = boxOf(checked, id);
    if (box) frames.set(frame, (frames.get(frame) ?? new Map<string, Box>()).set(id, box));
  };
  for (const { id } of checked.graph.networks) add(undefined, id);
  for (const { id, network } of checked.graph.nodes) add(network, id);
  return frames;
}
