import { describe, expect, test } from 'vitest';
import { sizeOf } from '@/lib/shapes/shape';
import { createStream } from '@/lib/util/random';
import type { Source } from './source';
import { dataSources, findSource } from './sources';
import { scaleTruth, type Truth } from './truth';

const truthOf = (id: string, options = {}): Truth => {
  const source = findSource(id) as Source;
  return source.truth?.(source.options.parse(options)) as Truth;
};

const known: readonly [id: string, options: object, nats: number][] = [
  // ½ ln (2πe)⁵ (4 + 0.09)(1 + 0.09) 0.09³
  ['linear-gaussian', {}, 4.23013],
  [
    'linear-gaussian',
    { dims: 3, scales: [1], sd: 1 },
    1.5 * Math.log(2 * Math.PI * Math.E) + 0.5 * Math.log(2),
  ],
  ['two-moons', {}, 1.00758],
  ['function', { formula: 'x', width: 2, noise: 1 }, Math.log(2) + 0.5 * Math.log(2 * Math.PI * Math.E)],
  ['categorical', { probabilities: [0.5, 0.25, 0.25] }, 1.5 * Math.log(2)],
  ['bits', {}, 5.2956],
  ['bits', { column: 0, row: 0, noise: 0 }, 0],
  ['bits', { column: 0, row: 0, noise: 0.5 }, 10 * Math.log(2)],
  // One digit, or a digit, a sign and a digit, half each.
  ['grammar', { length: 3 }, Math.log(2) + (Math.log(3) + Math.log(18)) / 2],
];

describe('entropy', () => {
  test.each(known)('of %s %j', (id, options, nats) => {
    expect(truthOf(id, options).entropy).toBeCloseTo(nats, 4);
  });

  test('is tested for every source that has one', () => {
    const having = dataSources
      .filter((source: Source) => source.truth?.(source.options.parse({})).entropy !== undefined)
      .map(({ id }) => id);
    expect(new Set(known.map(([id]) => id))).toEqual(new Set(having));
  });

  test.each(['linear-gaussian', 'two-moons', 'function'])(
    'of %s is -ln of the density, on average over samples',
    (id) => {
      const source = findSource(id) as Source;
      const options = source.options.parse({});
      const dims = sizeOf(source.ports(options).x);
      const { density, entropy } = truthOf(id);
      const rows = 4_000;
      const { x } = source.draw(options, rows, createStream(3, id));
      let sum = 0;
      for (let at = 0; at < x.length; at += dims)
        sum -= Math.log(density?.([...x.subarray(at, at + dims)]) as number);
      // The deviation of ln p is about 1.6 at the most.
      expect(Math.abs(sum / rows - (entropy as number))).toBeLessThan((5 * 1.6) / Math.sqrt(rows));
    },
  );

  test('of what is scaled grows with its dimensions; that of discrete things stays', () => {
    const plain = truthOf('two-moons').entropy as number;
    expect(scaleTruth(truthOf('two-moons'), 3, 2).entropy).toBeCloseTo(plain + 2 * Math.log(3), 10);
    expect(scaleTruth(truthOf('bits'), 3, 10).entropy).toBe(truthOf('bits').entropy);
  });

  test('of moons too thin for a density is not known', () => {
    expect(truthOf('two-moons', { noise: 0 })).toEqual({});
    // Thin moons hardly overlap: ln 2π of places along both, ½ ln 2πe sd² across.
    const thin = Math.log(2 * Math.PI) + 0.5 * Math.log(2 * Math.PI * Math.E * 0.05 ** 2);
    expect(Math.abs((truthOf('two-moons', { noise: 0.05 }).entropy as number) - thin)).toBeLessThan(0.05);
  });
});
