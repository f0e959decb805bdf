import type { Checked } from '@/lib/check/checked';
import type { Point } from './boxes';
import { sizeOfNode } from './card-size';
import type { Placed } from './layered';

/**
 * The stage: views, and the metrics after them, in a row below the game, each to the right of what it shows; or,
 * where the game is tall, beside it in columns. Pure.
 */
const GAP = 48;
const METRIC_GAP = 16;
const BETWEEN_COLUMNS = 56;

/** Views and metrics, and the calls and sources that only they read. */
export function shownOnly(checked: Checked): ReadonlySet<string> {
  const found = new Set<string>();
  const game = [...checked.nodes.values()].filter(({ node }) => node.network === undefined);
  for (const { node, definition } of game)
    if (definition?.role === 'view' || definition?.role === 'metric') found.add(node.id);
  for (let before = -1; before < found.size; ) {
    before = found.size;
    for (const { node, wiredTo } of game)
      if (wiredTo.length > 0 && wiredTo.every(({ id }) => found.has(id))) found.add(node.id);
  }
  return found;
}

/** In a row, given where what they read stands; `top` and `left` at least. */
export function placeBelow(
  checked: Checked,
  ids: readonly string[],
  others: ReadonlyMap<string, Point>,
  left: number,
  top: number,
): Placed {
  const sizeOf = sizeIn(checked);
  const earliest = (id: string): number => {
    const ends = [...(checked.nodes.get(id)?.wiredFrom.values() ?? [])].flat();
    const edges = ends.map((end) => {
      const at = others.get(end.id);
      return at ? at[0] + sizeOf(end.id).width + GAP : 0;
    });
    return Math.max(left, ...edges);
  };
  const isView = isViewIn(checked);
  const views = ids.filter(isView).sort((a, b) => earliest(a) - earliest(b));
  const metrics = ids.filter((id) => !isView(id)).sort((a, b) => earliest(a) - earliest(b));
  const positions = new Map<string, Point>();
  let [x, bottom] = [left, top];
  for (const id of views) {
    x = Math.max(x, earliest(id));
    positions.set(id, [x, top]);
    x += sizeOf(id).width + GAP;
    bottom = Math.max(bottom, top + sizeOf(id).height);
  }
  const floor = Math.max(bottom, top + 180);
  let [y, column] = [top, 0];
  for (const id of metrics) {
    const { width, height } = sizeOf(id);
    if (y > top && y + height > floor) {
      x += column + BETWEEN_COLUMNS;
      [y, column] = [top, 0];
    }
    x = Math.max(x, earliest(id));
    positions.set(id, [x, y]);
    y += height + METRIC_GAP;
    column = Math.max(column, width);
    bottom = Math.max(bottom, y - METRIC_GAP);
  }
  const right = Math.max(0, ...[...positions].map(([id, at]) => at[0] + sizeOf(id).width));
  return { positions, width: right, height: positions.size === 0 ? 0 : bottom - top };
}

/** In columns of at most some height. */
export function placeBeside(
  checked: Checked,
  ids: readonly string[],
  others: ReadonlyMap<string, Point>,
  left: number,
  most: number,
): Placed {
  const heightOf = (id: string): number => {
    const ends = [...(checked.nodes.get(id)?.wiredFrom.values() ?? [])].flat();
    return ends.reduce((sum, end) => sum + (others.get(end.id)?.[1] ?? 0), 0) / Math.max(1, ends.length);
  };
  const sizeOf = sizeIn(checked);
  const isView = isViewIn(checked);
  const positions = new Map<string, Point>();
  let [x, y, column, bottom] = [left, 0, 0, 0];
  // In the order of what they read, so that few wires cross.
  const sorted = [...ids].sort((a, b) => heightOf(a) - heightOf(b));
  for (const id of [...sorted.filter(isView), ...sorted.filter((id) => !isView(id))]) {
    const { width, height } = sizeOf(id);
    if (y > 0 && y + height > most) {
      x += column + BETWEEN_COLUMNS;
      [y, column] = [0, 0];
    }
    positions.set(id, [x, y]);
    bottom = Math.max(bottom, y + height);
    y += height + 2 * METRIC_GAP;
    column = Math.max(column, width);
  }
  return { positions, width: x + column, height: bottom };
}

export const sizeIn = (checked: Checked) => (id: string) => {
  const found = checked.nodes.get(id);
  return found ? sizeOfNode(found, checked) : { width: 0, height: 0 };
};

const isViewIn = (checked: Checked) => (id: string) => checked.nodes.get(id)?.definition?.role === 'view';
