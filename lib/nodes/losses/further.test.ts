import { beforeAll, describe, expect, test } from 'vitest';
import { startBackend } from '@/lib/engine/backend';
import { shape } from '@/lib/shapes/shape';
import { createStream } from '@/lib/util/random';
import { isProblem, type LossDefinition, type Tensor, type Tf } from '../define';
import { resolveParams } from '../params';
import { crossEntropy } from './cross-entropy';
import { featureMatching } from './feature-matching';
import { flowLogLikelihood } from './flow-log-likelihood';
import { klToNormal } from './kl-to-normal';
import { lossSemiSupervised } from './loss-semi-supervised';
import { pullAway } from './pull-away';
import { totalVariation } from './total-variation';

/** Losses of codes, features and images: values that are known, and what happens at the ends. */
let tf: Tf;
beforeAll(async () => {
  tf = (await startBackend('cpu')).tf;
});

type Inputs = { readonly [port: string]: Tensor };

function evaluate(loss: unknown, inputs: Inputs, output = 'out', given: Record<string, unknown> = {}) {
  const definition = loss as LossDefinition;
  const params = resolveParams(definition.params.parse(given), 0);
  return definition.evaluate(tf, output, { params, inputs, seed: () => 1 });
}
const amountOf = (...args: Parameters<typeof evaluate>): number =>
  tf.tidy(() => evaluate(...args).dataSync()[0] as number);

const normals = (rows: number, columns: number) => {
  const stream = createStream('further', rows, columns);
  return tf.tensor2d(
    Float32Array.from({ length: rows * columns }, () => stream.normal()),
    [rows, columns],
  );
};

describe('cross-entropy', () => {
  test('of even scores is ln K, whatever the labels', () => {
    const labels = tf.tensor2d([[0, 1, 0, 0]]);
    expect(amountOf(crossEntropy, { in: tf.fill([1, 4], 3), labels })).toBeCloseTo(Math.log(4), 5);
    const even = tf.fill([1, 4], 0.25);
    expect(amountOf(crossEntropy, { in: even, labels }, 'out', { scores: 'probabilities' })).toBeCloseTo(
      Math.log(4),
      5,
    );
  });

  test('does not overflow, and still pulls where a softmax is saturated', () => {
    const labels = tf.tensor2d([[0, 1]]);
    expect(amountOf(crossEntropy, { in: tf.tensor2d([[1e4, -1e4]]), labels })).toBeCloseTo(2e4, 0);
    const f = (x: Tensor) => evaluate(crossEntropy, { in: x, labels }, 'out', { scores: 'probabilities' });
    const gradient = tf
      .grad(f)(tf.tensor2d([[1, 0]]))
      .dataSync();
    expect(gradient.every(Number.isFinite)).toBe(true);
    expect(gradient[1]).toBeLessThan(-1);
  });

  test('names both sizes where they differ', () => {
    const inferred = crossEntropy.infer(crossEntropy.params.parse({}), {
      in: shape([5]),
      labels: shape([8]),
    });
    expect(isProblem(inferred) && inferred.problem.message).toContain('Scores are [5], labels [8]');
  });
});

describe('feature matching', () => {
  test('gives the real side no gradient, and the fake side that of the means', () => {
    const real = normals(4, 3);
    const fake = normals(4, 3).mul(2).add(1) as Tensor;
    const [ofReal, ofFake] = tf.grads((a: Tensor, b: Tensor) =>
      evaluate(featureMatching, { real: a, fake: b }),
    )([real, fake]);
    expect([...(ofReal as Tensor).dataSync()].every((value) => value === 0)).toBe(true);
    // d ‖m - f̄‖² / d f_i = -2 (m - f̄) / n
    const expected = tf
      .tile(
        real
          .mean(0)
          .sub(fake.mean(0))
          .mul(-2 / 4)
          .expandDims(0),
        [4, 1],
      )
      .dataSync();
    (ofFake as Tensor).dataSync().forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i] as number, 5);
    });
  });
});

