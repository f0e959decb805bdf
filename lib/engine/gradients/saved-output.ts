import * as tf from '@tensorflow/tfjs-core';
import { hasFinalKernel, runKernel } from '@/lib/nodes/operations';
import { type Correction, single, type Tensor, tied } from './define';

/** Kernels whose stock gradient reads a saved output only: the second derivative lacks a term, silently. */
const why = 'reads a saved output that is not tied to its input: the second order is silently wrong';

const tanh: Correction = {
  kernelName: 'Tanh',
  why,
  inputsToSave: ['x'],
  outputsToSave: [true],
  gradFunc: (dy, [x, saved]) => ({
    // d tanh x = 1 − tanh² x
    x: () => {
      if (hasFinalKernel(tf, 'GanvasTanhGradient'))
        return runKernel(tf, 'GanvasTanhGradient', { y: saved as Tensor, dy: single(dy) });
      const y = tied(saved as Tensor, () => tf.tanh(x as Tensor));
      return tf.mul(single(dy), tf.sub(1, tf.square(y)));
    },
  }),
};

const sigmoid: Correction = {
  kernelName: 'Sigmoid',
  why,
  inputsToSave: ['x'],
  outputsToSave: [true],
  gradFunc: (dy, [x, saved]) => ({
    // d σ = σ (1 − σ)
    x: () => {
      if (hasFinalKernel(tf, 'GanvasSigmoidGradient'))
        return runKernel(tf, 'GanvasSigmoidGradient', { y: saved as Tensor, dy: single(dy) });
      const y = tied(saved as Tensor, () => tf.sigmoid(x as Tensor));
      return tf.mul(single(dy), tf.mul(y, tf.sub(1, y)));
    },
  }),
};

const exp: Correction = {
  kernelName: 'Exp',
  why,
  inputsToSave: ['x'],
  outputsToSave: [true],
  gradFunc: (dy, [x, saved]) => ({
    x: () =>
      tf.mul(
        single(dy),
        tied(saved as Tensor, () => tf.exp(x as Tensor)),
      ),
  }),
};

const softmax: Correction = {
  kernelName: 'Softmax',
  why,
  inputsToSave: ['logits'],
  outputsToSave: [true],
  gradFunc: (dy, [logits, saved], attrs) => ({
    // Σ_j dy_j y_j (δ_ij − y_i) = dy_i y_i − y_i Σ_j dy_j y_j
    logits: () => {
      const dim = attrs.dim as number;
      const y = tied(saved as Tensor, () => tf.softmax(logits as Tensor, dim));
      const weighted = tf.mul(single(dy), y);
      return tf.sub(weighted, tf.mul(tf.sum(weighted, dim, true), y));
    },
  }),
};

export const savedOutputs: readonly Correction[] = [tanh, sigmoid, exp, softmax];
