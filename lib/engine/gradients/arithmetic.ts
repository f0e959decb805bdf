import * as tf from '@tensorflow/tfjs-core';
import { share } from '../tape';
import { type Correction, single, type Tensor, unbroadcast } from './define';

const why = 'reshapes what has its shape already: two kernels more for every sum and product';

const add: Correction = {
  kernelName: 'Add',
  why,
  inputsToSave: ['a', 'b'],
  gradFunc: (dy, [a, b]) => ({
    a: () => own(unbroadcast(single(dy), (a as Tensor).shape), dy),
    b: () => own(unbroadcast(single(dy), (b as Tensor).shape), dy),
  }),
};

const sub: Correction = {
  kernelName: 'Sub',
  why,
  inputsToSave: ['a', 'b'],
  gradFunc: (dy, [a, b]) => ({
    a: () => own(unbroadcast(single(dy), (a as Tensor).shape), dy),
    b: () => tf.neg(unbroadcast(single(dy), (b as Tensor).shape)),
  }),
};

const multiply: Correction = {
  kernelName: 'Multiply',
  why,
  inputsToSave: ['a', 'b'],
  gradFunc: (dy, [a, b]) => ({
    a: () => unbroadcast(tf.mul(single(dy), b as Tensor), (a as Tensor).shape),
    b: () => unbroadcast(tf.mul(single(dy), a as Tensor), (b as Tensor).shape),
  }),
};

/** The tape disposes a gradient when it has added to it, so two inputs must not share one tensor. */
const own = (gradient: Tensor, dy: Tensor | Tensor[]): Tensor =>
  gradient === single(dy) ? share(gradient) : gradient;

export const arithmetic: readonly Correction[] = [add, sub, multiply];
