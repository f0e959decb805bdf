import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createStream, permutation, type Stream } from '@/lib/util/random';
import { type DrawKey, rowsOfDraw } from './epochs';

const keyOf = (rows: number, index: number, seed: number): DrawKey => ({
  rows,
  index,
  stream: (purpose) => createStream(seed, 'data', purpose, index),
  fixedStream: (purpose) => createStream(seed, 'data', 'fixed', purpose),
});

/** What the rows of a draw are by definition: no order is kept. */
const byDefinition = (size: number, { rows, index, fixedStream }: DrawKey): number[] =>
  Array.from({ length: rows }, (_, i) => {
    const place = index * rows + i;
    const epoch = Math.floor(place / size);
    return permutation(size, fixedStream(`epoch-${epoch}`))[place % size] as number;
  });

describe('rows of a finite data set', () => {
  test('follow from size, index and stream alone, whatever was drawn before', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            size: fc.constantFrom(1, 5, 12, 13, 40),
            rows: fc.integer({ min: 1, max: 30 }),
            index: fc.nat({ max: 12 }),
            seed: fc.nat({ max: 3 }),
          }),
          { minLength: 1, maxLength: 30 },
        ),
        (draws) => {
          for (const { size, rows, index, seed } of draws) {
            if (size < rows) continue;
            const key = keyOf(rows, index, seed);
            expect([...rowsOfDraw(size, key)]).toEqual(byDefinition(size, key));
          }
        },
      ),
    );
  });

  test('cost the whole set once per epoch, not once per draw', () => {
    let numbers = 0;
    const counted = (stream: Stream): Stream => ({
      ...stream,
      integer(n) {
        numbers++;
        return stream.integer(n);
      },
    });
    const [size, rows] = [10_000, 50];
    for (let index = 0; index < 200; index++) {
      const key = keyOf(rows, index, 77);
      rowsOfDraw(size, { ...key, fixedStream: (purpose) => counted(key.fixedStream(purpose)) });
    }
    expect(numbers).toBe(size - 1);
  });
});
