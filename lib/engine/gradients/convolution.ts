import * as tf from '@tensorflow/tfjs-core';
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

export const convolutions: readonly Correction[] = [filterGradient];
