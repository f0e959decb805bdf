import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import type { Tf } from '../core';
import type { DerivativeCase, Outcome } from './derivatives';

/** One case per corrected gradient, and what tfjs 4.22 does with it. */
const alone = (
  kernel: string,
  f: (tf: Tf, x: Tensor) => Tensor,
  second: Outcome,
  first: Outcome = 'right',
): DerivativeCase => ({ name: kernel, kernel, shape: [3, 4], f, stock: { first, second } });

const image = (x: Tensor): Tensor4D => x as Tensor4D;

export const derivativeCases: readonly DerivativeCase[] = [
  alone('Tanh', (tf, x) => tf.tanh(x), 'wrong'),
  alone('Sigmoid', (tf, x) => tf.sigmoid(x), 'wrong'),
  alone('Exp', (tf, x) => tf.exp(x), 'wrong'),
  alone('Softmax', (tf, x) => tf.softmax(x), 'wrong'),
  alone('Relu', (tf, x) => tf.relu(x), 'right'),
  alone('LeakyRelu', (tf, x) => tf.leakyRelu(x, 0.2), 'throws'),
  alone('Prelu', (tf, x) => tf.prelu(x, tf.tensor([0.1, 0.2, 0.3, 0.4])), 'throws'),
  alone('Elu', (tf, x) => tf.elu(x), 'wrong'),
  alone('Selu', (tf, x) => tf.selu(x), 'throws'),
  alone('Softplus', (tf, x) => tf.softplus(x), 'right'),
  alone('Relu6', (tf, x) => tf.relu6(tf.mul(x, 4)), 'throws'),
  alone('ClipByValue', (tf, x) => tf.square(tf.clipByValue(x, -1, 1)), 'throws'),
  alone('Maximum', (tf, x) => tf.square(tf.maximum(x, 0.1)), 'right'),
  alone('Select', (tf, x) => tf.where(tf.greater(x, 0), tf.square(x), x), 'throws', 'throws'),
  alone('Max', (tf, x) => tf.square(tf.max(x, 1)), 'throws'),
  alone('Min', (tf, x) => tf.square(tf.min(x, 0)), 'throws'),
  {
    name: 'logSumExp',
    kernel: 'Max',
    shape: [3, 4],
    f: (tf, x) => tf.logSumExp(x, 1),
    stock: { first: 'right', second: 'throws' },
  },
  {
    name: 'mirrorPad reflect',
    kernel: 'MirrorPad',
    shape: [4, 5],
    f: (tf, x) =>
      tf.square(
        tf.mirrorPad(
          x,
          [
            [2, 1],
            [3, 4],
          ],
          'reflect',
        ),
      ),
    stock: { first: 'wrong', second: 'right' },
  },
  {
    name: 'mirrorPad symmetric',
    kernel: 'MirrorPad',
    shape: [4, 5],
    f: (tf, x) =>
      tf.square(
        tf.mirrorPad(
          x,
          [
            [2, 0],
            [0, 5],
          ],
          'symmetric',
        ),
      ),
    stock: { first: 'wrong', second: 'right' },
  },
  {
    name: 'avgPool valid',
    kernel: 'AvgPool',
    shape: [1, 4, 4, 2],
    f: (tf, x) => tf.square(tf.avgPool(image(x), 2, 2, 'valid')),
    stock: { first: 'right', second: 'throws' },
  },
  {
    name: 'avgPool same',
    kernel: 'AvgPool',
    shape: [1, 5, 4, 2],
    f: (tf, x) => tf.square(tf.avgPool(image(x), 3, 2, 'same')),
    stock: { first: 'wrong', second: 'throws' },
  },
];
