import type { Stream } from '@/lib/util/random';
import type { Batch, SourcePorts } from '../source';
import { type Modes, sdOf } from '../truth';

/** The place of a share of the whole, from 0 to 1, among weights that sum to 1. */
export function placeOf(share: number, weights: readonly number[]): number {
  let sum = 0;
  const place = weights.findIndex((weight) => {
    sum += weight;
    return share < sum;
  });
  // Rounding may leave the sum below the share.
  return place < 0 ? weights.length - 1 : place;
}

/** Draws from a mixture of Gaussians; labels say the mode, where there are several. */
export function drawMixture(modes: Modes, rows: number, stream: Stream): Batch {
  const { centres, weights } = modes;
  const dims = centres[0]?.length ?? 0;
  const count = centres.length;
  const x = new Float32Array(rows * dims);
  const labels = new Float32Array(count > 1 ? rows * count : 0);
  const chooseMode = () => (weights ? placeOf(stream.uniform(), weights) : stream.integer(count));
  for (let row = 0; row < rows; row++) {
    const mode = count > 1 ? chooseMode() : 0;
    const centre = centres[mode] as readonly number[];
    for (let axis = 0; axis < dims; axis++)
      x[row * dims + axis] = (centre[axis] as number) + sdOf(modes, mode, axis) * stream.normal();
    if (count > 1) labels[row * count + mode] = 1;
  }
  return count > 1 ? { x, labels } : { x };
}

export const mixturePorts = (dims: number, count: number): SourcePorts =>
  count > 1 ? { x: [dims], labels: [count] } : { x: [dims] };

/** `1`, `2`, … as names of modes. */
export const numbered = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, i) => String(i + 1));
