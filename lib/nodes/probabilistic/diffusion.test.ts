import { beforeAll, describe, expect, test } from 'vitest';
import { startBackend } from '@/lib/engine/backend';
import { defined } from '@/lib/util/assert';
import { createStream } from '@/lib/util/random';
import type { Tensor, Tensors, Tf } from '../define';
import { diffuse } from './diffuse';
import { diffusionPair } from './diffusion-pair';
import { posterior } from './posterior';

let tf: Tf;
beforeAll(async () => {
  tf = (await startBackend('cpu')).tf;
});

const ROWS = 40_000;
const chain = { steps: 4, betaStart: 0.1, betaEnd: 20 };
const context = { mode: 'train' as const, seed: (purpose: string) => createStream('test', purpose).seed() };

/** ∫β to step t of the chain. */
const along = (t: number) => 0.1 * (t / 4) + (19.9 / 2) * (t / 4) ** 2;
const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const momentsOf = (a: readonly number[], b: readonly number[]) => {
  const [ma, mb] = [meanOf(a), meanOf(b)];
  const covariance = (x: readonly number[], mx: number, y: readonly number[], my: number) =>
    meanOf(x.map((value, i) => (value - mx) * ((y[i] as number) - my)));
  return [ma, mb, covariance(a, ma, a, ma), covariance(b, mb, b, mb), covariance(a, ma, b, mb)];
};

describe('a diffusion', () => {
  test('from x₀ = 2 has √ᾱ x₀ and 1 - ᾱ at both steps of a pair, and the posterior gives the same pair', () => {
    const start = tf.fill([ROWS, 1], 2) as Tensor;
    const args = { params: chain, weights: {}, buffers: {}, context };
    const there = diffusionPair.apply(tf, { ...args, inputs: { in: start } }).outputs as Record<
      string,
      Tensor
    >;
    const { before, after, t } = there;
    const inputs = { in: after as Tensor, start, t: t as Tensor };
    const { out } = posterior.apply(tf, { ...args, inputs }).outputs;
    const read = (tensor: Tensor | undefined) => Array.from(defined(tensor, 'a tensor').dataSync());
    const [steps, befores, afters, backs] = [t, before, after, out].map(read) as number[][];
    for (const step of [1, 2, 3, 4]) {
      const at = (values: readonly number[] = []) => values.filter((_, i) => steps?.[i] === step);
      expect(at(steps).length / ROWS).toBeCloseTo(0.25, 1);
      const [kept, keptAfter] = [Math.exp(-along(step - 1)), Math.exp(-along(step))];
      const covariance = Math.sqrt(keptAfter / kept) * (1 - kept);
      const expected = [2 * Math.sqrt(kept), 2 * Math.sqrt(keptAfter), 1 - kept, 1 - keptAfter, covariance];
      for (const pair of [momentsOf(at(befores), at(afters)), momentsOf(at(backs), at(afters))])
        pair.forEach((value, i) => {
          expect(Math.abs(value - (expected[i] as number))).toBeLessThan(0.05);
        });
    }
  });

  test('back from its first step is what it began as', () => {
    const [x, start, t] = [tf.tensor2d([[3]]), tf.tensor2d([[-1]]), tf.tensor2d([[1]])];
    const inputs = { in: x as Tensor, start: start as Tensor, t: t as Tensor };
    const { out } = posterior.apply(tf, { params: chain, weights: {}, buffers: {}, context, inputs }).outputs;
    expect(defined(out, 'out').dataSync()[0]).toBeCloseTo(-1, 5);
  });
});

describe('diffuse', () => {
  const params = diffuse.params.parse({
    network: 'D',
    least: 10,
    most: 30,
    betaEnd: 0.2,
    sd: 0.5,
    examples: 80_000,
  });
  /** Blurs zeros; D says `score` of everything. */
  const blurred = (p: number, score: number) => {
    const zeros = tf.zeros([ROWS, 1]) as Tensor;
    const buffers: Tensors = { p: tf.tensor1d([p]) };
    const { outputs, observed } = diffuse.apply(tf, {
      params,
      weights: {},
      buffers,
      inputs: { real: zeros, fake: zeros },
      context,
      applied: { f: () => tf.fill([ROWS, 1], score), dims: [1] },
    });
    const next = defined(diffuse.advance, 'advance')(tf, params, buffers, defined(observed, 'observed'));
    return { outputs, p: defined(next.p, 'p').dataSync()[0] as number };
  };

  test('leaves half alone, draws late steps more often, and blurs real and fake as much as the step says', () => {
    const { outputs } = blurred(0.5, 1);
    const [t, real, fake] = ['t', 'real', 'fake'].map((port) =>
      Array.from(defined(outputs[port], port).dataSync()),
    ) as [number[], number[], number[]];
    const share = (most: number) => t.filter((step) => step <= most).length / ROWS;
    expect(share(0)).toBeCloseTo(0.5, 1);
    expect(share(10) - 0.5).toBeCloseTo(0.125, 1);
    expect(Math.max(...t)).toBe(20);
    const lost = 20 * 1e-4 + ((0.2 - 1e-4) / 19) * ((20 * 19) / 2);
    for (const values of [real, fake]) {
      expect(values.filter((value, i) => t[i] === 0 && value !== 0)).toEqual([]);
      const at = values.filter((_, i) => t[i] === 20);
      expect(meanOf(at.map((value) => value ** 2))).toBeCloseTo(0.25 * (1 - Math.exp(-lost)), 1);
    }
  });

  test('makes the chain longer while D is sure of real data, and shorter while it is not', () => {
    expect(blurred(0.2, 1).p).toBeCloseTo(0.7, 5);
    expect(blurred(0.6, -1).p).toBeCloseTo(0.1, 5);
    expect(blurred(0.9, 1).p).toBe(1);
  });
});
