import * as tf from '@tensorflow/tfjs-core';
import { runKernel } from '@/lib/nodes/operations';
import { type Correction, single, type Tensor } from './define';

/**
 * dW = X ⋆ dY is linear in both, so its gradients are the two other convolutions. It is met where an update of
 * a convolution's weights is differentiated: unrolled steps, extragradient look-ahead, penalties on θ.
 */
const filterGradient: Correction = {
  kernelName: 'Conv2DBackpropFilter',
  why: 'tfjs has none: an update of a convolution cannot be differentiated',
  inputsToSave: ['x', 'dy'],
  gradFunc: (upstream, [x, dy], attrs) => {
    const filter = single(upstream) as tf.Tensor4D;
    const strides = attrs.strides as [number, number];
    const pad = attrs.pad as 'same' | 'valid';
    const format = attrs.dataFormat as 'NHWC';
    return {
      x: () =>
        tf
          .engine()
          .runKernel<Tensor>(
            'Conv2DBackpropInput',
            { dy: dy as Tensor, filter },
            { ...attrs, inputShape: (x as Tensor).shape },
          ),
      dy: () => tf.conv2d(x as tf.Tensor4D, filter, strides, pad, format),
    };
  },
};

/** Each is linear in both of its inputs, with the other two for gradients. */
const own = (
  kernelName: string,
  a: string,
  b: string,
  [byA, byB]: readonly [Gradient, Gradient],
): Correction => ({
  kernelName,
  why: 'a kernel of the engine',
  inputsToSave: [a, b],
  gradFunc: (upstream, saved, attrs) => {
    const [first, second] = saved as [Tensor, Tensor];
    return {
      [a]: () => byA(single(upstream), second, attrs),
      [b]: () => byB(single(upstream), first, attrs),
    };
  },
});

type Gradient = (upstream: Tensor, other: Tensor, attrs: tf.NamedAttrMap) => Tensor;
const forward = (x: Tensor, filter: Tensor, attrs: tf.NamedAttrMap) =>
  runKernel<Tensor>(tf, 'GanvasConvolve', { x, filter }, attrs);
const toInput = (dy: Tensor, filter: Tensor, attrs: tf.NamedAttrMap) =>
  runKernel<Tensor>(tf, 'GanvasConvolveInputGradient', { dy, filter }, attrs);
const toFilter = (x: Tensor, dy: Tensor, attrs: tf.NamedAttrMap) =>
  runKernel<Tensor>(tf, 'GanvasConvolveFilterGradient', { x, dy }, attrs);

export const convolutions: readonly Correction[] = [
  filterGradient,
  own('GanvasConvolve', 'x', 'filter', [toInput, (dy, x, attrs) => toFilter(x, dy, attrs)]),
  own('GanvasConvolveInputGradient', 'dy', 'filter', [forward, (dx, dy, attrs) => toFilter(dx, dy, attrs)]),
  own('GanvasConvolveFilterGradient', 'x', 'dy', [
    (filter, dy, attrs) => toInput(dy, filter, attrs),
    (filter, x, attrs) => forward(x, filter, attrs),
  ]),
];
