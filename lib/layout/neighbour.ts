import { centreOf, type Point } from './boxes';
import { boxAt, type Layout } from './layout';

/** Which card the arrow keys go to. Cards are given by their index in the layout. */

const middle = (layout: Layout, item: number): Point => centreOf(boxAt(layout, item));

/** The card for which a cost of its middle is least, among those that have one. */
function least(layout: Layout, cost: (at: Point) => number | undefined): number | undefined {
  let best: number | undefined;
  let lowest = Number.POSITIVE_INFINITY;
  for (let item = layout.frames; item < layout.ids.length; item++) {
    const value = cost(middle(layout, item));
    if (value === undefined || value >= lowest) continue;
    lowest = value;
    best = item;
  }
  return best;
}

export const nearestCard = (layout: Layout, [x, y]: Point): number | undefined =>
  least(layout, (at) => Math.hypot(at[0] - x, at[1] - y));

/** The nearest card in a direction; what is off the axis counts as three times as far. */
export function neighbour(layout: Layout, start: number, [dx, dy]: Point): number | undefined {
  const [x, y] = middle(layout, start);
  return least(layout, (at) => {
    const along = (at[0] - x) * dx + (at[1] - y) * dy;
    const across = Math.abs((at[0] - x) * dy) + Math.abs((at[1] - y) * dx);
    return along > 1 ? along + 3 * across : undefined;
  });
}
