import { beforeAll, describe, expect, test } from 'vitest';
import { startBackend } from '@/lib/engine/backend';
import { createStream } from '@/lib/util/random';
import { isProblem, type Tensor, type Tensors, type Tf } from '../define';
import { batchNorm } from './batch-norm';
import { virtualBatchNorm } from './virtual-batch-norm';

let tf: Tf;
beforeAll(async () => {
  tf = (await startBackend('cpu')).tf;
});

const EPSILON = 1e-5;
const context = { mode: 'train' as const, seed: () => 1 };
const noise = (count: number, ...key: string[]): number[] => {
  const stream = createStream('vbn', ...key);
  return Array.from({ length: count }, () => 2 * stream.normal() + 1);
};

/** As the paper's code has it, in double precision; rows × places × channels numbers. */
function onPaper(
  { live, reference }: { live: readonly number[]; reference: readonly number[] },
  [places, channels]: readonly [number, number],
  gamma: readonly number[],
  beta: readonly number[],
): number[] {
  const mean = (of: readonly number[], channel: number, f: (x: number) => number) => {
    const chosen = of.filter((_, i) => i % channels === channel);
    return chosen.reduce((sum, x) => sum + f(x), 0) / chosen.length;
  };
  const size = places * channels;
  const share = 1 / (reference.length / size + 1);
  return live.map((x, i) => {
    const channel = i % channels;
    const example = live.slice(Math.floor(i / size) * size, (Math.floor(i / size) + 1) * size);
    const mixed = (f: (x: number) => number) =>
      share * mean(example, channel, f) + (1 - share) * mean(reference, channel, f);
    const centre = mixed((value) => value);
    const variance = mixed((value) => value * value) - centre ** 2;
    return ((gamma[channel] ?? 0) * (x - centre)) / Math.sqrt(variance + EPSILON) + (beta[channel] ?? 0);
  });
}

const apply = (x: Tensor, weights: Tensors, reference?: Tensors) =>
  virtualBatchNorm.apply(tf, {
    params: { epsilon: EPSILON },
    weights,
    buffers: {},
    inputs: { in: x },
    context: { ...context, ...(reference && { reference }) },
  });

const plain = (channels: number): Tensors => ({ gamma: tf.ones([channels]), beta: tf.zeros([channels]) });
const largest = (a: Tensor, b: Tensor): number => tf.max(tf.abs(tf.sub(a, b))).dataSync()[0] as number;

describe('virtual batch norm', () => {
  test.each([
    ['vectors', [5]],
    ['images', [3, 2, 4]],
    ['volumes', [2, 2, 2, 3]],
  ] as const)('of %s is what the paper says', (_, dims) => {
    const size = dims.reduce<number>((product, dim) => product * dim, 1);
    const channels = dims.at(-1) as number;
    const [live, reference] = [noise(3 * size, 'live', String(dims)), noise(6 * size, 'ref', String(dims))];
    const [gamma, beta] = [noise(channels, 'gamma'), noise(channels, 'beta')];
    tf.tidy(() => {
      const weights = { gamma: tf.tensor1d(gamma), beta: tf.tensor1d(beta) };
      const { observed } = apply(tf.tensor(reference, [6, ...dims]), weights);
      const { outputs } = apply(tf.tensor(live, [3, ...dims]), weights, observed);
      const expected = onPaper({ live, reference }, [size / channels, channels], gamma, beta);
      expect(largest(outputs.out as Tensor, tf.tensor(expected, [3, ...dims]))).toBeLessThan(1e-5);
    });
  });

  test('one example does not depend on the others; with batch norm it does', () => {
    tf.tidy(() => {
      const { observed } = apply(tf.tensor(noise(8 * 18, 'ref'), [8, 3, 3, 2]), plain(2));
      const batch = tf.tensor(noise(4 * 18, 'live'), [4, 3, 3, 2]);
      const other = tf.concat([tf.slice(batch, 0, 1), tf.mul(tf.slice(batch, 1), -3)], 0);
      const first = (of: Tensor) => tf.slice(of, 0, 1);
      const virtual = [batch, other].map((x) => first(apply(x, plain(2), observed).outputs.out as Tensor));
      expect(largest(virtual[0] as Tensor, virtual[1] as Tensor)).toBeLessThan(1e-6);
      const usual = [batch, other].map((x) => {
        const params = { momentum: 0.99, epsilon: EPSILON };
        const args = { params, weights: plain(2), buffers: {}, inputs: { in: x }, context };
        return first(batchNorm.apply(tf, args).outputs.out as Tensor);
      });
      expect(largest(usual[0] as Tensor, usual[1] as Tensor)).toBeGreaterThan(0.1);
    });
  });

  test('the reference batch itself gets mean 0 and variance 1', () => {
    tf.tidy(() => {
      const { outputs } = apply(tf.tensor(noise(16 * 18, 'ref'), [16, 3, 3, 2]), plain(2));
      const { mean, variance } = tf.moments(outputs.out as Tensor, [0, 1, 2]);
      for (const value of mean.dataSync()) expect(Math.abs(value)).toBeLessThan(1e-3);
      for (const value of variance.dataSync()) expect(Math.abs(value - 1)).toBeLessThan(1e-3);
    });
  });

  test('far from zero and without variance it stays finite', () => {
    tf.tidy(() => {
      const { observed } = apply(tf.fill([4, 2, 2, 1], 1000), plain(1));
      const { outputs } = apply(tf.fill([2, 2, 2, 1], 1000), plain(1), observed);
      for (const value of (outputs.out as Tensor).dataSync()) expect(value).toBe(0);
    });
  });

  test('a single row is refused', () => {
    const inferred = virtualBatchNorm.infer({ epsilon: EPSILON }, { in: { dims: [4], batch: 'one' } });
    expect(isProblem(inferred) && inferred.problem.message).toMatch(/a single row/);
  });
});
