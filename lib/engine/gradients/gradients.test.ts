import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../backend';
import type { Tf } from '../core';
import { differenceOf, normals } from '../testing/compare';
import { derivativeCases } from '../testing/derivative-cases';
import { derivativeFailures } from '../testing/derivative-failures';
import { firstOrder, secondOrder } from '../testing/derivatives';
import { corrections, installGradients } from './install';

let tf: Tf;

describe.each(['cpu', 'wasm'] as const)('gradients on %s', (backend) => {
  beforeAll(async () => {
    tf = (await startBackend(backend)).tf;
  });

  it.each(derivativeCases)('$name: first and second order agree with differences', (test) => {
    expect({ first: firstOrder(tf, test), second: secondOrder(tf, test) }).toEqual({
      first: 'right',
      second: 'right',
    });
  });

  it('differentiates a gradient penalty through a tanh network by its weights', () => {
    const x = normals(tf, [5, 3], 'x');
    const weights = normals(tf, [3, 4], 'w');
    const last = normals(tf, [4, 1], 'v');
    const penalty = (w: Tensor) => {
      const score = (input: Tensor) =>
        tf.sum(tf.matMul(tf.tanh(tf.matMul(input as Tensor2D, w as Tensor2D)), last as Tensor2D));
      return tf.sum(tf.square(tf.grad(score)(x)));
    };
    const got = tf.grad(penalty)(weights).dataSync();
    expect(differenceOf(got, centralDifferences(penalty, weights))).toBeLessThan(1e-2);
  });

  it('differentiates through an update of a convolution', () => {
    const x = normals(tf, [2, 5, 5, 2], 'x') as Tensor4D;
    const filter = normals(tf, [3, 3, 2, 2], 'w');
    const loss = (w: Tensor) => tf.mean(tf.square(tf.conv2d(x, w as Tensor4D, 2, 'same')));
    const looked = (w: Tensor) => loss(tf.sub(w, tf.mul(0.5, tf.grad(loss)(w))));
    const got = tf.grad(looked)(filter).dataSync();
    expect(differenceOf(got, centralDifferences(looked, filter))).toBeLessThan(1e-2);
  });
});

describe('what tfjs does without the corrections', () => {
  beforeAll(async () => {
    tf = (await startBackend('cpu')).tf;
    installGradients()();
  });
  afterAll(() => {
    installGradients();
  });

  it.each(derivativeCases)('$name: first $stock.first, second $stock.second', (test) => {
    expect({ first: firstOrder(tf, test), second: secondOrder(tf, test) }).toEqual(test.stock);
  });

  it('cannot differentiate an update of a convolution', () => {
    const x = normals(tf, [1, 4, 4, 1], 'x') as Tensor4D;
    const filter = normals(tf, [3, 3, 1, 1], 'w');
    const loss = (w: Tensor) => tf.sum(tf.square(tf.conv2d(x, w as Tensor4D, 1, 'same')));
    const looked = (w: Tensor) => tf.sum(tf.square(tf.grad(loss)(w)));
    expect(() => tf.grad(looked)(filter)).toThrow(/gradient/);
  });
});

it('says why for every correction, once per kernel', () => {
  expect(corrections.every((correction) => correction.why.length > 10)).toBe(true);
  expect(new Set(corrections.map((correction) => correction.kernelName)).size).toBe(corrections.length);
});

function centralDifferences(f: (x: Tensor) => Tensor, x: Tensor): number[] {
  const h = 5e-3;
  const values = Float32Array.from(x.dataSync());
  return Array.from(values, (_, i) => {
    const moved = (by: number) => values.map((v, j) => (i === j ? v + by : v));
    const at = (by: number) => tf.tidy(() => f(tf.tensor(moved(by), x.shape)).dataSync()[0] as number);
    return (at(h) - at(-h)) / (2 * h);
  });
}

it('reports by name and order what a backend gets wrong', async () => {
  tf = (await startBackend('cpu')).tf;
  expect(derivativeFailures(tf)).toEqual([]);
  installGradients()();
  expect(derivativeFailures(tf)).toContain('Tanh: second order wrong');
  installGradients();
});
