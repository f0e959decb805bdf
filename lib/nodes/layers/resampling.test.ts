import type { Scalar, Tensor4D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { startBackend } from '@/lib/engine/backend';
import { shape } from '@/lib/shapes/shape';
import { isProblem, type OpDefinition, type Tensor, type Tf } from '../define';
import { applyKind } from '../testing/apply-kind';
import { argmax } from './argmax';
import { conv3d } from './conv3d';
import { conv3dTranspose } from './conv3d-transpose';
import { depthwiseConv2d } from './depthwise-conv2d';
import { interpolate } from './interpolate';
import { maskedDense } from './masked-dense';
import { maxPool2d } from './max-pool2d';
import { progressiveBlend } from './progressive-blend';
import { selfAttention } from './self-attention';
import { upsample2d } from './upsample2d';

let tf: Tf;
beforeAll(async () => {
  tf = (await startBackend('cpu')).tf;
});

const image = (height: number, width: number, channels: number, seed = 3) =>
  tf.randomNormal([2, height, width, channels], 0, 1, 'float32', seed);
const furthest = (a: Tensor, b: Tensor) => tf.max(tf.abs(tf.sub(a, b))).dataSync()[0] as number;

describe('upsampling', () => {
  test('nearest is tfjs’s own resizing', () => {
    tf.tidy(() => {
      const x = image(3, 2, 4);
      const expected = tf.image.resizeNearestNeighbor(x as Tensor4D, [9, 6]);
      expect(furthest(applyKind(tf, upsample2d, { in: x }, { params: { size: 3 } }), expected)).toBe(0);
    });
  });

  test.each([2, 3, 5])('bilinear by %i is tfjs’s own resizing with centres at halves', (size) => {
    tf.tidy(() => {
      const x = image(4, 3, 2);
      const expected = tf.image.resizeBilinear(x as Tensor4D, [4 * size, 3 * size], false, true);
      const got = applyKind(tf, upsample2d, { in: x }, { params: { size, interpolation: 'bilinear' } });
      expect(furthest(got, expected)).toBeLessThan(1e-6);
    });
  });
});

test('max pool: of equal numbers the first alone gets the gradient', () => {
  tf.tidy(() => {
    const x = tf.tensor4d([0, 0, 0, 0, 5, 7, 7, 1], [2, 2, 2, 1]);
    const slope = tf.grad((at) => tf.sum(applyKind(tf, maxPool2d, { in: at })))(x);
    expect([...slope.dataSync()]).toEqual([1, 0, 0, 0, 0, 1, 0, 0]);
  });
});

test('progressive blend: 0 is the low branch, 1 the high one', () => {
  tf.tidy(() => {
    const [low, high] = [image(2, 2, 3, 5), image(2, 2, 3, 7)];
    const at = (alpha: number) => applyKind(tf, progressiveBlend, { low, high }, { params: { alpha } });
    expect(furthest(at(0), low)).toBe(0);
    expect(furthest(at(1), high)).toBe(0);
    expect(furthest(at(0.999), high)).toBeLessThan(1e-2);
  });
});

test('self-attention starts as the identity', () => {
  tf.tidy(() => {
    const x = image(3, 3, 8);
    expect(furthest(applyKind(tf, selfAttention, { in: x }), x)).toBe(0);
  });
});

test('interpolate: one weight per example, within the two', () => {
  tf.tidy(() => {
    const [a, b] = [tf.ones([50, 2, 3]), tf.zeros([50, 2, 3])];
    const y = applyKind(tf, interpolate, { a, b });
    const { mean, variance } = tf.moments(y, [1, 2]);
    expect(Math.max(...variance.dataSync())).toBeLessThan(1e-12);
    const weights = mean.dataSync();
    expect(new Set(weights).size).toBe(50);
    expect(Math.min(...weights)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...weights)).toBeLessThanOrEqual(1);
    expect(furthest(applyKind(tf, interpolate, { a, b }, { mode: 'eval' }), tf.fill([50, 2, 3], 0.5))).toBe(
      0,
    );
  });
});

test('argmax is one-hot at the first largest and lets no gradient through', () => {
  tf.tidy(() => {
    const x = tf.tensor2d([1, 3, 2, 4, 4, 0], [2, 3]);
    expect([...applyKind(tf, argmax, { in: x }).dataSync()]).toEqual([0, 1, 0, 1, 0, 0]);
    const slope = tf.grad((at) => tf.sum(tf.mul(applyKind(tf, argmax, { in: at }), tf.tensor1d([1, 2, 3]))))(
      x,
    );
    expect(slope.dataSync().every((value) => value === 0)).toBe(true);
  });
});

