import type { Bounds } from '@/lib/draw/frame';
import type { TensorData } from '../define';

/** Room left around the data, as a share of its span. */
const MARGIN = 0.15;
/** Tensors after the first widen the picture up to this many spans of the first, so that it stays readable. */
const WIDEST = 3;

/**
 * Low and high per axis of what is to be drawn. The first tensor leads and is shown whole; the others widen
 * the picture by their central 98 %, within limits. Two axes get one scale, so that a circle is round.
 */
export function extentOf(tensors: readonly TensorData[]): Bounds {
  const [lead, ...others] = tensors;
  if (!lead) return [];
  const axes = lead.dims[1] ?? 1;
  const bounds = Array.from({ length: axes }, (_, axis) => {
    const [low, high] = quantiles(column(lead, axis), 0, 1);
    const span = high - low || Math.abs(low) || 1;
    const reach = (span * (WIDEST - 1)) / 2;
    let [from, to] = [low - span * MARGIN, high + span * MARGIN];
    for (const other of others) {
      const [first, last] = quantiles(column(other, axis), 0.01, 0.99);
      from = Math.min(from, Math.max(first, low - reach));
      to = Math.max(to, Math.min(last, high + reach));
    }
    return [from, to] as const;
  });
  if (axes !== 2) return bounds;
  const widest = Math.max(...bounds.map(([low, high]) => high - low));
  return bounds.map(([low, high]) => [(low + high - widest) / 2, (low + high + widest) / 2] as const);
}

/** One coordinate of every row. */
function column({ data, dims }: TensorData, axis: number): Float32Array {
  const width = dims[1] ?? 1;
  return Float32Array.from({ length: dims[0] ?? 0 }, (_, row) => data[row * width + axis] as number);
}

/** Two quantiles of the finite values; [0, 0] where there are none. */
export function quantiles(values: Float32Array, low: number, high: number): [number, number] {
  const sorted = values.filter(Number.isFinite).sort();
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  return [at(low), at(high)];
}
