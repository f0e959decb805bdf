import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundsOf, isRange, ticksOf } from './bounds';

describe('boundsOf', () => {
  it('leaves a tenth of room on each side', () => {
    expect(boundsOf(Float32Array.of(0, -5, 10, 5), 2)).toEqual([
      [-1, 11],
      [-6, 6],
    ]);
  });

  it('leaves out what is not finite and what is far out', () => {
    const values = Float32Array.from({ length: 1000 }, (_, i) => i / 1000);
    values[3] = Number.NaN;
    values[4] = Number.NEGATIVE_INFINITY;
    values[5] = 1e9;
    const [low, high] = boundsOf(values, 1)[0] as readonly [number, number];
    expect(low).toBeLessThan(0);
    expect(low).toBeGreaterThan(-1);
    expect(high).toBeGreaterThan(1);
    expect(high).toBeLessThan(6);
  });

  it('gives a range for any numbers', () => {
    const numbers = fc.array(fc.oneof(fc.float(), fc.constant(7)), { maxLength: 40 });
    fc.assert(
      fc.property(numbers, fc.integer({ min: 1, max: 3 }), (values, dims) => {
        const bounds = boundsOf(Float32Array.from(values), dims);
        expect(bounds).toHaveLength(dims);
        for (const range of bounds) expect(isRange(range)).toBe(true);
      }),
    );
  });

  it('is [-1, 1] of nothing', () => {
    expect(boundsOf(new Float32Array(0), 2)).toEqual([
      [-1, 1],
      [-1, 1],
    ]);
  });
});

describe('ticksOf', () => {
  it('are round', () => {
    expect(ticksOf([-2.8, 2.8], 5)).toEqual([-2, 0, 2]);
    expect(ticksOf([0, 1], 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(ticksOf([9990, 10010], 4)).toEqual([9990, 9995, 10000, 10005, 10010]);
  });

  it('are few, ascending and inside', () => {
    const ends = fc.tuple(
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
    );
    fc.assert(
      fc.property(ends, fc.integer({ min: 3, max: 8 }), ([low, span], count) => {
        const ticks = ticksOf([low, low + span], count);
        expect(ticks.length).toBeLessThanOrEqual(count + 1);
        expect(ticks.length).toBeGreaterThan(0);
        for (const [i, tick] of ticks.entries()) {
          expect(tick).toBeGreaterThanOrEqual(low - 1e-6 * span);
          expect(tick).toBeLessThanOrEqual(low + span * (1 + 1e-6));
          if (i > 0) expect(tick).toBeGreaterThan(ticks[i - 1] as number);
        }
      }),
    );
  });
});
