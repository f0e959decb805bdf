import { describe, expect, it } from 'vitest';
import { createStream } from '@/lib/util/random';
import { normalCumulative } from './normal-cumulative';
import type { Source } from './source';
import { dataSources, findSource } from './sources';
import { mixtureTruth, scaleTruth, sdOf, type Truth, weightOf } from './truth';

const truthOf = (id: string, options = {}): Truth => {
  const source = findSource(id) as Source;
  return source.truth?.(source.options.parse(options)) as Truth;
};

/** ∫ p over a square (or a segment) by the midpoint rule. */
function integral(truth: Truth, dims: number, half: number, steps: number): number {
  const density = truth.density?.bind(truth) as (point: readonly number[]) => number;
  const step = (2 * half) / steps;
  const at = (i: number) => -half + (i + 0.5) * step;
  let total = 0;
  for (let i = 0; i < steps; i++) {
    if (dims === 1) total += density([at(i)]) * step;
    else for (let j = 0; j < steps; j++) total += density([at(i), at(j)]) * step * step;
  }
  return total;
}

const cases: readonly [id: string, options: object, dims: number, half: number][] = [
  ['gaussian', {}, 1, 14],
  ['bimodal', {}, 1, 8],
  ['ring', {}, 2, 3],
  ['grid', { sd: 0.1 }, 2, 5],
  ['two-gaussians', {}, 2, 2],
  ['line', { sd: 0.05 }, 2, 2],
  ['two-rings', {}, 2, 2],
  ['checkerboard', {}, 2, 2.5],
  ['checkerboard', { columns: 5, side: 3 }, 2, 2],
  ['two-moons', {}, 2, 3],
  ['function', { noise: 0.1 }, 2, 2.5],
  ['mixture', {}, 2, 3],
  ['drawn', {}, 2, 2],
  [
    'drawn',
    {
      points: [
        [1, 0],
        [-1, 0],
        [1, 0],
        [1, 0],
      ],
      sd: 0.2,
    },
    2,
    2,
  ],
];

describe('density', () => {
  it('is tested for every source that has one', () => {
    const having = dataSources
      .filter((source: Source) => source.truth?.(source.options.parse({})).density)
      .map(({ id }) => id);
    // The linear Gaussian has more than two dimensions; its density is tested against its entropy.
    expect(new Set([...cases.map(([id]) => id), 'linear-gaussian'])).toEqual(new Set(having));
  });

  it.each(cases)('%s %j integrates to 1', (id, options, dims, half) => {
    expect(Math.abs(integral(truthOf(id, options), dims, half, 500) - 1)).toBeLessThan(0.01);
  });

  it.each(cases)('%s %j agrees with the samples', (id, options, dims, half) => {
    const source = findSource(id) as Source;
    const { x } = source.draw(source.options.parse(options), 20_000, createStream(11, id));
    const truth = truthOf(id, options);
    // E[p(X)] over samples = ∫ p², by importance of a fine grid.
    let mean = 0;
    for (let i = 0; i < x.length; i += dims)
      mean += (truth.density?.([...x.subarray(i, i + dims)]) ?? 0) / 20_000;
    const squared: Truth = { density: (point) => (truth.density?.(point) ?? 0) ** 2 };
    const expected = integral(squared, dims, half, 500);
    expect(Math.abs(mean / expected - 1)).toBeLessThan(0.03);
  });

  it('of a scaled truth integrates to 1 and moves the modes', () => {
    const scaled = scaleTruth(truthOf('two-gaussians'), 2, 2);
    expect(Math.abs(integral(scaled, 2, 3, 400) - 1)).toBeLessThan(0.01);
    expect(scaled.modes?.centres[0]).toEqual([0.6, 1.4]);
    expect(sdOf(scaled.modes as NonNullable<Truth['modes']>, 1, 1)).toBeCloseTo(0.4, 10);
  });
});

it('points drawn several times are one mode that weighs more, scaled or not', () => {
  const points = [
    [1, 0],
    [-1, 0.5],
    [1, 0],
  ];
  const truth = truthOf('drawn', { points });
  for (const { modes } of [truth, scaleTruth(truth, 3, 2)]) {
    expect(modes?.centres).toHaveLength(2);
    expect([0, 1].map((mode) => weightOf(modes as NonNullable<Truth['modes']>, mode))).toEqual([
      2 / 3,
      1 / 3,
    ]);
  }
});

it('a deviation is given for all, per axis, or per mode and axis', () => {
  const centres = [
    [0, 0],
    [1, 1],
  ];
  const sds = [
    0.5,
    [0.1, 0.2],
    [
      [1, 2],
      [3, 4],
    ],
  ].map((sd) => sdOf({ centres, sd } as never, 1, 0));
  expect(sds).toEqual([0.5, 0.1, 3]);
  expect(mixtureTruth({ centres: [[0]], sd: 1 }).density?.([0])).toBeCloseTo(0.398942280401, 10);
});

it('normalCumulative agrees with known values', () => {
  const known = [
    [0, 0.5],
    [1, 0.8413447460685429],
    [-1.96, 0.024997895148220435],
    [3, 0.9986501019683699],
    [-5, 2.866515718791933e-7],
  ] as const;
  for (const [z, value] of known) expect(Math.abs(normalCumulative(z) / value - 1)).toBeLessThan(2e-7);
});