test.each([
  { kernelSize: 4, strides: 2, padding: 'same' },
  { kernelSize: 3, strides: 1, padding: 'same' },
  { kernelSize: 3, strides: 2, padding: 'valid' },
])(
  'a transposed convolution in three dimensions is the adjoint of one ($kernelSize, $strides, $padding)',
  (window) => {
    tf.tidy(() => {
      const { kernelSize: k } = window;
      const params = { ...window, filters: 3, useBias: false };
      const kernel = tf.randomNormal([k, k, k, 2, 3], 0, 1, 'float32', 11);
      const small = tf.randomNormal([2, 2, 3, 2, 3], 0, 1, 'float32', 13);
      const painted = applyKind(
        tf,
        conv3dTranspose,
        { in: small },
        { params: { ...params, filters: 2 }, weights: { kernel } },
      );
      const large = tf.randomNormal(painted.shape, 0, 1, 'float32', 17);
      const seen = applyKind(tf, conv3d, { in: large }, { params, weights: { kernel } });
      const [left, right] = [tf.sum(tf.mul(seen, small)), tf.sum(tf.mul(large, painted))].map(
        (sum) => sum.dataSync()[0] as number,
      ) as [number, number];
      expect(Math.abs(left - right)).toBeLessThan(1e-4 * Math.max(1, Math.abs(left)));
    });
  },
);

test.each([
  { strides: 1, multiplier: 1 },
  { strides: 2, multiplier: 3 },
])('depthwise convolution is tfjs’s own ($strides, $multiplier)', ({ strides, multiplier }) => {
  tf.tidy(() => {
    const x = image(5, 6, 2);
    const kernel = tf.randomNormal([3, 3, 2 * multiplier, 1], 0, 1, 'float32', 19);
    const params = { strides, multiplier, useBias: false };
    const got = applyKind(tf, depthwiseConv2d, { in: x }, { params, weights: { kernel } });
    const filter = tf.reshape(kernel, [3, 3, 2, multiplier]) as Tensor4D;
    expect(furthest(got, tf.depthwiseConv2d(x as Tensor4D, filter, strides, 'same'))).toBeLessThan(1e-5);
  });
});

describe('masked dense', () => {
  const layers = (x: Tensor, order: string) => {
    const hidden = applyKind(tf, maskedDense, { in: x }, { params: { units: 12, order }, seed: 2 });
    const deeper = applyKind(
      tf,
      maskedDense,
      { in: tf.tanh(hidden) },
      { params: { units: 12, variables: 4, own: true, order }, seed: 3 },
    );
    const params = { units: 4, variables: 4, own: true, order };
    return applyKind(tf, maskedDense, { in: tf.tanh(deeper) }, { params, seed: 4 });
  };

  test.each(['natural', 'reversed'])('%s: output i depends on the variables before i alone', (order) => {
    tf.tidy(() => {
      const x = tf.tensor2d([[0.3, -0.7, 0.5, 0.9]]);
      for (let i = 0; i < 4; i++) {
        const slope = tf
          .grad((at) => tf.sum(tf.slice(layers(at, order), [0, i], [1, 1])))(x)
          .dataSync();
        const depends = Array.from(slope, (value) => value !== 0);
        const earlier = [0, 1, 2, 3].map((j) => (order === 'natural' ? j < i : j > i));
        expect(depends).toEqual(earlier);
      }
    });
  });

  test('the probabilities of all states sum to 1', () => {
    tf.tidy(() => {
      const states = tf.tensor2d(
        Array.from({ length: 16 }, (_, s) => [0, 1, 2, 3].map((bit) => (s >> bit) & 1)),
      );
      const logits = layers(states, 'natural');
      // log p = Σ x log σ(a) + (1 - x) log σ(-a)
      const signed = tf.mul(logits, tf.sub(tf.mul(states, 2), 1));
      const total = tf.sum(tf.exp(tf.sum(tf.logSigmoid(signed), 1))) as Scalar;
      expect(total.dataSync()[0]).toBeCloseTo(1, 5);
    });
  });
});

test('a mirrored border wider than the image is refused with the numbers', () => {
  const { params, infer } = conv3d as unknown as OpDefinition;
  const inferred = infer(params.parse({ kernelSize: 5, padding: 'reflect' }), { in: shape([8, 2, 8, 1]) });
  expect(isProblem(inferred) && inferred.problem.message).toBe(
    'A window of 5 does not fit into [8, 2, 8, 1] with mirrored borders.',
  );
});
