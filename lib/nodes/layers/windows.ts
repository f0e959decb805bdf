import * as z from 'zod';
import { convolvedLength, samePadding } from '@/lib/shapes/convolution';
import { formatDims, type Shape, shape } from '@/lib/shapes/shape';
import { type Inference, problem, type Tensor, type Tf } from '../define';
import { param } from '../params';

/** What convolutions along one, two or three axes share: sizes, padding by zeros or by mirror, and its words. */
export interface Window {
  readonly kernelSize: number;
  readonly strides: number;
  readonly padding: 'same' | 'valid' | 'reflect';
  readonly dilation: number;
}

export const windowPaddingParam = param(z.enum(['same', 'valid', 'reflect']).default('same'), {
  label: 'Padding',
  help: 'Same: the size over strides, zeros at the border. Reflect: the same, mirrored. Valid: no border.',
});

export const dilationParam = param(z.int().min(1).max(16).default(1), {
  label: 'Dilation',
  help: 'Distance between the places that one window reads; 1 reads neighbours.',
  step: 1,
});

const sizing = ({ padding }: Window) => (padding === 'valid' ? 'valid' : 'same');

export const windowedLength = (length: number, window: Window): number =>
  convolvedLength(length, window.kernelSize, window.strides, sizing(window), window.dilation);

const padsOf = (length: number, window: Window): [number, number] =>
  window.padding === 'valid'
    ? [0, 0]
    : samePadding(length, window.kernelSize, window.strides, window.dilation);

/** A mirror shows at most all pixels but the one at the border. */
export const canMirror = (space: readonly number[], window: Window): boolean =>
  space.every((length) => Math.max(...padsOf(length, window)) < length);

/** [...space, C] → [...space', filters], or what does not fit. */
export function inferWindowed(
  title: string,
  axes: string,
  input: Shape,
  window: Window,
  filters: number,
): Inference {
  const { dims, batch } = input;
  const space = dims.slice(0, -1);
  if (dims.length !== axes.split(', ').length)
    return problem({
      code: 'rank-mismatch',
      port: 'in',
      message: `${title} takes [${axes}], but gets ${formatDims(dims)}.`,
      hint: 'Put a Reshape before it.',
    });
  const { kernelSize, strides, dilation, padding } = window;
  if (strides > 1 && dilation > 1)
    return problem({
      code: 'param-conflict',
      message: `Strides ${strides} and dilation ${dilation} do not go together: one of them must be 1.`,
      fix: { label: 'Set dilation to 1', params: { dilation: 1 } },
    });
  const lengths = space.map((length) => windowedLength(length, window));
  const isMirrored = padding === 'reflect';
  if (lengths.some((length) => length < 1) || (isMirrored && !canMirror(space, window)))
    return problem({
      code: 'kernel-too-large',
      port: 'in',
      message: `A window of ${(kernelSize - 1) * dilation + 1} does not fit into ${formatDims(dims)} ${isMirrored ? 'with mirrored borders' : 'without padding'}.`,
      hint: 'Use padding same, or a smaller kernel.',
      fix: { label: 'Use padding same', params: { padding: 'same' } },
    });
  return { out: shape([...lengths, filters], batch) };
}

/** x [rows, ...space, C] with its border. */
export function padSpace(tf: Tf, x: Tensor, window: Window): Tensor {
  const pads = x.shape.map((length, axis): [number, number] =>
    axis === 0 || axis === x.rank - 1 ? [0, 0] : padsOf(length, window),
  );
  if (pads.every(([before, after]) => before + after === 0)) return x;
  return window.padding === 'reflect' ? tf.mirrorPad(x, pads, 'reflect') : tf.pad(x, pads);
}

/** The same in PyTorch, which counts axes from the last. */
export function torchPadSpace(x: string, dims: readonly number[], window: Window): string {
  const pads = dims.slice(0, -1).map((length) => padsOf(length, window));
  if (pads.every(([before, after]) => before + after === 0)) return x;
  const mode = window.padding === 'reflect' ? 'reflect' : 'constant';
  return `F.pad(${x}, (${pads.reverse().flat().join(', ')}), mode='${mode}')`;
}

/** Every `step`-th of x [n, length, m] from `start` on: [n, count, m], by reshaping, which has all gradients. */
export function everyNth(tf: Tf, x: Tensor, start: number, step: number, count: number): Tensor {
  const [n, length, m] = x.shape as [number, number, number];
  if (step === 1) return tf.slice(x, [0, start, 0], [n, count, m]);
  const missing = Math.max(0, start + count * step - length);
  const long =
    missing > 0
      ? tf.pad(x, [
          [0, 0],
          [0, missing],
          [0, 0],
        ])
      : x;
  const cut = tf.slice(long, [0, start, 0], [n, count * step, m]);
  return tf.reshape(tf.slice(tf.reshape(cut, [n, count, step * m]), [0, 0, 0], [n, count, m]), [n, count, m]);
}

/** x cut into equal parts along an axis. tfjs's gradient of a cut into one part throws. */
export const partsOf = (tf: Tf, x: Tensor, count: number, axis: number): readonly Tensor[] =>
  count === 1 ? [x] : tf.split(x, count, axis);
