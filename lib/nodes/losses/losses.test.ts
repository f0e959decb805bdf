import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { startBackend } from '@/lib/engine/backend';
import { shape } from '@/lib/shapes/shape';
import { isProblem, type LossDefinition, type Tensor, type Tf } from '../define';
import { resolveParams } from '../params';
import { binaryCrossEntropy } from './binary-cross-entropy';
import { logOf, toLogits } from './cross-entropy-terms';
import { l1 } from './l1';
import { lossHinge } from './loss-hinge';
import { lossLeastSquares } from './loss-least-squares';
import { lossMaximumLikelihood } from './loss-maximum-likelihood';
import { lossMinimax } from './loss-minimax';
import { lossNonSaturating } from './loss-non-saturating';
import { lossRelativistic } from './loss-relativistic';
import { lossWasserstein } from './loss-wasserstein';
import { mean as averageLoss } from './mean';
import { meanSquaredError } from './mean-squared-error';
import { weightedSum } from './weighted-sum';

/** Values against the formulas in double precision, and what happens at the ends. */
let tf: Tf;
beforeAll(async () => {
  tf = (await startBackend('cpu')).tf;
});

const seed = () => 1;

type Scores = { readonly [port: string]: readonly number[] };

function lossOf(loss: unknown, output: string, scores: Scores, given: Record<string, unknown> = {}): number {
  const definition = loss as LossDefinition;
  const params = resolveParams(definition.params.parse(given), 0);
  return tf.tidy(() => {
    const inputs = Object.fromEntries(
      Object.entries(scores).map(([port, values]) => [port, tf.tensor2d([...values], [values.length, 1])]),
    );
    return definition.evaluate(tf, output, { params, inputs, seed }).dataSync()[0] as number;
  });
}

const mean = (values: readonly number[], f: (value: number) => number) =>
  values.reduce((sum, value) => sum + f(value), 0) / values.length;
