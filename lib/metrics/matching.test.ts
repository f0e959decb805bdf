import fc from 'fast-check';
import { expect, it } from 'vitest';
import { processorTime } from '@/lib/util/testing/processor-time';
import { matchLargest } from './matching';

/** The best sum over all injections of the shorter side, by trying them. */
function bestByTrial(gains: readonly (readonly number[])[]): number {
  const width = gains[0]?.length ?? 0;
  const search = (row: number, taken: ReadonlySet<number>): number => {
    const line = gains[row];
    if (!line) return 0;
    const free = [...Array(width).keys()].filter((column) => !taken.has(column));
    const skipped = gains.length - row > free.length ? search(row + 1, taken) : Number.NEGATIVE_INFINITY;
    return free.reduce(
      (best, column) =>
        Math.max(best, (line[column] as number) + search(row + 1, new Set([...taken, column]))),
      skipped,
    );
  };
  return search(0, new Set());
}

it('finds the best of all assignments, square or not', () => {
  const sizes = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }));
  const tables = sizes.chain(([rows, columns]) =>
    fc.array(fc.array(fc.integer({ min: 0, max: 30 }), { minLength: columns, maxLength: columns }), {
      minLength: rows,
      maxLength: rows,
    }),
  );
  fc.assert(
    fc.property(tables, (gains) => {
      const { columns, total } = matchLargest(gains);
      expect(total).toBe(bestByTrial(gains));
      const used = columns.filter((column) => column >= 0);
      expect(new Set(used).size).toBe(used.length);
      expect(used.length).toBe(Math.min(gains.length, gains[0]?.length ?? 0));
      expect(columns.reduce((sum, column, row) => sum + (gains[row]?.[column] ?? 0), 0)).toBe(total);
    }),
    { numRuns: 300 },
  );
});

it('names 200 codes within a second', () => {
  const gains = Array.from({ length: 200 }, (_, i) =>
    Array.from({ length: 200 }, (_, j) => (i * 7919 + j * 104729) % 1009),
  );
  const started = processorTime();
  matchLargest(gains);
  expect(processorTime() - started).toBeLessThan(1000);
});
