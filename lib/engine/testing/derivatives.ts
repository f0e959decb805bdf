import type { Tensor } from '@tensorflow/tfjs-core';
import { createStream, permutation } from '@/lib/util/random';
import type { Tf } from '../core';
import { differenceOf } from './compare';

/**
 * First and second derivatives on the current backend against central differences, for unit tests and for
 * pages that test a browser's own backends.
 */
export interface DerivativeCase {
  readonly name: string;
  /** The kernel whose gradient is tested. */
  readonly kernel: string;
  readonly shape: readonly number[];
  readonly f: (tf: Tf, x: Tensor) => Tensor;
  /** What tfjs's own gradients do here; the second order is judged by differences of the first, wrong or not. */
  readonly stock: { readonly first: Outcome; readonly second: Outcome };
}

export type Outcome = 'right' | 'wrong' | 'throws';

const h = 5e-3;
/** Float32 differences are good to about 1e-3. */
const tolerance = 1e-2;

/**
 * L(u, s) = Σ c · f(s ⊙ u): its derivative by u depends on s by the factor s too, so that at second order a
 * term that is lost inside f is lost without a word, as it is inside a network.
 */
export function firstOrder(tf: Tf, test: DerivativeCase): Outcome {
  const { s, u, c } = numbers(test);
  return outcome(() => {
    const at = (values: Float32Array) =>
      tf.tidy(() => loss(tf, test, values, tf.tensor(s, [...test.shape]), c).dataSync());
    const got = tf.tidy(() =>
      tf
        .grad((x) => loss(tf, test, x, tf.tensor(s, [...test.shape]), c))(tf.tensor(u, [...test.shape]))
        .dataSync(),
    );
    return differenceOf(got, differences(u, at)) / scaleOf(got);
  });
}

/** ∂/∂s of d · ∂L/∂u. */
export function secondOrder(tf: Tf, test: DerivativeCase): Outcome {
  const { s, u, c, d } = numbers(test);
  const slope = (scale: Tensor): Tensor => {
    const g = tf.grad((x) => loss(tf, test, x, scale, c))(tf.tensor(u, [...test.shape]));
    return tf.sum(tf.mul(g, tf.tensor(d, [...test.shape])));
  };
  return outcome(() => {
    const at = (values: Float32Array) => tf.tidy(() => slope(tf.tensor(values, [...test.shape])).dataSync());
    const got = tf.tidy(() =>
      tf
        .grad(slope)(tf.tensor(s, [...test.shape]))
        .dataSync(),
    );
    return differenceOf(got, differences(s, at)) / scaleOf(got);
  });
}

function loss(tf: Tf, test: DerivativeCase, u: Tensor | Float32Array, s: Tensor, c: Float32Array): Tensor {
  const x = tf.mul(s, u instanceof Float32Array ? tf.tensor(u, [...test.shape]) : u);
  const y = test.f(tf, x);
  return tf.sum(tf.mul(y, tf.tensor(c.slice(0, y.size), y.shape)));
}

/** Per entry: (f(v + h) − f(v − h)) / 2h. */
function differences(values: Float32Array, f: (values: Float32Array) => ArrayLike<number>): Float32Array {
  return values.map((_, i) => {
    const moved = (by: number) => f(values.map((v, j) => (i === j ? v + by : v)))[0] as number;
    return (moved(h) - moved(-h)) / (2 * h);
  });
}

function outcome(error: () => number): Outcome {
  try {
    return error() < tolerance ? 'right' : 'wrong';
  } catch (thrown) {
    if (thrown instanceof Error && /gradient|not registered|backprop/i.test(thrown.message)) return 'throws';
    throw thrown;
  }
}

/** `differenceOf` counts small numbers as 1; here they count as they are, down to 0.1. */
const scaleOf = (values: ArrayLike<number>): number =>
  Math.min(1, Math.max(0.1, ...Array.from(values, Math.abs)));

/** s ⊙ u keeps 0.2 away from 0, below 2.2, and its entries apart from each other. */
function numbers(test: DerivativeCase) {
  const size = test.shape.reduce((product, dim) => product * dim, 1);
  const stream = createStream(test.name);
  const order = permutation(size, stream);
  const s = Float32Array.from({ length: size }, () => 0.8 + 0.4 * stream.uniform());
  const u = s.map((scale, i) => {
    const x = 0.2 + (2 * (order[i] as number)) / size;
    return (stream.uniform() < 0.5 ? -x : x) / scale;
  });
  const draw = (count: number) => Float32Array.from({ length: count }, stream.normal);
  return { s, u, c: draw(16 * size), d: draw(size) };
}
