import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agreementOf, contingencyOf, entropyOf, largestOf, mutualInformation } from './classes';

describe('classes', () => {
  it('are the places of the largest numbers; none where a number is not finite', () => {
    const rows = Float32Array.of(1, 3, 2, -1, -2, -3, Number.NaN, 1, 2, 0, Number.POSITIVE_INFINITY, 1);
    expect([...largestOf(rows, 3)]).toEqual([1, 0, -1, -1]);
  });

  it('agree by the share of equal rows; a row without a class is wrong', () => {
    expect(agreementOf(Int32Array.of(0, 1, 2, -1), Int32Array.of(0, 2, 2, -1))).toBe(0.5);
  });

  it('meet in a table', () => {
    const table = contingencyOf(Int32Array.of(0, 0, 1, -1), Int32Array.of(2, 2, 0, 1), [2, 3]);
    expect(table).toEqual([
      [0, 0, 2],
      [1, 0, 0],
    ]);
  });
});

describe('mutual information', () => {
  it('of a permutation of K even classes is ln K, of independent ones 0', () => {
    const permuted = [0, 1, 2, 3].map((i) => [0, 1, 2, 3].map((j) => (j === (i + 1) % 4 ? 5 : 0)));
    expect(mutualInformation(permuted)).toBeCloseTo(Math.log(4), 12);
    expect(mutualInformation([1, 2, 3].map((i) => [4 * i, 5 * i]))).toBeCloseTo(0, 12);
  });

  it('is H(A) + H(B) - H(A, B)', () => {
    const table = fc.array(fc.array(fc.nat(9), { minLength: 3, maxLength: 3 }), {
      minLength: 2,
      maxLength: 4,
    });
    fc.assert(
      fc.property(table, (counts) => {
        fc.pre(counts.flat().some((count) => count > 0));
        const rows = counts.map((line) => line.reduce((a, b) => a + b));
        const columns = [0, 1, 2].map((j) => counts.reduce((sum, line) => sum + (line[j] as number), 0));
        const expected = entropyOf(rows) + entropyOf(columns) - entropyOf(counts.flat());
        expect(mutualInformation(counts)).toBeCloseTo(expected, 10);
      }),
    );
  });
});
