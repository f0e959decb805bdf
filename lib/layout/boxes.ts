import type { Checked } from '@/lib/check/checked';
import type { Graph } from '@/lib/graph/schema';
import { sizeOfNode } from './card-size';
import { COLLAPSED, type Size } from './geometry';

/** Where things are on the canvas itself, frames and sizes taken into account. Pure. */
export type Point = readonly [number, number];

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The box of a node or network, or undefined where there is none of that id. */
export function boxOf(checked: Checked, id: string): Box | undefined {
  const frame = checked.networks.get(id)?.network;
  if (frame) {
    const [width, height] = frame.collapsed ? [COLLAPSED.width, COLLAPSED.height] : frame.size;
    return { x: frame.at[0], y: frame.at[1], width, height };
  }
  const found = checked.nodes.get(id);
  if (!found) return undefined;
  const origin = checked.networks.get(found.node.network ?? '')?.network.at ?? [0, 0];
  const [x, y] = found.node.at;
  return { x: origin[0] + x, y: origin[1] + y, ...sizeOfNode(found, checked) };
}

export const centreOf = ({ x, y, width, height }: Box): Point => [x + width / 2, y + height / 2];

export const contains = ({ x, y, width, height }: Box, [px, py]: Point): boolean =>
  px >= x && px <= x + width && py >= y && py <= y + height;

/** The open frame at a point, the last drawn first. */
export function frameAt(checked: Checked, point: Point): string | undefined {
  return checked.graph.networks.findLast(({ id, collapsed }) => {
    const box = collapsed ? undefined : boxOf(checked, id);
    return box !== undefined && contains(box, point);
  })?.id;
}

/** Where the frame begins; the canvas itself at the origin. */
export const originOf = (graph: Graph, network: string | undefined): Point =>
  graph.networks.find(({ id }) => id === network)?.at ?? [0, 0];

export const overlaps = (a: Box, b: Box, gap = 0): boolean =>
  a.x < b.x + b.width + gap &&
  b.x < a.x + a.width + gap &&
  a.y < b.y + b.height + gap &&
  b.y < a.y + a.height + gap;

/**
 * The point, or the nearest below it where a card hides no other, and no frame if it is to stand clear of them;
 * with many in the way it may.
 */
export function freePosition(
  checked: Checked,
  [x, y]: Point,
  clearOfFrames = false,
  size: Size = { width: 140, height: 40 },
): Point {
  const ids = [...(clearOfFrames ? checked.networks.keys() : []), ...checked.nodes.keys()];
  const boxes = ids.flatMap((id) => boxOf(checked, id) ?? []);
  const step = size.height + 20;
  for (let i = 0; i < 50; i++) {
    const box = { x: Math.round(x), y: Math.round(y) + i * step, ...size };
    if (!boxes.some((other) => overlaps(box, other, 8))) return [box.x, box.y];
  }
  return [Math.round(x), Math.round(y)];
}
