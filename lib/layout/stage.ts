import type { Checked } from '@/lib/check/checked';
import type { Point } from './boxes';
import { sizeOfNode } from './card-size';
import type { Placed } from './layered';

/**
 * The stage: views in a row below the game, each to the right of what it shows, and the metrics in columns after
 * them. Pure.
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

/** Positions of views and metrics, given where what they read stands; `top` and `left` at least. */
export function placeStage(
  checked: Checked,
  ids: readonly string[],
  others: ReadonlyMap<string, Point>,
  left: number,
  top: number,
): Placed {
  const sizeOf = (id: string) => {
    const found = checked.nodes.get(id);
    return found ? sizeOfNode(found, checked) : { width: 0, height: 0 };
  };
  const earliest = (id: string): number => {
    const ends = [...(checked.nodes.get(id)?.wiredFrom.values() ?? [])].flat();
    const edges = ends.map((end) => {
      const at = others.get(end.id);
      return at ? at[0] + sizeOf(end.id).width + GAP : 0;
    });
    return Math.max(left, ...edges);
  };
  const isView = (id: string) => checked.nodes.get(id)?.definition?.role === 'view';
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
