import type { Checked } from '@/lib/check/checked';
import { boxOf, overlaps, type Point } from './boxes';

/** How far a card is off the row or column of its neighbours to be put into it, in the canvas' units. */
const REACH = 30;
const SIZE = { width: 140, height: 40 };

/** A place in the row and the column of the cards near it in the same frame, where that covers none of them. Pure. */
export function snap(checked: Checked, frame: string | undefined, [x, y]: Point): Point {
  const boxes = checked.graph.nodes
    .filter(({ network }) => network === frame)
    .flatMap(({ id }) => boxOf(checked, id) ?? []);
  const nearest = (values: readonly number[], to: number): number =>
    values.reduce(
      (best, value) => (Math.abs(value - to) < Math.abs(best - to) ? value : best),
      Number.POSITIVE_INFINITY,
    );
  const column = nearest(
    boxes.map((box) => box.x),
    x,
  );
  const row = nearest(
    boxes.map((box) => box.y),
    y,
  );
  const at: Point = [Math.abs(column - x) <= REACH ? column : x, Math.abs(row - y) <= REACH ? row : y];
  const isFree = ([left, top]: Point) => !boxes.some((box) => overlaps({ x: left, y: top, ...SIZE }, box, 8));
  return [at, [x, at[1]] as const, [at[0], y] as const].find(isFree) ?? [x, y];
}
