import type { Checked } from '@/lib/check/checked';
import type { Graph } from '@/lib/graph/schema';
import { sizeOfNode } from './convert';
import { COLLAPSED } from './geometry';

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
  return { x: origin[0] + x, y: origin[1] + y, ...sizeOfNode(found) };
}

export const centreOf = ({ x, y, width, height }: Box): Point => [x + width / 2, y + height / 2];

const contains = ({ x, y, width, height }: Box, [px, py]: Point): boolean =>
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

/** The point itself, or the next one to the lower right where no other node's corner is close. */
export function freePlace(checked: Checked, [x, y]: Point): Point {
  const corners = new Set<string>();
  const cell = (px: number, py: number) => `${Math.round(px / 20)} ${Math.round(py / 20)}`;
  for (const id of checked.nodes.keys()) {
    const box = boxOf(checked, id);
    if (box) corners.add(cell(box.x, box.y));
  }
  let place: Point = [Math.round(x), Math.round(y)];
  while (corners.has(cell(place[0], place[1]))) place = [place[0] + 30, place[1] + 30];
  return place;
}
