import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Replacement } from '../replacement';

/** Axes up to which tfjs's programs of two tensors repeat one along another. */
const MOST_AXES = 4;

const kernels = [
  ...['Add', 'Sub', 'Multiply', 'RealDiv', 'Maximum', 'Minimum', 'SquaredDifference', 'Pow'],
  ...['Greater', 'GreaterEqual', 'Less', 'LessEqual', 'Equal', 'NotEqual'],
];

/** Kernels of two tensors, along five axes and more. */
export const broadcasting: readonly Replacement<WebGPUBackend>[] = kernels.map((kernel) => ({
  kernel,
  why: 'tfjs 4.22 repeats wrongly along five axes: a bias is added to a volume with errors as large as itself.',
  run({ inputs, stock }) {
    const { a, b } = inputs as { a: TensorInfo; b: TensorInfo };
    if (Math.max(a.shape.length, b.shape.length) <= MOST_AXES) return stock(inputs);
    const { first, second, shape } = mergeAxes(a.shape, b.shape);
    return { ...stock({ a: { ...a, shape: first }, b: { ...b, shape: second } }), shape };
  },
}));

/**
 * The same numbers with fewer axes: neighbours along which both shapes go on, or one is repeated, become one. `shape` is that
 * of the result as asked for.
 */
export function mergeAxes(
  a: readonly number[],
  b: readonly number[],
): { first: number[]; second: number[]; shape: number[] } {
  const rank = Math.max(a.length, b.length);
  const lengthAt = (shape: readonly number[], axis: number) => shape[axis - rank + shape.length] ?? 1;
  const first: number[] = [];
  const second: number[] = [];
  const shape: number[] = [];
  let previous: string | undefined;
  for (let axis = 0; axis < rank; axis++) {
    const [m, n] = [lengthAt(a, axis), lengthAt(b, axis)];
    shape.push(m === 1 ? n : m);
    if (m === 1 && n === 1) continue;
    const repeats = m === n ? 'none' : m === 1 ? 'a' : 'b';
    if (repeats === previous) {
      first.push((first.pop() as number) * m);
      second.push((second.pop() as number) * n);
    } else {
      first.push(m);
      second.push(n);
    }
    previous = repeats;
  }
  return { first, second, shape };
}
