import type { Scalar } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { startBackend } from '@/lib/engine/backend';
import type { Tensor, Tf } from '../define';
import { applyKind } from '../testing/apply-kind';
import { gumbelSoftmax } from './gumbel-softmax';
import { reparameterize } from './reparameterize';

let tf: Tf;
beforeAll(async () => {
  tf = (await startBackend('cpu')).tf;
});

describe('gumbel softmax', () => {
  const p = [0.3, 0.2, 0.15, 0.12, 0.1, 0.07, 0.04, 0.02];
  const logits = (rows: number) => tf.tile(tf.tensor2d([p.map(Math.log)]), [rows, 1]);

  test('the largest of logits with noise is drawn by their probabilities (Gumbel-max)', () => {
    tf.tidy(() => {
      const rows = 100_000;
      const y = applyKind(tf, gumbelSoftmax, { in: logits(rows) }, { params: { hard: true } });
      const shares = Array.from(tf.mean(y, 0).dataSync());
      const variation = shares.reduce((sum, share, i) => sum + Math.abs(share - (p[i] as number)), 0) / 2;
      expect(variation).toBeLessThan(0.01);
      expect(Array.from(tf.sum(y, 1).dataSync()).every((total) => total === 1)).toBe(true);
    });
  });

  test('hard values have the gradient of the smooth ones', () => {
    tf.tidy(() => {
      const weights = tf.tensor1d([1, -2, 3, 0.5, -1, 2, 4, -3]);
      const slope = (hard: boolean) =>
        tf.grad((x) =>
          tf.sum(
            tf.mul(
              applyKind(tf, gumbelSoftmax, { in: x }, { params: { hard, temperature: 0.7 }, seed: 5 }),
              weights,
            ),
          ),
        )(logits(4));
      const [soft, hard] = [slope(false), slope(true)];
      expect(tf.max(tf.abs(tf.sub(soft, hard))).dataSync()[0]).toBeLessThan(1e-6);
      expect(tf.max(tf.abs(hard)).dataSync()[0]).toBeGreaterThan(0.1);
    });
  });

  test('cold is near one-hot; eval draws nothing', () => {
    tf.tidy(() => {
      const cold = applyKind(tf, gumbelSoftmax, { in: logits(200) }, { params: { temperature: 0.01 } });
      const largest = tf.mean(tf.max(cold, 1)).dataSync()[0] as number;
      expect(largest).toBeGreaterThan(0.98);
      const still = applyKind(tf, gumbelSoftmax, { in: logits(1) }, { mode: 'eval' });
      Array.from(still.dataSync()).forEach((value, i) => {
        expect(value).toBeCloseTo(p[i] as number, 6);
      });
    });
  });
});

describe('reparameterize', () => {
  const drawn = (mode: 'train' | 'eval') =>
    applyKind(
      tf,
      reparameterize,
      { mean: tf.fill([40_000, 1], 3), logvariance: tf.fill([40_000, 1], Math.log(4)) },
      { mode },
    );

  test('draws from the Gaussian of that mean and variance', () => {
    tf.tidy(() => {
      const { mean, variance } = tf.moments(drawn('train'));
      expect(Math.abs((mean.dataSync()[0] as number) - 3)).toBeLessThan(0.04); // four standard errors
      expect(Math.abs((variance.dataSync()[0] as number) - 4)).toBeLessThan(0.12);
    });
  });

  test('eval is the mean', () => {
    tf.tidy(() => {
      expect(new Set(drawn('eval').dataSync())).toEqual(new Set([3]));
    });
  });

  test('the mean learns by 1, the log-variance by half the deviation times the noise', () => {
    tf.tidy(() => {
      const [mean, logvariance] = [tf.tensor2d([[1, 2]]), tf.tensor2d([[0.5, -1]])];
      const f = (m: Tensor, l: Tensor) =>
        tf.sum(applyKind(tf, reparameterize, { mean: m, logvariance: l })) as Scalar;
      const [byMean, byVariance] = tf.grads(f as never)([mean, logvariance]) as [Tensor, Tensor];
      const noise = tf.sub(applyKind(tf, reparameterize, { mean, logvariance }), mean);
      expect([...byMean.dataSync()]).toEqual([1, 1]);
      const expected = Array.from(noise.dataSync(), (value) => value / 2);
      Array.from(byVariance.dataSync()).forEach((value, i) => {
        expect(value).toBeCloseTo(expected[i] as number, 6);
      });
    });
  });
});
