import * as tf from '@tensorflow/tfjs-core';
import { type Correction, single, type Tensor } from './define';

/** What mirroring repeated is added back where it came from. */
const mirrorPad: Correction = {
  kernelName: 'MirrorPad',
  why: 'cuts the padding off and forgets what it reflects: relative error 0.92',
  inputsToSave: ['x'],
  gradFunc: (dy, [x], attrs) => ({
    x: () => {
      const offset = attrs.mode === 'reflect' ? 1 : 0;
      const paddings = attrs.paddings as unknown as [number, number][];
      return paddings.reduce<Tensor>(
        (folded, [before, after], axis) =>
          foldAxis(folded, axis, (x as Tensor).shape[axis] as number, before, after, offset),
        single(dy),
      );
    },
  }),
};

/** [before + n + after] → [n] along one axis, as the middle one of three: WebGL reverses no more than four. */
function foldAxis(
  dy: Tensor,
  axis: number,
  n: number,
  before: number,
  after: number,
  offset: number,
): Tensor {
  if (before === 0 && after === 0) return dy;
  const outer = tf.util.sizeFromShape(dy.shape.slice(0, axis));
  const inner = tf.util.sizeFromShape(dy.shape.slice(axis + 1));
  const whole = tf.reshape(dy, [outer, before + n + after, inner]);
  const part = (from: number, size: number): Tensor => tf.slice(whole, [0, from, 0], [outer, size, inner]);
  const reflected = (from: number, size: number, at: number): Tensor =>
    tf.pad(tf.reverse(part(from, size), 1), [
      [0, 0],
      [at, n - at - size],
      [0, 0],
    ]);
  let sum = part(before, n);
  if (before > 0) sum = tf.add(sum, reflected(0, before, offset));
  if (after > 0) sum = tf.add(sum, reflected(before + n, after, n - offset - after));
  return tf.reshape(
    sum,
    dy.shape.map((dim, i) => (i === axis ? n : dim)),
  );
}

export const mirrorPads: readonly Correction[] = [mirrorPad];
