import * as tf from '@tensorflow/tfjs-core';
import { type Correction, single, type Tensor } from './define';

/**
 * Average pooling with padding: the forward kernel divides by the pixels that a window really covers, the
 * stock gradient by the window's area. Both orders need the ratio of the two.
 */
interface Attributes {
  readonly filterSize: number | [number, number];
  readonly strides: number | [number, number];
  readonly pad: 'same' | 'valid' | number;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/** area / covered, per output pixel: [1, oh, ow, 1]; 1 everywhere without padding. */
function ratio(shape: readonly number[], attributes: Attributes): Tensor {
  const info = tf.backend_util.computePool2DInfo(
    shape as [number, number, number, number],
    attributes.filterSize,
    attributes.strides,
    1,
    attributes.pad,
    attributes.dimRoundingMode,
  );
  const covered = (out: number, stride: number, before: number, window: number, size: number) =>
    Array.from({ length: out }, (_, o) => {
      const from = o * stride - before;
      return window / (Math.min(size, from + window) - Math.max(0, from));
    });
  const down = covered(info.outHeight, info.strideHeight, info.padInfo.top, info.filterHeight, info.inHeight);
  const across = covered(info.outWidth, info.strideWidth, info.padInfo.left, info.filterWidth, info.inWidth);
  return tf.tensor(
    down.flatMap((y) => across.map((x) => y * x)),
    [1, down.length, across.length, 1],
  );
}

const avgPool: Correction = {
  kernelName: 'AvgPool',
  why: 'divides by the whole window where padding cuts it: relative error 0.25 with padding `same`',
  inputsToSave: ['x'],
  gradFunc: (dy, [x], attrs) => ({
    x: () => {
      const image = x as Tensor;
      const scaled = tf.mul(single(dy), ratio(image.shape, attrs as unknown as Attributes));
      return tf.engine().runKernel<Tensor>('AvgPoolGrad', { dy: scaled, input: image }, attrs);
    },
  }),
};

/** The stock AvgPoolGrad is linear in dy; its transpose is average pooling by the whole window's area. */
const avgPoolGrad: Correction = {
  kernelName: 'AvgPoolGrad',
  why: 'tfjs has none: no second order',
  inputsToSave: ['input'],
  gradFunc: (upstream, [input], attrs) => ({
    dy: () => {
      const pooled = tf.engine().runKernel<Tensor>('AvgPool', { x: single(upstream) }, attrs);
      return tf.div(pooled, ratio((input as Tensor).shape, attrs as unknown as Attributes));
    },
    input: () => tf.zerosLike(input as Tensor),
  }),
};

export const avgPools: readonly Correction[] = [avgPool, avgPoolGrad];
