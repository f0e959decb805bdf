import type { Checked, CheckedNode } from '@/lib/check/checked';
import type { Box, Point } from './boxes';
import { sizeOfNode } from './card-size';
import type { Placed } from './layered';

/** The stage: views, and the metrics after them, below the game or beside it, wherever it leaves room. Pure. */
const BESIDE = 30;
const BELOW = 28;

/** What is shown of a game: views, metrics, and blocks that move nothing and that nothing reads. */
export function isStaged({ node, definition, use, wiredTo, inputs }: CheckedNode): boolean {
  if (node.network !== undefined) return false;
  if (use) return wiredTo.length === 0 && inputs.every(({ type }) => type !== 'theta');
  return definition?.role === 'view' || definition?.role === 'metric';
}

/** What is staged, and the calls and sources that only that reads. */
export function shownOnly(checked: Checked): ReadonlySet<string> {
  const found = new Set<string>();
  const game = [...checked.nodes.values()].filter(({ node }) => node.network === undefined);
  for (const checkedNode of game) if (isStaged(checkedNode)) found.add(checkedNode.node.id);
  for (let before = -1; before < found.size; ) {
    before = found.size;
    for (const { node, wiredTo } of game)
      if (wiredTo.length > 0 && wiredTo.every(({ id }) => found.has(id))) found.add(node.id);
  }
  return found;
}

/**
 * Each as far to the left as may be, views first: to the right of what it reads and of all that stands in its rows,
 * down to `lowest`; or at the top, where no rows are free. Metrics stand beside players, whose θ then goes round them,
 * and below views only where all would be wider than `widest` otherwise.
 */
export function placeStage(
  checked: Checked,
  ids: readonly string[],
  others: ReadonlyMap<string, Point>,
  { lowest, widest }: { readonly lowest: number; readonly widest: number },
): Placed {
  const sizeOf = sizeIn(checked);
  const items = itemsOf(checked, ids, others);
  const game = [...others].map(([id, [x, y]]) => ({ x, y, ...sizeOf(id) }));
  const players = [...others.keys()].filter((id) => checked.nodes.get(id)?.definition?.role === 'optimizer');
  const lastPlayer = Math.max(0, ...players.map((id) => (others.get(id)?.[1] ?? 0) + sizeOf(id).height));
  let stage = place({ belowViews: false, from: lastPlayer });
  if (stage.width > widest) stage = place({ belowViews: false, from: 0 });
  return stage.width > widest ? place({ belowViews: true, from: 0 }) : stage;

  function place({ belowViews, from }: { readonly belowViews: boolean; readonly from: number }): Placed {
    const views: Box[] = [];
    const metrics: Box[] = [];
    const positions = new Map<string, Point>();
    for (const { id, isView, left } of items) {
      const size = sizeOf(id);
      const taken = [...game, ...views, ...metrics];
      const above = isView || belowViews ? taken : [...game, ...metrics];
      const tops = [0, ...above.map(({ y, height }) => y + height + BELOW)].filter(
        (y) => (isView || y >= from) && (y === 0 || y + size.height <= lowest),
      );
      const boxes = (tops.length > 0 ? tops : [0]).map((y) => ({
        x: Math.max(left, freeFrom(taken, y, size.height)),
        y,
        ...size,
      }));
      const box = boxes.reduce((best, next) =>
        next.x < best.x || (next.x === best.x && next.y < best.y) ? next : best,
      );
      (isView ? views : metrics).push(box);
      positions.set(id, [box.x, box.y]);
    }
    const placed = [...views, ...metrics];
    return {
      positions,
      width: Math.max(0, ...placed.map(({ x, width }) => x + width)),
      height: Math.max(0, ...placed.map(({ y, height }) => y + height)),
    };
  }
}

/** Views, then metrics, in the order of what they read, so that few wires cross. */
function itemsOf(checked: Checked, ids: readonly string[], others: ReadonlyMap<string, Point>) {
  const sizeOf = sizeIn(checked);
  const items = ids.map((id) => {
    const found = checked.nodes.get(id);
    const read = [...(found?.wiredFrom.values() ?? [])].flat().flatMap((end) => {
      const at = others.get(end.id);
      return at ? [{ right: at[0] + sizeOf(end.id).width, y: at[1] }] : [];
    });
    return {
      id,
      isView: found?.definition?.role === 'view',
      left: Math.max(0, ...read.map(({ right }) => right + BESIDE)),
      height: read.reduce((sum, { y }) => sum + y, 0) / Math.max(1, read.length),
    };
  });
  return items.sort((a, b) => Number(b.isView) - Number(a.isView) || a.left - b.left || a.height - b.height);
}

/** Right of all that stands in some rows. */
const freeFrom = (boxes: readonly Box[], top: number, height: number): number =>
  Math.max(
    0,
    ...boxes
      .filter((box) => box.y < top + height + BELOW && top < box.y + box.height + BELOW)
      .map((box) => box.x + box.width + BESIDE),
  );

export const sizeIn = (checked: Checked) => (id: string) => {
  const found = checked.nodes.get(id);
  return found ? sizeOfNode(found, checked) : { width: 0, height: 0 };
};