describe('pull away', () => {
  test('of an orthonormal batch is 0, of equal rows 1, of one row 0', () => {
    expect(amountOf(pullAway, { in: tf.eye(4) })).toBeCloseTo(0, 6);
    expect(amountOf(pullAway, { in: tf.tile(normals(1, 5), [4, 1]) })).toBeCloseTo(1, 5);
    expect(amountOf(pullAway, { in: normals(1, 5) })).toBeCloseTo(0, 6);
  });

  test('looks at directions alone: lengths and signs change nothing', () => {
    const rows = normals(4, 3);
    const scaled = rows.mul(tf.tensor2d([[2], [-1], [5], [0.1]]));
    expect(amountOf(pullAway, { in: scaled })).toBeCloseTo(amountOf(pullAway, { in: rows }), 5);
  });

  test('keeps a finite gradient at a row of zeros', () => {
    const gradient = tf.grad((x: Tensor) => evaluate(pullAway, { in: x }))(
      tf.tensor2d([
        [0, 0],
        [1, 2],
      ]),
    );
    expect(gradient.dataSync().every(Number.isFinite)).toBe(true);
  });
});

test('total variation of a ramp is its step, of a constant 0', () => {
  const ramp = tf.tensor4d([0, 1, 2, 0, 1, 2], [1, 2, 3, 1]);
  expect(amountOf(totalVariation, { in: ramp })).toBeCloseTo(1, 6);
  expect(amountOf(totalVariation, { in: tf.fill([2, 3, 3, 2], 0.7) })).toBe(0);
  const inferred = totalVariation.infer(totalVariation.params.parse({}), { in: shape([1, 8, 3]) });
  expect(isProblem(inferred) && inferred.problem.message).toContain('[1, 8, 3]');
});

test('KL to normal is 0 for a standard normal; summed over numbers, averaged over examples', () => {
  const zeros = tf.zeros([3, 5]);
  expect(amountOf(klToNormal, { mean: zeros, logvariance: zeros })).toBeCloseTo(0, 6);
  expect(amountOf(klToNormal, { mean: tf.ones([3, 5]), logvariance: zeros })).toBeCloseTo(2.5, 5);
});

test('a flow’s log-determinant is one number per example', () => {
  const inferred = flowLogLikelihood.infer(flowLogLikelihood.params.parse({}), {
    z: shape([2]),
    'log-det': shape([2]),
  });
  expect(isProblem(inferred) && inferred.problem.message).toContain('one number per example');
});

describe('semi-supervised', () => {
  test('D = Z / (Z + 1): an added class with score 0 gives the same terms', () => {
    const [labelled, real, fake] = [normals(4, 3), normals(5, 3), normals(6, 3)] as const;
    const labels = tf.tensor2d([
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
      [1, 0, 0],
    ]);
    const chanceOfFake = (scores: Tensor) => {
      const all = tf.concat([scores, tf.zeros([scores.shape[0] ?? 1, 1])], 1);
      return tf.softmax(all).slice([0, 3], [-1, 1]);
    };
    const surprise = (chance: Tensor) => -(tf.mean(tf.log(chance)).dataSync()[0] as number);
    const right = amountOf(crossEntropy, { in: labelled, labels });
    const unlabelled = 0.5 * surprise(tf.sub(1, chanceOfFake(real))) + 0.5 * surprise(chanceOfFake(fake));
    const inputs = { labelled, labels, real, fake };
    expect(amountOf(lossSemiSupervised, inputs, 'd')).toBeCloseTo(right + unlabelled, 5);
    expect(amountOf(lossSemiSupervised, inputs, 'd', { unlabelled: 5 })).toBeCloseTo(
      right + 5 * unlabelled,
      5,
    );
    expect(amountOf(lossSemiSupervised, { fake }, 'g')).toBeCloseTo(
      0.5 * surprise(tf.sub(1, chanceOfFake(fake))),
      5,
    );
  });
});
