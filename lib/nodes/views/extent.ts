import { boundsOf } from '@/lib/draw/bounds';
import type { Bounds } from '@/lib/draw/picture';
import { sizeOf } from '@/lib/shapes/shape';
import type { TensorData } from '../define';

/** Tensors after the first widen the picture to at most this many of its own spans, so that it stays readable. */
const WIDEST = 3;

/**
 * Low and high per axis of what is drawn together. The first tensor leads and is shown whole; fakes that are
 * flung far away widen the picture within limits.
 */
export function extentOf(tensors: readonly TensorData[]): Bounds {
  const [lead, ...others] = tensors.map(({ data, dims }) => boundsOf(data, sizeOf(dims.slice(1))));
  return (lead ?? []).map(([low, high], axis) => {
    const reach = ((high - low) * (WIDEST - 1)) / 2;
    const lows = others.map((bounds) => Math.max(bounds[axis]?.[0] ?? low, low - reach));
    const highs = others.map((bounds) => Math.min(bounds[axis]?.[1] ?? high, high + reach));
    return [Math.min(low, ...lows), Math.max(high, ...highs)] as const;
  });
}
