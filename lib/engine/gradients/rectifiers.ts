import * as tf from '@tensorflow/tfjs-core';
import { hasFinalKernel, runKernel } from '@/lib/nodes/operations';
import { type Correction, single, type Tensor, unbroadcast } from './define';

/**
 * Activations with a kink at 0, by `step` alone, which tfjs differentiates (to 0) and every backend has:
 * step(x, a) is 1 for x > 0 and a for x ≤ 0.
 */
const relu: Correction = {
  kernelName: 'Relu',
  why: 'casts a mask that already has the right type: one kernel less',
  inputsToSave: ['x'],
  gradFunc: (dy, [x]) => ({ x: () => rectified(single(dy), x as Tensor, 0) }),
};

const leakyRelu: Correction = {
  kernelName: 'LeakyRelu',
  why: 'throws at second order (Greater); on WASM its where is 50 times slower than step',
  inputsToSave: ['x'],
  gradFunc: (dy, [x], attrs) => ({
    x: () => rectified(single(dy), x as Tensor, attrs.alpha as number),
  }),
};

/** dy · (x > 0 ? 1 : α) */
function rectified(dy: Tensor, x: Tensor, alpha: number): Tensor {
  if (hasFinalKernel(tf, 'GanvasLeakyReluGradient'))
    return runKernel(tf, 'GanvasLeakyReluGradient', { x, dy }, { alpha });
  return tf.mul(dy, tf.step(x, alpha));
}

const prelu: Correction = {
  kernelName: 'Prelu',
  why: 'throws at second order (Greater)',
  inputsToSave: ['x', 'alpha'],
  gradFunc: (dy, [x, alpha]) => ({
    // x > 0 ? 1 : α
    x: () => {
      const positive = tf.step(x as Tensor);
      return tf.mul(single(dy), tf.add(positive, tf.mul(tf.sub(1, positive), alpha as Tensor)));
    },
    // min(x, 0)
    alpha: () => unbroadcast(tf.mul(single(dy), negativePart(x as Tensor)), (alpha as Tensor).shape),
  }),
};

const elu: Correction = {
  kernelName: 'Elu',
  why: 'reads a saved output through EluGrad: throws or is wrong at second order',
  inputsToSave: ['x'],
  gradFunc: (dy, [x]) => ({
    // x > 0 ? 1 : eˣ = e^min(x, 0)
    x: () => tf.mul(single(dy), tf.exp(negativePart(x as Tensor))),
  }),
};

/** Self-normalizing networks, Klambauer et al. 2017. */
const seluScale = 1.0507009873554805;
const seluAlpha = 1.6732632423543772;

const selu: Correction = {
  kernelName: 'Selu',
  why: 'throws at second order (Greater)',
  inputsToSave: ['x'],
  gradFunc: (dy, [x]) => ({
    // λ (x > 0 ? 1 : α eˣ) = λ e^min(x, 0) · step(x, α)
    x: () => {
      const curve = tf.mul(tf.exp(negativePart(x as Tensor)), tf.step(x as Tensor, seluAlpha));
      return tf.mul(single(dy), tf.mul(curve, seluScale));
    },
  }),
};

/** min(x, 0) */
const negativePart = (x: Tensor): Tensor => tf.neg(tf.relu(tf.neg(x)));

export const rectifiers: readonly Correction[] = [relu, leakyRelu, prelu, elu, selu];
