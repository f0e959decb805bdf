import type { Tensor, Tf } from '../define';

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

/** The filter as a matrix [length, filteredLength]. */
export function filterMatrix(tf: Tf, length: number, filter: Filter): Tensor {
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
