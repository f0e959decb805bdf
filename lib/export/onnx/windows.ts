import { range } from '@/lib/util/range';
import { type Attribute, input, ints, NotInOnnx, type Operator, out, padsOf } from './emit';
import type { Step } from './trace';

/** Convolutions and pooling: windows over images, which ONNX has channels first. */

const CHANNELS_FIRST = { perm: ints([0, 3, 1, 2]) };
const CHANNELS_LAST = { perm: ints([0, 2, 3, 1]) };

/** Two numbers of one, or of two. */
const pair = (value: unknown): readonly [number, number] =>
  Array.isArray(value) ? [value[0], value[1]] : [Number(value ?? 1), Number(value ?? 1)];

/** What TensorFlow pads before and after each axis of an image, whatever it calls it: from shapes on both sides. */
const paddings = (
  from: readonly number[],
  to: readonly number[],
  window: readonly number[],
  strides: readonly number[],
  pad: unknown,
): (readonly [before: number, after: number])[] =>
  range(2).map((axis) => {
    if (Array.isArray(pad)) throw new NotInOnnx('padding is given for each side');
    if (pad === 'valid') return [0, 0];
    if (typeof pad === 'number') return [pad, pad];
    const covered = ((to[axis + 1] as number) - 1) * (strides[axis] as number) + (window[axis] as number);
    const total = Math.max(covered - (from[axis + 1] as number), 0);
    return [Math.floor(total / 2), total - Math.floor(total / 2)];
  });

function windowed(
  from: readonly number[],
  to: readonly number[],
  size: readonly [number, number],
  step: Step,
): Record<string, Attribute> {
  const { strides, pad, dilations } = step.attrs;
  const [stride, dilation] = [pair(strides), pair(dilations ?? 1)];
  const extent = size.map((length, axis) => (length - 1) * (dilation[axis] as number) + 1);
  return {
    kernel_shape: ints(size),
    strides: ints(stride),
    pads: ints(padsOf(paddings(from, to, extent, stride, pad))),
    ...(step.kernel.includes('Pool') ? {} : { dilations: ints(dilation) }),
  };
}

export const convolution: Operator = (emit, step) => {
  const [x, filter] = [input(step, 'x'), input(step, 'filter')];
  const [height = 1, width = 1] = filter.shape;
  const first = emit.add('Transpose', [emit.name(x)], CHANNELS_FIRST);
  const kernel = emit.add('Transpose', [emit.name(filter)], { perm: ints([3, 2, 0, 1]) });
  const attributes = windowed(x.shape, out(step).shape, [height, width], step);
  const made = emit.add('Conv', [first, kernel], attributes);
  emit.add('Transpose', [made], CHANNELS_LAST, out(step));
};

/** The gradient of a convolution of the output: what it padded is cut off, what its stride skipped is left free. */
export const transposedConvolution: Operator = (emit, step) => {
  const [dy, filter] = [input(step, 'dy'), input(step, 'filter')];
  const [height = 1, width = 1] = filter.shape;
  const stride = pair(step.attrs.strides);
  const [from, to] = [out(step).shape, dy.shape];
  const pads = paddings(from, to, filter.shape, stride, step.attrs.pad);
  const free = range(2).map((axis) => {
    const [before, after] = pads[axis] as readonly [number, number];
    const reached =
      ((to[axis + 1] as number) - 1) * (stride[axis] as number) + (filter.shape[axis] as number);
    return (from[axis + 1] as number) - (reached - before - after);
  });
  const first = emit.add('Transpose', [emit.name(dy)], CHANNELS_FIRST);
  const kernel = emit.add('Transpose', [emit.name(filter)], { perm: ints([3, 2, 0, 1]) });
  const made = emit.add('ConvTranspose', [first, kernel], {
    kernel_shape: ints([height, width]),
    strides: ints(stride),
    pads: ints(padsOf(pads)),
    output_padding: ints(free),
  });
  emit.add('Transpose', [made], CHANNELS_LAST, out(step));
};

export const pool =
  (op: string): Operator =>
  (emit, step) => {
    const x = input(step, 'x');
    const attributes = windowed(x.shape, out(step).shape, pair(step.attrs.filterSize), step);
    const first = emit.add('Transpose', [emit.name(x)], CHANNELS_FIRST);
    emit.add('Transpose', [emit.add(op, [first], attributes)], CHANNELS_LAST, out(step));
  };
