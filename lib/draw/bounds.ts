import type { Bounds, Picture } from './picture';
import type { Range } from './plane';

/** Room around the data, as a share of their span. */
const margin = 0.1;

/**
 * Low and high per axis of rows of `dims` numbers. Rows that are far out (beyond three spans of the central
 * 96 %) and numbers that are not finite are left out; [-1, 1] where nothing is left.
 */
export function boundsOf(points: Float32Array, dims: number): Bounds {
  return Array.from({ length: dims }, (_, axis) => {
    const column = Float32Array.from(
      { length: Math.floor(points.length / dims) },
      (_, row) => points[row * dims + axis] as number,
    );
    return boundsOfValues(column);
  });
}

function boundsOfValues(values: Float32Array): readonly [number, number] {
  const sorted = values.filter(Number.isFinite).sort();
  if (sorted.length === 0) return [-1, 1];
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] as number;
  const reach = 3 * (at(0.98) - at(0.02));
  const low = Math.max(at(0), at(0.02) - reach);
  const high = Math.min(at(1), at(0.98) + reach);
  const room = (high - low) * margin || Math.abs(low) * margin || 1;
  return [low - room, high + room];
}

export const isRange = (range: readonly [number, number] | undefined): range is readonly [number, number] =>
  range !== undefined && Number.isFinite(range[0]) && Number.isFinite(range[1]) && range[0] < range[1];

/**
 * Round numbers within a range, 1, 2 or 5 times a power of ten apart: at least one and at most `count` + 1, for
 * a count of 3 or more.
 */
export function ticksOf([low, high]: readonly [number, number], count: number): readonly number[] {
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999) ?? 10);
  const ticks: number[] = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + 1e-9 * step && ticks.length <= count; i++)
    ticks.push(Number((i * step).toPrecision(12)));
  return ticks;
}

/** The picture's bounds, or those of its points where they make no sense. */
export function rangesOf({
  bounds,
  real,
  fake,
}: Extract<Picture, { type: 'points' }>): readonly [Range, Range] {
  const [across, up] = bounds;
  if (isRange(across) && isRange(up)) return [across, up];
  const found = boundsOf(Float32Array.from([...(real ?? []), ...(fake ?? [])]), 2);
  return found as readonly [Range, Range];
}
