import { describe, expect, it } from 'vitest';
import { createStream } from '@/lib/util/random';
import { countModes, type WeightedMode } from './modes';

const centres = Array.from({ length: 8 }, (_, k) => [
  2 * Math.cos((k * Math.PI) / 4),
  2 * Math.sin((k * Math.PI) / 4),
]);
const ring: readonly WeightedMode[] = centres.map((centre) => ({ centre, sd: [0.1, 0.1], weight: 1 / 8 }));

/** n samples of N(centre(k), sd²), k drawn from `among`. */
function draw(n: number, among: readonly number[], sd = 0.1, seed = 1): Float32Array {
  const stream = createStream(seed, 'modes');
  const out = new Float32Array(2 * n);
  for (let i = 0; i < n; i++) {
    const centre = centres[among[stream.integer(among.length)] as number] as readonly number[];
    out[2 * i] = (centre[0] as number) + sd * stream.normal();
    out[2 * i + 1] = (centre[1] as number) + sd * stream.normal();
  }
  return out;
}

const all = [0, 1, 2, 3, 4, 5, 6, 7];

describe('countModes', () => {
  it('of a perfect sampler: all modes, 1 - exp(-9/2) of high quality, reverse KL near (K-1)/2n', () => {
    const runs = Array.from({ length: 20 }, (_, seed) => countModes(draw(2500, all, 0.1, seed), 2, ring));
    const mean = (value: (run: (typeof runs)[0]) => number) =>
      runs.reduce((sum, run) => sum + value(run) / runs.length, 0);
    expect(runs.every(({ modes }) => modes === 8)).toBe(true);
    expect(Math.abs(mean((run) => run.highQuality) - (1 - Math.exp(-4.5)))).toBeLessThan(0.002);
    // χ² with 7 degrees of freedom over 2n: mean 0.0014, deviation of the mean of 20: 0.00017
    expect(Math.abs(mean((run) => run.reverseKl) - 7 / 5000)).toBeLessThan(0.0006);
    expect(mean((run) => run.totalVariation)).toBeLessThan(0.04);
  });

  it('of a collapsed sampler: one mode, reverse KL ln 8, total variation 7/8', () => {
    const { modes, highQuality, reverseKl, totalVariation } = countModes(draw(1000, [3], 0.001), 2, ring);
    expect({ modes, highQuality }).toEqual({ modes: 1, highQuality: 1 });
    expect(reverseKl).toBeCloseTo(Math.log(8), 10);
    expect(totalVariation).toBeCloseTo(7 / 8, 10);
  });

  it('of two modes: reverse KL ln 4, total variation 3/4', () => {
    const even = Float32Array.from([...(centres[0] as number[]), ...(centres[4] as number[])]);
    const { reverseKl, totalVariation } = countModes(even, 2, ring, 1);
    expect(reverseKl).toBeCloseTo(Math.log(4), 6);
    expect(totalVariation).toBeCloseTo(3 / 4, 6);
  });

  it('takes shares against the weights of the modes', () => {
    const weights = [0.5, 0.3, 0.2];
    const uneven = weights.map((weight, k) => ({ ...(ring[k] as WeightedMode), weight }));
    const at = (...counts: readonly number[]) =>
      Float32Array.from(counts.flatMap((count, k) => Array(count).fill(centres[k]).flat()));
    const exact = countModes(at(50, 30, 20), 2, uneven);
    expect(exact.reverseKl).toBeCloseTo(0, 10);
    expect(exact.totalVariation).toBeCloseTo(0, 10);
    const even = countModes(at(40, 40, 40), 2, uneven);
    expect(even.reverseKl).toBeCloseTo(-Math.log(27 * 0.5 * 0.3 * 0.2) / 3, 6);
    expect(even.totalVariation).toBeCloseTo(1 / 6, 6);
    // All mass in the lightest mode is as far from the weights as it goes.
    expect(countModes(at(0, 0, 40), 2, uneven).reverseKl).toBeCloseTo(Math.log(5), 6);
    expect(countModes(at(), 2, uneven).reverseKl).toBeCloseTo(Math.log(5), 6);
  });

  it('counts mass outside all modes as wrong', () => {
    const none = countModes(new Float32Array(200), 2, ring);
    expect(none).toMatchObject({ modes: 0, highQuality: 0, totalVariation: 1 });
    expect(none.reverseKl).toBeCloseTo(Math.log(8), 10);
    // All modes evenly, but half the samples nowhere: ½ (8 · (1/8 - 1/16) + ½) = ½
    const half = Float32Array.from(all.flatMap((k) => [...(centres[k] as number[]), 0, 0]));
    const { highQuality, reverseKl, totalVariation } = countModes(half, 2, ring, 1);
    expect(highQuality).toBe(0.5);
    expect(reverseKl).toBeCloseTo(0, 10);
    expect(totalVariation).toBeCloseTo(0.5, 10);
  });

  it('counts a mode from `minimum` samples on', () => {
    const nineteen = Float32Array.from(Array.from({ length: 19 }, () => centres[0] as number[]).flat());
    expect(countModes(nineteen, 2, ring, 20).modes).toBe(0);
    expect(countModes(nineteen, 2, ring, 19).modes).toBe(1);
  });

  it('measures each axis by its own deviation', () => {
    const flat = [{ centre: [0, 0], sd: [0.05, 0.2], weight: 1 }];
    const inside = Float32Array.of(0, 0.59, 0.149, 0);
    const outside = Float32Array.of(0.151, 0, 0, 0.61, 0.12, 0.4);
    expect(countModes(inside, 2, flat, 1).highQuality).toBe(1);
    expect(countModes(outside, 2, flat, 1).highQuality).toBe(0);
  });

  it('takes no sample and samples that are not finite', () => {
    expect(countModes(new Float32Array(0), 2, ring)).toMatchObject({
      modes: 0,
      highQuality: 0,
      totalVariation: 1,
    });
    const broken = Float32Array.of(Number.NaN, 0, Number.POSITIVE_INFINITY, 0);
    expect(countModes(broken, 2, ring)).toMatchObject({ highQuality: 0, totalVariation: 1 });
  });
});
