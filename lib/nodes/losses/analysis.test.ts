import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { normalCumulative } from '@/lib/data/normal-cumulative';
import { startBackend } from '@/lib/engine/backend';
import type { LossDefinition, Tensor, Tf } from '../define';
import { resolveParams } from '../params';
import { type FDivergenceName, fDivergences } from './f-divergences';
import { featureMatching } from './feature-matching';
import { flowLogLikelihood } from './flow-log-likelihood';
import { gaussianLogLikelihood } from './gaussian-log-likelihood';
import { klToNormal } from './kl-to-normal';
import { lossEnergy } from './loss-energy';
import { lossFGan } from './loss-f-gan';
import { lossHinge } from './loss-hinge';
import { lossLeastSquares } from './loss-least-squares';
import { lossMaximumLikelihood } from './loss-maximum-likelihood';
import { lossMinimax } from './loss-minimax';
import { lossNonSaturating } from './loss-non-saturating';
import { lossRelativistic } from './loss-relativistic';
import { lossSemiSupervised } from './loss-semi-supervised';
import { lossWasserstein } from './loss-wasserstein';

/**
 * Objectives against analysis: data P and fakes Q are Gaussians on the line, the optimal discriminator is put
 * in, and each loss must equal the divergence that theory names, to 1e-3. Samples are the midpoints of ROWS
 * cells of equal probability, so that a mean over them is the midpoint rule and no noise is left. What is
 * expected is a closed form, or ∫ dx by the trapezium rule over the densities.
 */
const ROWS = 100_000;
const TOLERANCE = 1e-3;

/** `rows` places that cut the mass of a standard normal between two shares into equal parts, at their middles. */
const placesBetween = (from: number, to: number, rows: number): Float64Array =>
  Float64Array.from({ length: rows }, (_, i) => {
    const share = from + ((to - from) * (i + 0.5)) / rows;
    let [low, high] = [-9, 9];
    while (high - low > 1e-10) {
      const middle = (low + high) / 2;
      if (normalCumulative(middle) < share) low = middle;
      else high = middle;
    }
    return (low + high) / 2;
  });

const quantiles = placesBetween(0, 1, ROWS);

/**
 * The same mass in parts, finer towards both ends. Where the odds grow as fast as the density falls, equal
 * cells miss a part of the tails.
 */
const strata = [0.5, 1e-3, 1e-6, 1e-9, 1e-12, 1e-15, 1e-18].flatMap((to, i, edges) => {
  const from = edges[i + 1] ?? 0;
  const places = placesBetween(from, to, ROWS / 10);
  return [places, places.map((z) => -z)].map((part) => ({ places: part, weight: to - from }));
});

interface Gaussian {
  readonly mean: number;
  readonly sd: number;
}
const [P, Q]: readonly [Gaussian, Gaussian] = [
  { mean: 1, sd: 1 },
  { mean: 0, sd: 1.25 },
];

const logDensity = ({ mean, sd }: Gaussian, x: number) =>
  -0.5 * ((x - mean) / sd) ** 2 - Math.log(sd) - 0.5 * Math.log(2 * Math.PI);
