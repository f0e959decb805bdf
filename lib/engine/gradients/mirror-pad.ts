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

/** [before + n + after] → [n] along one axis. */
function foldAxis(
  dy: Tensor,
  axis: number,
  n: number,
  before: number,
  after: number,
  offset: number,
): Tensor {
  if (before === 0 && after === 0) return dy;
  const part = (from: number, size: number): Tensor => {
    const begin = dy.shape.map((_, i) => (i === axis ? from : 0));
    return tf.slice(
      dy,
      begin,
      dy.shape.map((dim, i) => (i === axis ? size : dim)),
    );
  };
  const reflected = (from: number, size: number, at: number): Tensor =>
    tf.pad(
      tf.reverse(part(from, size), axis),
      dy.shape.map((_, i) => (i === axis ? [at, n - at - size] : [0, 0]) as [number, number]),
    );
  let sum = part(before, n);
  if (before > 0) sum = tf.add(sum, reflected(0, before, offset));
  if (after > 0) sum = tf.add(sum, reflected(before + n, after, n - offset - after));
  return sum;
}

export const mirrorPads: readonly Correction[] = [mirrorPad];
