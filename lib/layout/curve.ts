import type { Point } from './boxes';

/** The line of a wire: one smooth bend from end to end, or straight runs with rounded corners. Pure. */
type Side = 'left' | 'right';

export interface End {
  readonly at: Point;
  readonly side: Side;
}

export interface Curve {
  /** Of a bend: start, two controls, end. Of straight runs: their corners. */
  readonly points: readonly Point[];
  readonly isBend: boolean;
}

/** Corners are rounded with this radius where there is room. */
const RADIUS = 14;
const SAMPLES = 24;

export const outwards = (side: Side): 1 | -1 => (side === 'right' ? 1 : -1);

/** Controls reach half the way towards the other end, and a little out where it lies behind. */
export function bendBetween(from: End, to: End): Curve {
  const control = ({ at, side }: End, other: Point): Point => {
    const ahead = (other[0] - at[0]) * outwards(side);
    const reach = ahead >= 0 ? ahead / 2 : 6.25 * Math.sqrt(-ahead);
    return [at[0] + outwards(side) * reach, at[1]];
  };
  return { points: [from.at, control(from, to.at), control(to, from.at), to.at], isBend: true };
}

/** A bend is short between neighbours: over more than this both across and down it would slant through free room. */
const ACROSS = 120;
const DOWN = 32;
/** Of ends that look the same way; the bend is round them. */
const ASIDE = 64;

export function isShortBend(from: End, to: End): boolean {
  const across = (to.at[0] - from.at[0]) * outwards(from.side);
  if (from.side === to.side) return Math.abs(across) <= ASIDE;
  return across >= 0 && (across <= ACROSS || Math.abs(to.at[1] - from.at[1]) <= DOWN);
}

/** The line as points from end to end. */
export function pointsAlong({ points, isBend }: Curve): readonly Point[] {
  const [a, b, c, d] = points;
  if (!isBend || !a || !b || !c || !d) return points;
  return Array.from({ length: SAMPLES + 1 }, (_, i): Point => {
    const t = i / SAMPLES;
    const left = 1 - t;
    const [p, q, r, s] = [left ** 3, 3 * left ** 2 * t, 3 * left * t ** 2, t ** 3];
    return [p * a[0] + q * b[0] + r * c[0] + s * d[0], p * a[1] + q * b[1] + r * c[1] + s * d[1]];
  });
}

/** The point at a share of the line's length. */
export function pointAt(curve: Curve, share: number): Point {
  const points = pointsAlong(curve);
  const lengths = points.slice(1).map((point, i) => distance(points[i] as Point, point));
  let left = share * lengths.reduce((sum, length) => sum + length, 0);
  for (const [i, length] of lengths.entries()) {
    const [from, to] = [points[i] as Point, points[i + 1] as Point];
    if (left <= length && length > 0) return between(from, to, left / length);
    left -= length;
  }
  return points.at(-1) as Point;
}

const distance = (a: Point, b: Point): number => Math.hypot(b[0] - a[0], b[1] - a[1]);
const between = (a: Point, b: Point, share: number): Point => [
  a[0] + share * (b[0] - a[0]),
  a[1] + share * (b[1] - a[1]),
];

/** As SVG has it. */
export function pathOf({ points, isBend }: Curve): string {
  const [start, ...rest] = points.map(([x, y]): Point => [round(x), round(y)]);
  if (!start) return '';
  if (isBend) return `M${start} C${rest.join(' ')}`;
  const parts = rest.map((corner, i) => {
    const next = rest[i + 1];
    if (!next) return `L${corner}`;
    const before = i === 0 ? start : (rest[i - 1] as Point);
    const radius = Math.min(RADIUS, distance(before, corner) / 2, distance(corner, next) / 2);
    const into = between(corner, before, radius / (distance(before, corner) || 1));
    const out = between(corner, next, radius / (distance(corner, next) || 1));
    return `L${into} Q${corner} ${out}`;
  });
  return `M${start} ${parts.join(' ')}`;
}

const round = (value: number): number => Math.round(10 * value) / 10;
