import { samePadding } from '@/lib/shapes/convolution';
import type { Tensor, Tf } from '../define';
import { hasKernel, runKernel } from '../operations';
import { padSpace, type Window, windowedLength } from './windows';

/** Sizes of a convolution along three axes; along two, the first is 1. */
export interface Convolution {
  readonly input: readonly [depth: number, height: number, width: number, channels: number];
  readonly window: readonly [number, number, number];
  readonly strides: readonly [number, number, number];
  /** Zeros before the first place of each axis. */
  readonly before: readonly [number, number, number];
  readonly output: readonly [depth: number, height: number, width: number, filters: number];
  /** Of channels and filters, each filter on its own group alone. */
  readonly groups: number;
}

/**
 * x [rows, ...space, C] by a kernel [...window, C / groups, filters] along two axes or three, in one kernel of the engine;
 * undefined where the backend has none.
 */
export function convolveInOne(
  tf: Tf,
  x: Tensor,
  kernel: Tensor,
  window: Window,
  groups: number,
): Tensor | undefined {
  if (!hasKernel(tf, 'GanvasConvolve') || window.dilation > 1) return undefined;
  const { kernelSize, strides, padding } = window;
  const image = padding === 'reflect' ? padSpace(tf, x, window) : x;
  const space = image.shape.slice(1, -1);
  const filters = kernel.shape.at(-1) as number;
  const lengths = x.shape.slice(1, -1).map((length) => windowedLength(length, window));
  const before = space.map((length) =>
    padding === 'same' ? samePadding(length, kernelSize, strides)[0] : 0,
  );
  const three = (numbers: readonly number[], missing: number) =>
    (numbers.length === 3 ? numbers : [missing, ...numbers]) as [number, number, number];
  const sizes: Convolution = {
    input: [...three(space, 1), image.shape.at(-1) as number],
    window: three(
      space.map(() => kernelSize),
      1,
    ),
    strides: three(
      space.map(() => strides),
      1,
    ),
    before: three(before, 0),
    output: [...three(lengths, 1), filters],
    groups,
  };
  const y = runKernel<Tensor>(
    tf,
    'GanvasConvolve',
    {
      x: tf.reshape(image, [image.shape[0] as number, ...sizes.input]),
      filter: tf.reshape(kernel, [...sizes.window, sizes.input[3] / groups, filters]),
    },
    { ...sizes },
  );
  return tf.reshape(y, [image.shape[0] as number, ...lengths, filters]);
}

/**
 * y [rows, ...output] back to [rows, ...input] by the kernel of a convolution, as its gradient: a transposed one.
 * Undefined where the backend has no kernel for it.
 */
export function convolveBackInOne(tf: Tf, y: Tensor, kernel: Tensor, sizes: Convolution): Tensor | undefined {
  if (!hasKernel(tf, 'GanvasConvolve')) return undefined;
  return runKernel<Tensor>(tf, 'GanvasConvolveInputGradient', { dy: y, filter: kernel }, { ...sizes });
}
