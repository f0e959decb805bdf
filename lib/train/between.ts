import { range } from '@/lib/util/range';
import type { MadeFrom } from './made-from';

export type Path = 'linear' | 'spherical';

/**
 * From a to b in so many steps, both ends included: along a line, or along the arc, which keeps the length that noise
 * of many numbers has (White 2016). Ends without an angle between them are joined by a line.
 */
export const between = (
  a: Float32Array,
  b: Float32Array,
  steps: number,
  path: Path,
): readonly Float32Array[] => range(steps).map((i) => at(a, b, steps > 1 ? i / (steps - 1) : 0, path));

/** The noise as `between`; labels, codes and whatever else samples are made from along a line, so that b is reached. */
export const pointsBetween = (a: MadeFrom, b: MadeFrom, steps: number, path: Path): readonly MadeFrom[] => {
  const rests = Object.entries(a.rest).map(
    ([key, from]) => [key, between(from, b.rest[key] ?? from, steps, 'linear')] as const,
  );
  return between(a.z, b.z, steps, path).map((z, i) => ({
    z,
    rest: Object.fromEntries(rests.map(([key, way]) => [key, way[i] as Float32Array])),
  }));
};

/** Spherical: (sin (1 - t)ω · a + sin tω · b) / sin ω, ω the angle between a and b. */
function at(a: Float32Array, b: Float32Array, t: number, path: Path): Float32Array {
  const [ab, aa, bb] = [dot(a, b), dot(a, a), dot(b, b)];
  const angle = Math.acos(Math.min(1, Math.max(-1, ab / Math.sqrt(aa * bb))));
  const isArc = path === 'spherical' && Math.sin(angle) > 1e-6;
  const [from, to] = isArc
    ? [Math.sin((1 - t) * angle) / Math.sin(angle), Math.sin(t * angle) / Math.sin(angle)]
    : [1 - t, t];
  return a.map((value, i) => from * value + to * (b[i] as number));
}

const dot = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);
