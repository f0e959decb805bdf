import { type Box, overlaps, type Point } from '@/lib/layout/boxes';

/** Of a wire from left to right or back, as React Flow bends it: how far its controls are from its ends. */
const reach = (distance: number): number => (distance >= 0 ? distance / 2 : 0.25 * 25 * Math.sqrt(-distance));

/** The point at a share of the way along a wire that leaves a right side and enters a left one. */
export function pointOn([x0, y0]: Point, [x3, y3]: Point, share: number): Point {
  const bend = reach(x3 - x0);
  const [x1, x2] = [x0 + bend, x3 - bend];
  const left = 1 - share;
  const [a, b, c, d] = [left ** 3, 3 * left ** 2 * share, 3 * left * share ** 2, share ** 3];
  return [a * x0 + b * x1 + c * x2 + d * x3, (a + b) * y0 + (c + d) * y3];
}

/** Labels stand this much above their wire. */
export const LABEL_RISE = 9;

const shares = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8] as const;

/**
 * How far along a wire its label stands: in the middle, or as near to it as no card is in the way; undefined
 * where cards are in the way all along.
 */
export function labelShare(
  start: Point,
  end: Point,
  label: string,
  cards: readonly Box[],
): number | undefined {
  const width = 6 * label.length;
  const isFree = (share: number) => {
    const [x, y] = pointOn(start, end, share);
    const box = { x: x - width / 2, y: y - LABEL_RISE - 6, width, height: 12 };
    return !cards.some((card) => overlaps(card, box));
  };
  return shares.find(isFree);
}
