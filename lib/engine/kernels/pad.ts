import type { TensorInfo } from '@tensorflow/tfjs-core';
import { sizeOf } from '@/lib/shapes/shape';

export type Padding = [before: number, after: number];

/** What a backend does with numbers that have another owner. */
interface Owning {
  /** The same numbers under another shape. */
  readonly reshape: (x: TensorInfo, shape: number[]) => TensorInfo;
  readonly dispose: (x: TensorInfo) => void;
}

/** Padding axis by axis: `grow` pads the middle one of three. */
export function padByAxis(
  x: TensorInfo,
  paddings: readonly Padding[],
  { reshape, dispose }: Owning,
  grow: (folded: TensorInfo, padding: Padding) => TensorInfo,
): TensorInfo {
  let padded = reshape(x, x.shape);
  paddings.forEach(([before, after], axis) => {
    if (before === 0 && after === 0) return;
    const { shape } = padded;
    const dim = shape[axis] as number;
    const folded = reshape(padded, [sizeOf(shape.slice(0, axis)), dim, sizeOf(shape.slice(axis + 1))]);
    const grown = grow(folded, [before, after]);
    const next = reshape(grown, shape.with(axis, dim + before + after));
    for (const info of [padded, folded, grown]) dispose(info);
    padded = next;
  });
  return padded;
}
