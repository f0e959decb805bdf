import type { Tensor, Tf } from '../define';
import { hasKernel, runKernel } from '../operations';
import type { Convolution } from './convolve';

/** By input pixel and output pixel: what the one counts in the other. */
type AlongAxis = (length: number) => Tensor;

/** x [rows, H, W, C] along its width and then along its height, each a product of the last axis with a matrix. */
export function resampleSpace(tf: Tf, x: Tensor, matrix: AlongAxis): Tensor {
  const [rows, height, width, channels] = x.shape as [number, number, number, number];
  const [across, down] = [matrix(width), matrix(height)];
  const [wide, tall] = [across.shape[1] as number, down.shape[1] as number];
  const lines = tf.matMul(tf.reshape(tf.transpose(x, [0, 3, 1, 2]), [-1, width]), across);
  const columns = tf.transpose(tf.reshape(lines, [rows, channels, height, wide]), [0, 1, 3, 2]);
  const both = tf.matMul(tf.reshape(columns, [-1, height]), down); // [rows·C·W', H']
  return tf.transpose(tf.reshape(both, [rows, channels, wide, tall]), [0, 3, 2, 1]);
}

/** Zeros between the pixels, a border, a filter, and every n-th pixel kept: upfirdn of StyleGAN2 along one axis. */
export interface Filter {
  readonly kernel: readonly number[];
  /** Pixels that one becomes, before the filter. */
  readonly up: number;
  /** Pixels of which one is kept, after it. */
  readonly down: number;
  /** By how much brighter, as there are zeros between the pixels. */
  readonly gain: number;
  /** Border before and after; below 0 it is cut off. */
  readonly pads: readonly [before: number, after: number];
}

export const filteredLength = (length: number, { kernel, up, down, pads }: Filter): number =>
  Math.floor((length * up + pads[0] + pads[1] - kernel.length) / down) + 1;

/** x [rows, H, W, C] through a filter along both axes. */
export const filterSpace = (tf: Tf, x: Tensor, filter: Filter): Tensor =>
  filterInOne(tf, x, filter) ?? resampleSpace(tf, x, (length) => filterMatrix(tf, length, filter));

/** By the engine's convolution of each channel by itself, turned round where the image grows. */
function filterInOne(tf: Tf, x: Tensor, filter: Filter): Tensor | undefined {
  const { kernel, up, down, gain, pads } = filter;
  if (!hasKernel(tf, 'GanvasConvolve') || (up > 1 && down > 1)) return undefined;
  const [rows, height, width, channels] = x.shape as [number, number, number, number];
  const size = kernel.length;
  const total = kernel.reduce((sum, tap) => sum + tap, 0);
  const taps = (up > 1 ? kernel : kernel.toReversed()).map((tap) => (tap * gain) / total);
  const values = taps.flatMap((a) => taps.flatMap((b) => Array<number>(channels).fill(a * b)));
  const small = [1, height, width, channels] as const;
  const other = [1, filteredLength(height, filter), filteredLength(width, filter), channels] as const;
  const before = up > 1 ? size - 1 - pads[0] : pads[0];
  const sizes: Convolution = {
    input: up > 1 ? other : small,
    window: [1, size, size],
    strides: [1, up * down, up * down],
    before: [0, before, before],
    output: up > 1 ? small : other,
    groups: channels,
  };
  const image = tf.reshape(x, [rows, ...small]);
  const by = tf.tensor(values, [1, size, size, 1, channels]);
  const y =
    up > 1
      ? runKernel<Tensor>(tf, 'GanvasConvolveInputGradient', { dy: image, filter: by }, { ...sizes })
      : runKernel<Tensor>(tf, 'GanvasConvolve', { x: image, filter: by }, { ...sizes });
  return tf.reshape(y, [rows, ...other.slice(1)]);
}

/** The filter as a matrix [length, filteredLength]. */
function filterMatrix(tf: Tf, length: number, filter: Filter): Tensor {
  const { kernel, up, down, gain, pads } = filter;
  const total = kernel.reduce((sum, tap) => sum + tap, 0);
  const outputs = filteredLength(length, filter);
  const matrix = tf.buffer([length, outputs]);
  for (let o = 0; o < outputs; o++)
    for (let i = 0; i < length; i++) {
      // The kernel is turned round, as in a convolution.
      const tap = kernel[kernel.length - 1 - (i * up + pads[0] - o * down)];
      if (tap !== undefined) matrix.set((tap * gain) / total, i, o);
    }
  return matrix.toTensor();
}

/** The same in PyTorch, over both axes of an image. */
export const torchFilter = `def filtered(x, kernel, up, down, gain, pads):
    """Zeros between the pixels, a border, a filter over each channel by itself, every n-th pixel."""
    channels = x.shape[1]
    for axis in (2, 3):
        x = x.transpose(axis, 3)
        spread = F.pad(x[..., None], (0, up - 1)).flatten(3)
        taps = torch.tensor(kernel, dtype=x.dtype, device=x.device).flip(0) * gain / sum(kernel)
        taps = taps.expand(channels, 1, 1, -1)
        x = F.conv2d(F.pad(spread, pads), taps, stride=(1, down), groups=channels).transpose(axis, 3)
    return x
`;

/** The call of it. */
export const torchFiltered = (x: string, { kernel, up, down, gain, pads }: Filter): string =>
  `filtered(${x}, [${kernel.join(', ')}], ${up}, ${down}, ${gain}, (${pads.join(', ')}))`;