const softplus = (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
const logit = fc.float({ min: -20, max: 20, noNaN: true });
const scores = fc.array(logit, { minLength: 1, maxLength: 6 });
const target = fc.float({ min: 0, max: 1, noNaN: true });

function expectNear(got: number, expected: number): void {
  expect(Math.abs(got - expected)).toBeLessThan(1e-5 * Math.max(1, Math.abs(expected)));
}

describe('values are those of the formula', () => {
  test('cross-entropy pairs', () => {
    fc.assert(
      fc.property(scores, scores, target, target, (real, fake, realTarget, fakeTarget) => {
        const d =
          mean(real, (a) => softplus(a) - realTarget * a) + mean(fake, (a) => softplus(a) - fakeTarget * a);
        const params = { realTarget, fakeTarget };
        for (const loss of [lossMinimax, lossNonSaturating])
          expectNear(lossOf(loss, 'd', { real, fake }, params), d);
      }),
    );
  });

  test('G’s side of them: aims at what real data has, however soft the targets are', () => {
    fc.assert(
      fc.property(scores, target, target, (fake, one, other) => {
        const [high, low] = [Math.max(one, other), Math.min(one, other)];
        for (const [params, sign] of [
          [{ realTarget: high, fakeTarget: low }, 1],
          [{ realTarget: low, fakeTarget: high }, high === low ? 1 : -1],
        ] as const) {
          const g = (loss: unknown) => lossOf(loss, 'g', { fake }, params);
          expectNear(
            g(lossNonSaturating),
            mean(fake, (a) => softplus(-sign * a)),
          );
          expectNear(g(lossMinimax), -mean(fake, (a) => softplus(sign * a)));
          expectNear(g(lossMaximumLikelihood), -mean(fake, (a) => Math.exp(Math.min(10, sign * a))));
        }
      }),
    );
  });

  test('least squares', () => {
    fc.assert(
      fc.property(scores, scores, fc.tuple(logit, logit, logit), (real, fake, [a, b, c]) => {
        const half = (values: readonly number[], label: number) => mean(values, (s) => (s - label) ** 2) / 2;
        expectNear(lossOf(lossLeastSquares, 'd', { real, fake }, { a, b, c }), half(real, b) + half(fake, a));
        expectNear(lossOf(lossLeastSquares, 'g', { fake }, { a, b, c }), half(fake, c));
      }),
    );
  });

  test('Wasserstein and hinge', () => {
    fc.assert(
      fc.property(scores, scores, (real, fake) => {
        const average = (values: readonly number[]) => mean(values, (s) => s);
        expectNear(lossOf(lossWasserstein, 'd', { real, fake }), average(fake) - average(real));
        const hinge = mean(real, (s) => Math.max(0, 1 - s)) + mean(fake, (s) => Math.max(0, 1 + s));
        expectNear(lossOf(lossHinge, 'd', { real, fake }), hinge);
        for (const loss of [lossWasserstein, lossHinge])
          expectNear(lossOf(loss, 'g', { fake }), -average(fake));
      }),
    );
  });

  test('relativistic: G’s loss is D’s with the sides changed', () => {
    fc.assert(
      fc.property(scores, scores, (real, fake) => {
        const [r, f] = [mean(real, (s) => s), mean(fake, (s) => s)];
        const d = mean(real, (s) => softplus(f - s)) + mean(fake, (s) => softplus(s - r));
        expectNear(lossOf(lossRelativistic, 'd', { real, fake }), d);
        expectNear(lossOf(lossRelativistic, 'g', { real: fake, fake: real }), d);
      }),
    );
    const pair = { real: [2, 0], fake: [1, 3] };
    expectNear(lossOf(lossRelativistic, 'd', pair, { average: false }), (softplus(-1) + softplus(3)) / 2);
  });

  test('maximum likelihood: the odds, up to the cap', () => {
    expectNear(
      lossOf(lossMaximumLikelihood, 'g', { fake: [0, 2, 50] }),
      -(1 + Math.exp(2) + Math.exp(10)) / 3,
    );
    const p = lossOf(lossMaximumLikelihood, 'g', { fake: [0.8] }, { scores: 'probabilities' });
    expect(p).toBeCloseTo(-4, 4);
  });

  test('distances', () => {
    const pair = { a: [1, -2, 3], b: [0, 0, 5] };
    expectNear(lossOf(meanSquaredError, 'out', pair), 3);
    expectNear(lossOf(l1, 'out', pair), 5 / 3);
    expectNear(lossOf(averageLoss, 'out', { in: [1, 2, 6] }), 3);
  });

  test('weighted sums, a term of weight 1 included', () => {
    const terms = { a: 1, b: { from: -2, to: 4 } };
    expectNear(lossOf(weightedSum, 'out', { a: [3], b: [5] }, { terms }), -7);
    expectNear(lossOf(weightedSum, 'out', {}, { terms: {} }), 0);
  });

  test('binary cross-entropy, of logits and of probabilities alike', () => {
    fc.assert(
      fc.property(fc.array(fc.float({ min: -6, max: 6, noNaN: true }), { minLength: 1 }), target, (a, t) => {
        const expected = mean(a, (value) => softplus(value) - t * value);
        expectNear(lossOf(binaryCrossEntropy, 'out', { in: a }, { target: t }), expected);
        const p = a.map((value) => 1 / (1 + Math.exp(-value)));
        const got = lossOf(binaryCrossEntropy, 'out', { in: p }, { target: t, scores: 'probabilities' });
        expect(Math.abs(got - expected)).toBeLessThan(1e-4 * Math.max(1, expected));
      }),
    );
  });
});

describe('at the ends', () => {
  const gradientAt = (
    loss: unknown,
    output: string,
    port: string,
    at: number,
    given: Record<string, unknown>,
  ) => {
    const definition = loss as LossDefinition;
    const params = resolveParams(definition.params.parse(given), 0);
    const f = (x: Tensor) => definition.evaluate(tf, output, { params, inputs: { [port]: x }, seed });
    return tf.tidy(
      () =>
        tf
          .grad(f)(tf.tensor2d([at], [1, 1]))
          .dataSync()[0] as number,
    );
  };

  // PyTorch: -t max(ln p, -100) - (1 - t) max(ln(1 - p), -100), slope (p - t) / max(p (1 - p), 1e-12).
  test.each([0, 1e-30, 1e-13, 1.4e-11, 1e-9, 1e-7, 1e-4, 0.3, 1 - 2 ** -12, 1 - 2 ** -24, 1])(
    'probability %d costs what it costs in PyTorch, with the same slope',
    (given) => {
      const p = Math.fround(given);
      for (const t of [0, 0.1, 0.9, 1]) {
        const params = { target: t, scores: 'probabilities' };
        const log = (x: number) => Math.max(Math.log(x), -100);
        expectNear(
          lossOf(binaryCrossEntropy, 'out', { in: [p] }, params),
          -t * log(p) - (1 - t) * log(1 - p),
        );
        expectNear(
          gradientAt(binaryCrossEntropy, 'out', 'in', p, params),
          (p - t) / Math.max(p * (1 - p), 1e-12),
        );
      }
      const [log, logit] = tf.tidy(() => {
        const slopeOf = (f: (x: Tensor) => Tensor) => tf.grad(f)(tf.scalar(p)).dataSync()[0] as number;
        return [slopeOf((x) => logOf(tf, x)), slopeOf((x) => toLogits(tf, x, 'probabilities'))];
      });
      expectNear(log, 1 / Math.max(p, 1e-12));
      expectNear(logit, 1 / Math.max(p, 1e-12) + 1 / Math.max(1 - p, 1e-12));
    },
  );

  test('saturated probabilities keep a finite loss, and a gradient that still pulls', () => {
    for (const [p, sign] of [
      [0, -1],
      [1, 1],
    ] as const) {
      const given = { target: 1 - p, scores: 'probabilities' };
      expect(Number.isFinite(lossOf(binaryCrossEntropy, 'out', { in: [p] }, given))).toBe(true);
      const gradient = gradientAt(binaryCrossEntropy, 'out', 'in', p, given);
      expect(Number.isFinite(gradient)).toBe(true);
      expect(Math.sign(gradient)).toBe(sign);
    }
  });

  test('where D is sure, minimax has no gradient left for G, and non-saturating has', () => {
    expect(Math.abs(gradientAt(lossMinimax, 'g', 'fake', -15, {}))).toBeLessThan(1e-5);
    expect(gradientAt(lossNonSaturating, 'g', 'fake', -15, {})).toBeCloseTo(-1, 5);
  });
});

test('scores of different shapes are refused, with both shapes', () => {
  const inferred = lossMinimax.infer(lossMinimax.params.parse({}), { real: shape([1]), fake: shape([2]) });
  expect(isProblem(inferred) && inferred.problem.message).toBe(
    'Scores of real are [1], of fake [2]; they must be alike.',
  );
});
