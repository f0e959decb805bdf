import * as tf from '@tensorflow/tfjs-core';
import type { Correction, Tensor } from './define';

/**
 * A comparison is constant almost everywhere. Without a gradient of 0 it cannot stand in a gradient that is
 * differentiated again: relu6, clipByValue, maximum, minimum, max, min, where.
 */
const why = 'has no gradient, so nothing that compares has a second order';

const constant = (kernelName: string, names: readonly string[]): Correction => ({
  kernelName,
  why,
  inputsToSave: [...names],
  gradFunc: (_dy, saved) =>
    Object.fromEntries(names.map((name, i) => [name, () => tf.zeros((saved[i] as Tensor).shape)])),
});

export const comparisons: readonly Correction[] = [
  ...['Greater', 'GreaterEqual', 'Less', 'LessEqual', 'Equal', 'NotEqual', 'LogicalAnd', 'LogicalOr'].map(
    (kernel) => constant(kernel, ['a', 'b']),
  ),
  constant('LogicalNot', ['x']),
];
