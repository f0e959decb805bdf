import { describe, expect, test } from 'vitest';
import { boundFigures, type ObjectiveName, objectiveNames } from './divergence-bound';

/** N(1, 1) against N(0, 1.25²), as the closed forms of the f-GAN's table are given for. */
const [LOW, HIGH, CELLS] = [-10, 10, 4_000];
const cell = (HIGH - LOW) / CELLS;
const places = Float64Array.from({ length: CELLS }, (_, i) => LOW + (i + 0.5) * cell);
const normal = (mean: number, sd: number) =>
  places.map((x) => Math.exp(-0.5 * ((x - mean) / sd) ** 2) / (sd * Math.sqrt(2 * Math.PI)));
const densities = { p: normal(1, 1), q: normal(0, 1.25), cell };

const known: { readonly [name in ObjectiveName]: number } = {
  kl: 0.36314,
  'reverse-kl': 0.55811,
  pearson: 0.71599,
  'squared-hellinger': 0.20817,
  'jensen-shannon': 0.19407,
  gan: -1.19223,
  hinge: 1.29424,
  'least-squares': 0.206069,
  energy: 2.5 * 0.647118,
};

/** The scores of the best critic, of the ratio u = p / q. */
const best: { readonly [name in ObjectiveName]: (u: number) => number } = {
  kl: (u) => 1 + Math.log(u),
  'reverse-kl': (u) => Math.log(u),
  pearson: (u) => 2 * (u - 1),
  'squared-hellinger': (u) => Math.log(Math.sqrt(u)),
  'jensen-shannon': (u) => Math.log(u),
  gan: (u) => Math.log(u),
  hinge: (u) => Math.sign(u - 1),
  'least-squares': (u) => u / (1 + u),
  energy: (u) => (u > 1 ? 0 : 2.5),
};

const scoresOf = (of: (u: number) => number) =>
  places.map((_, i) => of((densities.p[i] as number) / (densities.q[i] as number)));

describe.each(objectiveNames)('%s', (name) => {
  test('has the closed form for its truth, which the best critic reaches', () => {
    const { value, truth, gap } = boundFigures(name, scoresOf(best[name]), densities, 2.5);
    expect(truth).toBeCloseTo(known[name], 4);
    expect(value).toBeCloseTo(truth, 6);
    expect(Math.abs(gap)).toBeLessThan(1e-6);
  });

  test('of any other critic is on the legal side', () => {
    for (const of of [(u: number) => best[name](u) + 0.3, (u: number) => 0.5 * best[name](u), () => 0.7])
      expect(boundFigures(name, scoresOf(of), densities, 2.5).gap).toBeGreaterThan(1e-3);
  });
});

test('where one density is nothing, the score counts for the other alone', () => {
  const apart = { p: Float64Array.of(1, 0), q: Float64Array.of(0, 1), cell: 1 };
  expect(boundFigures('hinge', Float64Array.of(1, -1), apart, 1)).toMatchObject({ value: 0, truth: 0 });
  const { value, truth } = boundFigures('jensen-shannon', Float64Array.of(40, -40), apart, 1);
  expect(truth).toBeCloseTo(2 * Math.LN2, 10);
  expect(value).toBeCloseTo(2 * Math.LN2, 10);
});