const p = (x: number) => Math.exp(logDensity(P, x));
const q = (x: number) => Math.exp(logDensity(Q, x));
const logRatio = (x: number) => logDensity(P, x) - logDensity(Q, x);
const softplus = (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** ∫ f dx over [-14, 14], outside of which both densities are below 1e-25. */
function integral(f: (x: number) => number): number {
  const [steps, low, high] = [56_000, -14, 14];
  const width = (high - low) / steps;
  let sum = (f(low) + f(high)) / 2;
  for (let i = 1; i < steps; i++) sum += f(low + i * width);
  return sum * width;
}
const over = (density: (x: number) => number, f: (x: number) => number) => integral((x) => density(x) * f(x));

let tf: Tf;
beforeAll(async () => {
  tf = (await startBackend('cpu')).tf;
});

const column = ({ mean, sd }: Gaussian, f: (x: number) => number, places = quantiles): Tensor =>
  tf.tensor2d(
    Float32Array.from(places, (z) => f(mean + sd * z)),
    [places.length, 1],
  );

function evaluate(
  loss: unknown,
  output: string,
  inputs: { readonly [port: string]: Tensor },
  given: Record<string, unknown> = {},
): number {
  const definition = loss as LossDefinition;
  const params = resolveParams(definition.params.parse(given), 0);
  return definition.evaluate(tf, output, { params, inputs, seed: () => 1 }).dataSync()[0] as number;
}

/** The loss with a discriminator put in: `score` at data and at fakes. */
const scored = (loss: unknown, output: string, score: (x: number) => number, given = {}): number =>
  tf.tidy(() => evaluate(loss, output, { real: column(P, score), fake: column(Q, score) }, given));

/** The same part by part, for losses that are a mean over real data plus a mean over fakes. */
const scoredByParts = (loss: unknown, output: string, score: (x: number) => number, given = {}): number =>
  strata.reduce((sum, { places, weight }) => {
    const value = tf.tidy(() =>
      evaluate(loss, output, { real: column(P, score, places), fake: column(Q, score, places) }, given),
    );
    return sum + weight * value;
  }, 0);

const table: Record<string, { measured: number; expected: number; error: number }> = {};

function expectEqual(name: string, measured: number, expected: number): void {
  const error = measured - expected;
  table[name] = { measured, expected, error };
  expect(Math.abs(error), `${name}: ${measured}, expected ${expected}`).toBeLessThan(TOLERANCE);
}

afterAll(() => {
  console.log('Objectives at the optimal discriminator, against analysis');
  console.table(table);
});

/** JSD = ½ KL(P ‖ M) + ½ KL(Q ‖ M) with M the mean of both. */
const middle = (x: number) => (p(x) + q(x)) / 2;
const jensenShannon = () =>
  0.5 * integral((x) => p(x) * Math.log(p(x) / middle(x))) +
  0.5 * integral((x) => q(x) * Math.log(q(x) / middle(x)));
const totalVariation = () => 0.5 * integral((x) => Math.abs(p(x) - q(x)));

describe('what D reaches at its best', () => {
  test('cross-entropy: log 4 - 2 JSD', () => {
    const expected = Math.log(4) - 2 * jensenShannon();
    // The value that the reference gives for these two Gaussians.
    expect(expected).toBeCloseTo(1.19223, 4);
    for (const [name, loss] of [
      ['minimax', lossMinimax],
      ['non-saturating', lossNonSaturating],
      ['maximum likelihood', lossMaximumLikelihood],
    ] as const)
      expectEqual(`${name} d = log 4 - 2 JSD`, scored(loss, 'd', logRatio), expected);
    const probability = (x: number) => sigmoid(logRatio(x));
    const given = { scores: 'probabilities' };
    expectEqual('minimax d, of probabilities', scored(lossMinimax, 'd', probability, given), expected);
  });

  test('cross-entropy with smoothed labels: at D = 0.9 p / (p + q)', () => {
    const smooth = (x: number) => (0.9 * p(x)) / (p(x) + q(x));
    const expected = -integral(
      (x) =>
        p(x) * (0.9 * Math.log(smooth(x)) + 0.1 * Math.log(1 - smooth(x))) + q(x) * Math.log(1 - smooth(x)),
    );
    const logit = (x: number) => Math.log(smooth(x) / (1 - smooth(x)));
    expectEqual('minimax d, real target 0.9', scored(lossMinimax, 'd', logit, { realTarget: 0.9 }), expected);
  });

  test('least squares: ½ ∫ pq / (p + q)', () => {
    const expected = 0.5 * integral((x) => (p(x) * q(x)) / (p(x) + q(x)));
    expect(expected).toBeCloseTo(0.206069, 5);
    expectEqual(
      'least squares d',
      scored(lossLeastSquares, 'd', (x) => sigmoid(logRatio(x))),
      expected,
    );
  });

  test('hinge: 2 (1 - TV)', () => {
    expectEqual(
      'hinge d = 2 (1 - TV)',
      scored(lossHinge, 'd', (x) => Math.sign(logRatio(x))),
      2 * (1 - totalVariation()),
    );
  });

  test('energy: m (1 - TV)', () => {
    for (const margin of [1, 2.5])
      expectEqual(
        `energy d = m (1 - TV), m = ${margin}`,
        scored(lossEnergy, 'd', (x) => (logRatio(x) < 0 ? margin : 0), { margin }),
        margin * (1 - totalVariation()),
      );
  });

  test('Wasserstein: minus W₁ at the potential', () => {
    // F_Q - F_P changes its sign where x = 1.25 (x - 1): the potential turns there.
    const potential = (x: number) => (x < 5 ? x : 10 - x);
    const distance = integral((x) =>
      Math.abs(normalCumulative((x - P.mean) / P.sd) - normalCumulative((x - Q.mean) / Q.sd)),
    );
    expectEqual('Wasserstein -d = W₁', -scored(lossWasserstein, 'd', potential), distance);
  });

  test('relativistic, against the other side’s mean', () => {
    const [real, fake] = [over(p, logRatio), over(q, logRatio)];
    const expected =
      over(p, (x) => softplus(fake - logRatio(x))) + over(q, (x) => softplus(logRatio(x) - real));
    expectEqual('relativistic d at log p/q', scored(lossRelativistic, 'd', logRatio), expected);
  });

  test('semi-supervised: surprise at the labels plus ½ (log 4 - 2 JSD)', () => {
    const measured = tf.tidy(() => {
      const twice = (of: Gaussian) => tf.concat([column(of, halved), column(of, halved)], 1);
      const labels = tf.tile(tf.tensor2d([[1, 0]]), [ROWS, 1]);
      return evaluate(lossSemiSupervised, 'd', {
        labelled: twice(P),
        labels,
        real: twice(P),
        fake: twice(Q),
      });
    });
    // Two classes that share the odds evenly: lse = log p/q, and nothing is known of the class.
    const expected = Math.log(2) + 0.5 * (Math.log(4) - 2 * jensenShannon());
    expectEqual('semi-supervised d', measured, expected);
  });
  const halved = (x: number) => logRatio(x) - Math.log(2);
});

describe('f-GAN: minus d is the divergence at v with g(v) = f′(p/q)', () => {
  const ratio = (x: number) => Math.exp(logRatio(x));
  const shift = (P.mean - Q.mean) ** 2;
  const klOf = (a: Gaussian, b: Gaussian) =>
    Math.log(b.sd / a.sd) + (a.sd ** 2 + shift) / (2 * b.sd ** 2) - 0.5;
  const affinity =
    Math.sqrt((2 * P.sd * Q.sd) / (P.sd ** 2 + Q.sd ** 2)) * Math.exp(-shift / (4 * (P.sd ** 2 + Q.sd ** 2)));
  const rows: Record<FDivergenceName, { v: (x: number) => number; expected: () => number; known: number }> = {
    kl: { v: (x) => 1 + logRatio(x), expected: () => klOf(P, Q), known: 0.36314 },
    'reverse-kl': { v: logRatio, expected: () => klOf(Q, P), known: 0.55811 },
    pearson: {
      v: (x) => 2 * (ratio(x) - 1),
      expected: () => integral((x) => (p(x) - q(x)) ** 2 / q(x)),
      known: 0.71599,
    },
    'squared-hellinger': {
      v: (x) => 0.5 * logRatio(x),
      expected: () => 2 * (1 - affinity),
      known: 0.20817,
    },
    'jensen-shannon': { v: logRatio, expected: () => 2 * jensenShannon(), known: 0.19407 },
    gan: { v: logRatio, expected: () => 2 * jensenShannon() - Math.log(4), known: -1.19223 },
  };

  test.each(Object.keys(fDivergences) as FDivergenceName[])('%s', (divergence) => {
    const { v, expected, known } = rows[divergence];
    expect(expected()).toBeCloseTo(known, 4);
    const bound = (score: (x: number) => number) => -scoredByParts(lossFGan, 'd', score, { divergence });
    expectEqual(`f-GAN ${divergence}`, bound(v), expected());
    // Any other discriminator gives a smaller bound.
    for (const change of [-0.2, 0.2])
      expect(bound((x) => v(x) + change)).toBeLessThan(expected() - TOLERANCE);
  });

  test.each(Object.keys(fDivergences) as FDivergenceName[])('%s: G’s part of it', (divergence) => {
    const { v } = rows[divergence];
    const g = (generator: string) => scoredByParts(lossFGan, 'g', v, { divergence, generator });
    // f* at f′(u) is u f′(u) - f(u): what D gains at fakes is E_P[f′] less the divergence.
    const slope: Record<FDivergenceName, (x: number) => number> = {
      kl: (x) => 1 + logRatio(x),
      'reverse-kl': (x) => -1 / ratio(x),
      pearson: (x) => 2 * (ratio(x) - 1),
      'squared-hellinger': (x) => 1 - Math.exp(-0.5 * logRatio(x)),
      'jensen-shannon': (x) => Math.log(2) - softplus(-logRatio(x)),
      gan: (x) => -softplus(-logRatio(x)),
    };
    const expected = rows[divergence].expected();
    expectEqual(`f-GAN ${divergence} g, minimax`, g('minimax'), expected - over(p, slope[divergence]));
    expectEqual(`f-GAN ${divergence} g, heuristic`, g('heuristic'), -over(q, slope[divergence]));
  });
});

describe('what G minimises', () => {
  test('least squares with a = -1, b = 1, c = 0: Pearson’s χ²(p + q ‖ 2q)', () => {
    const given = { a: -1, b: 1, c: 0 };
    const score = (x: number) => 2 * sigmoid(logRatio(x)) - 1;
    // The term of real data has no gradient for G, but is part of the divergence.
    const measured = tf.tidy(
      () =>
        evaluate(lossLeastSquares, 'g', { fake: column(Q, score) }, given) +
        evaluate(lossLeastSquares, 'g', { fake: column(P, score) }, given),
    );
    const pearson = integral((x) => (p(x) - q(x)) ** 2 / (p(x) + q(x)));
    expect(pearson).toBeCloseTo(0.351451, 5);
    expectEqual('least squares 2 g = Pearson', 2 * measured, pearson);
  });

  test('energy, hinge and Wasserstein: the mean of scores', () => {
    const expected = over(q, logRatio);
    expectEqual('energy g', scored(lossEnergy, 'g', logRatio), expected);
    expectEqual('hinge g', scored(lossHinge, 'g', logRatio), -expected);
    expectEqual('Wasserstein g', scored(lossWasserstein, 'g', logRatio), -expected);
  });
});

/** Data N(0, 1), fakes N(θ, 1) as θ + z, D optimal and fixed: dJ_G / dθ. */
function gradientAt(loss: unknown, theta: number): number {
  const definition = loss as LossDefinition;
  const params = resolveParams(definition.params.parse({}), 0);
  return tf.tidy(() => {
    const z = tf.tensor2d(Float32Array.from(quantiles), [ROWS, 1]);
    const f = (moved: Tensor) => {
      const x = tf.add(z, moved);
      // log p(x) - log q(x) = θ² / 2 - θ x
      const fake = tf.sub((theta * theta) / 2, tf.mul(x, theta));
      return definition.evaluate(tf, 'g', { params, inputs: { fake }, seed: () => 1 });
    };
    return tf.grad(f)(tf.scalar(theta)).dataSync()[0] as number;
  });
}

describe('which way G is pulled', () => {
  const sides = (theta: number) => {
    const fakes = (x: number) => Math.exp(logDensity({ mean: theta, sd: 1 }, x));
    const judged = (x: number) => sigmoid((theta * theta) / 2 - theta * x);
    return { fakes, judged };
  };
  const known = {
    0.5: [0.23526, 0.26474],
    1: [0.39797, 0.60203],
    2: [0.4496, 1.5504],
    4: [0.13719, 3.86281],
  };

  test.each([0.5, 1, 2, 4] as const)('minimax θ E[D] and non-saturating θ E[1 - D] at θ = %d', (theta) => {
    const { fakes, judged } = sides(theta);
    const share = over(fakes, judged);
    const [minimax = 0, nonSaturating = 0] = known[theta];
    expect(theta * share).toBeCloseTo(minimax, 4);
    expect(theta * (1 - share)).toBeCloseTo(nonSaturating, 4);
    expectEqual(`minimax dJ/dθ, θ = ${theta}`, gradientAt(lossMinimax, theta), theta * share);
    expectEqual(
      `non-saturating dJ/dθ, θ = ${theta}`,
      gradientAt(lossNonSaturating, theta),
      theta * (1 - share),
    );
  });

  test.each([0.25, 0.5, 1])('maximum likelihood: the gradient of KL(P ‖ Q) = θ² / 2 at θ = %d', (theta) => {
    expectEqual(`maximum likelihood dJ/dθ, θ = ${theta}`, gradientAt(lossMaximumLikelihood, theta), theta);
  });
});

describe('likelihoods', () => {
  const entropy = 0.5 * Math.log(2 * Math.PI * Math.E * Q.sd ** 2);

  test('of a Gaussian by its own parameters is minus its entropy', () => {
    const measured = tf.tidy(() =>
      evaluate(gaussianLogLikelihood, 'out', {
        in: column(Q, (x) => x),
        mean: column(Q, () => Q.mean),
        logvariance: column(Q, () => 2 * Math.log(Q.sd)),
      }),
    );
    expectEqual('Gaussian log-likelihood = -entropy', measured, -entropy);
  });

  test('of a flow that is exact, too', () => {
    const measured = tf.tidy(() =>
      evaluate(flowLogLikelihood, 'out', {
        z: column(Q, (x) => (x - Q.mean) / Q.sd),
        'log-det': column(Q, () => -Math.log(Q.sd)),
      }),
    );
    expectEqual('flow log-likelihood = -entropy', measured, -entropy);
  });

  test('KL to normal is ∫ q ln(q / N(0, 1))', () => {
    const of = { mean: 0.7, sd: 0.6 };
    const density = (x: number) => Math.exp(logDensity(of, x));
    const measured = tf.tidy(() =>
      evaluate(klToNormal, 'out', {
        mean: tf.fill([2, 1], of.mean),
        logvariance: tf.fill([2, 1], 2 * Math.log(of.sd)),
      }),
    );
    const expected = over(density, (x) => logDensity(of, x) - logDensity({ mean: 0, sd: 1 }, x));
    expectEqual('KL to normal', measured, expected);
  });

  test('feature matching of x and x² is the distance of moments', () => {
    const measured = tf.tidy(() => {
      const features = (of: Gaussian) => tf.concat([column(of, (x) => x), column(of, (x) => x * x)], 1);
      return evaluate(featureMatching, 'out', { real: features(P), fake: features(Q) });
    });
    const second = ({ mean, sd }: Gaussian) => mean ** 2 + sd ** 2;
    expectEqual(
      'feature matching of two moments',
      measured,
      (P.mean - Q.mean) ** 2 + (second(P) - second(Q)) ** 2,
    );
  });
});
