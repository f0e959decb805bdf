import type { Tensor } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { meanCrossEntropy } from '@/lib/nodes/losses/cross-entropy-terms';
import { adamStep, affine, attend, batchNormalise, pack, unpack } from '@/lib/nodes/operations';
import { startBackend } from './backend';
import type { Tf } from './core';
import { differenceOf, normals } from './testing/compare';

/**
 * Every operation that the engine has a kernel for: the kernel on WASM gives what the composition gives on
 * cpu, by value and by first and second derivative, for random shapes.
 */
let tf: Tf;

beforeAll(async () => {
  tf = (await startBackend('cpu')).tf;
  await startBackend('wasm');
});

type Inputs = readonly (readonly number[])[];
type Compute = (inputs: readonly Tensor[]) => readonly Tensor[];

/** Values, the gradient of Σ outputs², and that gradient's own, by every input. */
async function derivativesOn(
  backend: string,
  shapes: Inputs,
  seed: number,
  orders: number,
  compute: Compute,
) {
  await tf.setBackend(backend);
  const results = tf.tidy(() => {
    const inputs = shapes.map((shape, i) => normals(tf, shape, seed, i));
    const loss = (...at: Tensor[]) => tf.addN(compute(at).map((y) => tf.sum(tf.square(y))));
    const first = (...at: Tensor[]) => tf.grads(loss)(at);
    const slope = (...at: Tensor[]) => tf.addN(first(...at).map((g) => tf.sum(tf.square(g))));
    return [
      ...compute(inputs),
      ...(orders > 0 ? first(...inputs) : []),
      ...(orders > 1 ? tf.grads(slope)(inputs) : []),
    ];
  });
  const values = results.map((result) => Array.from(result.dataSync()));
  tf.dispose(results);
  return values;
}

async function agrees(shapes: Inputs, seed: number, orders: number, compute: Compute): Promise<void> {
  const before = tf.memory().numTensors;
  const expected = await derivativesOn('cpu', shapes, seed, orders, compute);
  const got = await derivativesOn('wasm', shapes, seed, orders, compute);
  expect(got.length).toBe(expected.length);
  got.forEach((values, i) => {
    expect(differenceOf(values, expected[i] as number[])).toBeLessThan(2e-4);
  });
  expect(tf.memory().numTensors).toBe(before);
}

const size = fc.integer({ min: 1, max: 20 });

describe('operations by one kernel', () => {
  it('multiplies by a kernel and adds a bias', () =>
    fc.assert(
      fc.asyncProperty(size, size, size, fc.nat(), (rows, inputs, units, seed) =>
        agrees([[rows, inputs], [inputs, units], [units]], seed, 2, ([x, kernel, bias]) => [
          affine(tf, x as Tensor, kernel as Tensor, bias),
        ]),
      ),
      { numRuns: 60 },
    ));

  it('normalises by the batch', () =>
    fc.assert(
      fc.asyncProperty(
        fc.constantFrom([9], [64], [70], [5, 3], [3, 4, 4]),
        size,
        fc.constantFrom(1e-1, 1e-3),
        fc.nat(),
        (lead, channels, epsilon, seed) =>
          agrees([[...lead, channels], [channels], [channels]], seed, 2, ([x, gamma, beta]) => [
            // Two rows may be alike by chance; a softer slope keeps the comparison about the formula.
            batchNormalise(tf, tf.mul(x as Tensor, 0.3), gamma as Tensor, beta as Tensor, epsilon + 0.1).y,
          ]),
      ),
      { numRuns: 40 },
    ));

  it('gives the statistics that it normalised by', () =>
    fc.assert(
      fc.asyncProperty(size, size, fc.nat(), (rows, channels, seed) =>
        agrees([[rows, channels], [channels], [channels]], seed, 0, ([x, gamma, beta]) => {
          const { y, mean, variance } = batchNormalise(tf, x as Tensor, gamma as Tensor, beta as Tensor, 0.1);
          return [y, mean, variance];
        }),
      ),
      { numRuns: 40 },
    ));

  it('attends, from any number of places', () =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 45 }),
        fc.integer({ min: 1, max: 10 }),
        fc.nat(),
        (examples, places, width, seed) =>
          agrees([[examples, places, 3 * width]], seed, 2, ([joint]) => [
            attend(tf, tf.mul(joint as Tensor, 0.5)),
          ]),
      ),
      { numRuns: 40 },
    ));

  it('attends to one place where its score is far above all others', async () => {
    await tf.setBackend('wasm');
    // Queries 1, keys 0 but for one, values the numbers of the places.
    const rows = Array.from({ length: 30 }, (_, place) => [1, place === 7 ? 1_000 : -1_000, place]);
    expect(Array.from(attend(tf, tf.tensor([rows])).dataSync())).toEqual(Array(30).fill(7));
  });

  it('makes a step of Adam', () =>
    fc.assert(
      fc.asyncProperty(size, fc.integer({ min: 1, max: 9 }), fc.nat(), (length, step, seed) =>
        agrees([[length], [length], [length]], seed, 0, ([gradient, m, v]) => {
          const attrs = { beta1: 0.5, beta2: 0.99, epsilon: 1e-8 };
          const rate = 1e-2 / (1 - 0.5 ** step);
          const correction = 1 / (1 - 0.99 ** step);
          const moments = { m: m as Tensor, v: tf.square(v as Tensor) };
          const next = adamStep(tf, gradient as Tensor, moments, { ...attrs, rate, correction });
          return [next.change, next.m, next.v];
        }),
      ),
    ));

  it('measures cross-entropy of logits and of probabilities', () =>
    fc.assert(
      fc.asyncProperty(
        size,
        fc.constantFrom(0, 0.1, 0.95, 1),
        fc.constantFrom('logits' as const, 'probabilities' as const),
        fc.constantFrom(1, 3),
        fc.nat(),
        (rows, target, given, steep, seed) =>
          agrees([[rows, 1]], seed, 2, ([x]) => {
            const scores = given === 'logits' ? (x as Tensor) : tf.sigmoid(tf.mul(x as Tensor, steep));
            return [meanCrossEntropy(tf, scores, target, given)];
          }),
      ),
      { numRuns: 60 },
    ));

  it('packs tensors end to end and cuts them again', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 3 }), { minLength: 1, maxLength: 12 }),
        fc.nat(),
        (shapes, seed) =>
          agrees(shapes, seed, 0, (parts) => {
            const flat = pack(tf, parts);
            return [flat, ...unpack(tf, flat, shapes)];
          }),
      ),
      { numRuns: 50 },
    ));

  it.each([
    ['relu', (x: Tensor) => tf.relu(x)],
    ['leaky relu', (x: Tensor) => tf.leakyRelu(x, 0.2)],
    ['tanh', (x: Tensor) => tf.tanh(x)],
    ['sigmoid', (x: Tensor) => tf.sigmoid(x)],
  ] as const)('differentiates %s by one kernel', (_, activation) =>
    fc.assert(
      fc.asyncProperty(size, size, fc.nat(), (rows, columns, seed) =>
        agrees([[rows, columns]], seed, 2, ([x]) => [activation(x as Tensor)]),
      ),
      { numRuns: 40 },
    ),
  );
});
