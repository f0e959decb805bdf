import * as tf from '@tensorflow/tfjs-core';
import { composeCrossEntropy } from '@/lib/nodes/losses/cross-entropy-terms';
import { composeAttend, composeBatchNormalise, runKernel } from '@/lib/nodes/operations';
import { type Correction, single, type Tensor } from './define';

/** Gradients of the engine's own kernels (lib/nodes/operations.ts). */
const affine: Correction = {
  kernelName: 'GanvasAffine',
  why: 'a kernel of the engine',
  inputsToSave: ['x', 'kernel'],
  gradFunc: (dy, [x, kernel]) => ({
    x: () => tf.matMul(single(dy), kernel as Tensor, false, true),
    kernel: () => tf.matMul(x as Tensor, single(dy), true, false),
    bias: () => tf.sum(single(dy), 0),
  }),
};

/** By one kernel; by arithmetic where the gradient is differentiated in its turn. */
const batchNormalise: Correction = {
  kernelName: 'GanvasBatchNormalise',
  why: 'a kernel of the engine',
  inputsToSave: ['x', 'gamma', 'beta'],
  outputsToSave: [false, true, true],
  gradFunc: (dys, [x, gamma, beta, mean, variance], attrs) => {
    const dy = (dys as Tensor[])[0] as Tensor;
    const epsilon = attrs.epsilon as number;
    const inputs = [x, gamma, beta] as Tensor[];
    // At once, not per input: the tape frees what is made for one input and not returned.
    const gradients = tf.engine().isTapeOn()
      ? tf.grads(
          (...[x, gamma, beta]: Tensor[]) =>
            composeBatchNormalise(tf, x as Tensor, gamma as Tensor, beta as Tensor, epsilon).y,
        )(inputs, dy)
      : runKernel<Tensor[]>(
          tf,
          'GanvasBatchNormaliseGradient',
          { x, dy, gamma, mean, variance } as { [name: string]: Tensor },
          { epsilon },
        );
    const at = (index: number) => () => gradients[index] as Tensor;
    return { x: at(0), gamma: at(1), beta: at(2) };
  },
};

/** By one kernel; by arithmetic where the gradient is differentiated in its turn. */
const attend: Correction = {
  kernelName: 'GanvasAttend',
  why: 'a kernel of the engine',
  inputsToSave: ['joint'],
  gradFunc: (dy, [joint]) => ({
    joint: () =>
      tf.engine().isTapeOn()
        ? tf.grad((at) => composeAttend(tf, at))(joint as Tensor, single(dy))
        : runKernel(tf, 'GanvasAttendGradient', { joint: joint as Tensor, dy: single(dy) }),
  }),
};

const crossEntropy: Correction = {
  kernelName: 'GanvasCrossEntropy',
  why: 'a kernel of the engine',
  inputsToSave: ['scores'],
  gradFunc: (dy, [scores], attrs) => ({
    scores: () => {
      const { target, given } = attrs as { target: number; given: 'logits' | 'probabilities' };
      if (!tf.engine().isTapeOn())
        return runKernel(
          tf,
          'GanvasCrossEntropyGradient',
          { scores: scores as Tensor, dy: single(dy) },
          { target, given },
        );
      const compose = (at: Tensor) => composeCrossEntropy(tf, at, target, given);
      return tf.grad(compose)(scores as Tensor, single(dy));
    },
  }),
};

export const fused: readonly Correction[] = [affine, batchNormalise, attend, crossEntropy];
