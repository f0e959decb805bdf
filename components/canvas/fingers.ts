type Place = readonly [x: number, y: number];

/** What a move of one of the fingers on an element is. */
interface FingerMove {
  readonly moved: Place;
  /** Of two: where the other one rests, and by what factor they are further apart than before. */
  readonly pinch: { readonly around: Place; readonly factor: number } | undefined;
}

/** Which fingers, or pointers, are on an element. */
export interface Fingers {
  put(id: number, at: Place): void;
  /** Undefined of one that is not there. */
  move(id: number, to: Place): FingerMove | undefined;
  lift(id: number): void;
}

export function createFingers(): Fingers {
  const places = new Map<number, Place>();
  return {
    put: (id, at) => void places.set(id, at),
    move(id, to) {
      const from = places.get(id);
      if (!from) return undefined;
      const around = [...places].find(([other]) => other !== id)?.[1];
      places.set(id, to);
      const moved: Place = [to[0] - from[0], to[1] - from[1]];
      if (!around) return { moved, pinch: undefined };
      const apart = (at: Place) => Math.max(1, Math.hypot(at[0] - around[0], at[1] - around[1]));
      return { moved, pinch: { around, factor: apart(to) / apart(from) } };
    },
    lift: (id) => void places.delete(id),
  };
}
