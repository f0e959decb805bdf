import type { Point } from '@/lib/layout/boxes';

/** What a move of one of the fingers on an element is. */
interface FingerMove {
  readonly moved: Point;
  /** Of two: where the other one rests, and by what factor they are further apart than before. */
  readonly pinch: { readonly around: Point; readonly factor: number } | undefined;
}

/** Which fingers, or pointers, are on an element. */
interface Fingers {
  put(id: number, at: Point): void;
  /** Undefined of one that is not there. */
  move(id: number, to: Point): FingerMove | undefined;
  lift(id: number): void;
}

export function createFingers(): Fingers {
  const places = new Map<number, Point>();
  return {
    put: (id, at) => void places.set(id, at),
    move(id, to) {
      const from = places.get(id);
      if (!from) return undefined;
      const around = [...places].find(([other]) => other !== id)?.[1];
      places.set(id, to);
      const moved: Point = [to[0] - from[0], to[1] - from[1]];
      if (!around) return { moved, pinch: undefined };
      const apart = (at: Point) => Math.max(1, Math.hypot(at[0] - around[0], at[1] - around[1]));
      return { moved, pinch: { around, factor: apart(to) / apart(from) } };
    },
    lift: (id) => void places.delete(id),
  };
}
