import type { Checked } from '@/lib/check/checked';
import { type Graph, splitEndpoint } from '@/lib/graph/schema';
import type { PortType } from '@/lib/nodes/define';
import { callParams } from '@/lib/nodes/role-params';
import type { Box, Point } from './boxes';
import { sizeOfNode } from './card-size';
import { COLLAPSED, FRAME_HEADER } from './geometry';

/**
 * Where every frame, card and wire of a document is, as plain numbers: for fitting, finding what is in view,
 * drawing from afar and picking. Ten thousand nodes take some milliseconds, once per document.
 */
export interface Layout {
  /** Frames first, then cards, each in document order. */
  readonly ids: readonly string[];
  readonly frames: number;
  /** The index of each id: an item is known by it. */
  readonly itemOf: ReadonlyMap<string, number>;
  /** x, y, width, height of each. */
  readonly boxes: Float64Array;
  /** The frame that a card stands in, as an item; -1 in the game. */
  readonly parents: Int32Array;
  /** The network's colour for frames, their nodes and their calls. */
  readonly colors: readonly (string | undefined)[];
  /** 1 for calls, which are filled with their network's colour. */
  readonly filled: Uint8Array;
  readonly wires: readonly LaidWire[];
  readonly bounds: Box | undefined;
}

interface LaidWire {
  /** In the document. */
  readonly index: number;
  readonly type: PortType;
  /** Places in the layout of what it leaves and enters. */
  readonly from: number;
  readonly to: number;
}

export function layOut(graph: Graph, checked: Checked, thetaWires: boolean): Layout {
  const ids: string[] = [];
  const colors: (string | undefined)[] = [];
  const networks = new Map(graph.networks.map((network) => [network.id, network]));
  const most = graph.networks.length + graph.nodes.length;
  const boxes = new Float64Array(4 * most);
  const parents = new Int32Array(most).fill(-1);
  const filled = new Uint8Array(most);
  const frameOf = new Map(graph.networks.map(({ id }, item) => [id, item]));
  for (const { id, at, size, collapsed, color } of graph.networks) {
    const [width, height] = collapsed ? [COLLAPSED.width, COLLAPSED.height] : size;
    boxes.set([at[0], at[1], width, height], 4 * ids.length);
    ids.push(id);
    colors.push(color);
  }
  const frames = ids.length;
  for (const node of graph.nodes) {
    const frame = node.network === undefined ? undefined : networks.get(node.network);
    const found = checked.nodes.get(node.id);
    if (frame?.collapsed || !found) continue;
    const [left, top] = frame?.at ?? [0, 0];
    const { width, height } = sizeOfNode(found, checked);
    boxes.set([left + node.at[0], top + node.at[1], width, height], 4 * ids.length);
    parents[ids.length] = frameOf.get(node.network ?? '') ?? -1;
    const applied = callParams(found)?.network;
    filled[ids.length] = applied === undefined ? 0 : 1;
    ids.push(node.id);
    colors.push((applied === undefined ? frame : networks.get(applied))?.color);
  }
  const itemOf = new Map(ids.map((id, item) => [id, item]));
  return {
    ids,
    frames,
    itemOf,
    boxes,
    parents,
    colors,
    filled,
    wires: layWires(graph, checked, itemOf, frames, thetaWires),
    bounds: boundsOf(boxes, ids.length),
  };
}

function layWires(
  graph: Graph,
  checked: Checked,
  itemOf: ReadonlyMap<string, number>,
  frames: number,
  thetaWires: boolean,
): LaidWire[] {
  const laid: LaidWire[] = [];
  graph.wires.forEach(([out, into], index) => {
    const source = splitEndpoint(out);
    const target = splitEndpoint(into);
    const from = itemOf.get(source.id);
    const to = itemOf.get(target.id);
    if (from === undefined || to === undefined || to < frames) return;
    const isTheta = from < frames;
    if (isTheta && !thetaWires) return;
    const output = checked.nodes.get(source.id)?.outputs.find(({ name }) => name === source.port);
    laid.push({ index, from, to, type: isTheta ? 'theta' : (output?.type ?? 'tensor') });
  });
  return laid;
}

function boundsOf(boxes: Float64Array, count: number): Box | undefined {
  if (count === 0) return undefined;
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < 4 * count; i += 4) {
    const x = boxes[i] as number;
    const y = boxes[i + 1] as number;
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + (boxes[i + 2] as number));
    bottom = Math.max(bottom, y + (boxes[i + 3] as number));
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** The box of one item. */
export function boxAt({ boxes }: Layout, item: number): Box {
  const [x = 0, y = 0, width = 0, height = 0] = boxes.subarray(4 * item, 4 * item + 4);
  return { x, y, width, height };
}

/** Of some items, as far as they are on the canvas; of all where none are named. */
export function boundsOfItems(layout: Layout, ids?: readonly string[]): Box | undefined {
  if (!ids) return layout.bounds;
  const found = ids.flatMap((id) => {
    const item = layout.itemOf.get(id);
    return item === undefined ? [] : [...layout.boxes.subarray(4 * item, 4 * item + 4)];
  });
  return boundsOf(Float64Array.from(found), found.length / 4);
}

/** Where a wire leaves and enters: the middle of the card's side, the header of a frame. */
export function wireEnds({ boxes, frames }: Layout, { from, to }: LaidWire): readonly [Point, Point] {
  const at = (i: number) => boxes[i] as number;
  const height = from < frames ? FRAME_HEADER : at(4 * from + 3);
  return [
    [at(4 * from) + at(4 * from + 2), at(4 * from + 1) + height / 2],
    [at(4 * to), at(4 * to + 1) + at(4 * to + 3) / 2],
  ];
}

const touches = (boxes: Float64Array, item: number, view: Box): boolean => {
  const i = 4 * item;
  const x = boxes[i] as number;
  const y = boxes[i + 1] as number;
  return (
    x < view.x + view.width &&
    x + (boxes[i + 2] as number) > view.x &&
    y < view.y + view.height &&
    y + (boxes[i + 3] as number) > view.y
  );
};

/** Places of the cards that lie in a part of the canvas. */
export function cardsIn({ boxes, ids, frames }: Layout, view: Box): number[] {
  const found: number[] = [];
  for (let item = frames; item < ids.length; item++) if (touches(boxes, item, view)) found.push(item);
  return found;
}

/** The wires whose ends span a part of the canvas. */
export function wiresIn(layout: Layout, view: Box): LaidWire[] {
  const { boxes } = layout;
  return layout.wires.filter(({ from, to }) => {
    const [a, b] = [4 * from, 4 * to];
    const [ax, ay, bx, by] = [boxes[a], boxes[a + 1], boxes[b], boxes[b + 1]] as [
      number,
      number,
      number,
      number,
    ];
    const right = Math.max(ax + (boxes[a + 2] as number), bx + (boxes[b + 2] as number));
    const bottom = Math.max(ay + (boxes[a + 3] as number), by + (boxes[b + 3] as number));
    return (
      Math.min(ax, bx) < view.x + view.width &&
      right > view.x &&
      Math.min(ay, by) < view.y + view.height &&
      bottom > view.y
    );
  });
}

/** The card at a point, the last drawn first; or else the nearest within some slack. */
export function cardAt({ boxes, ids, frames }: Layout, [x, y]: Point, slack = 0): string | undefined {
  let nearest: string | undefined;
  let least = slack;
  for (let item = ids.length - 1; item >= frames; item--) {
    const left = boxes[4 * item] as number;
    const top = boxes[4 * item + 1] as number;
    const dx = Math.max(left - x, x - left - (boxes[4 * item + 2] as number), 0);
    const dy = Math.max(top - y, y - top - (boxes[4 * item + 3] as number), 0);
    if (dx === 0 && dy === 0) return ids[item];
    const distance = Math.hypot(dx, dy);
    if (distance > least) continue;
    least = distance;
    nearest = ids[item];
  }
  return nearest;
}
