import { expect, test } from 'vitest';
import { createStream } from '@/lib/util/random';
import { isProblem } from '../define';
import { categoricalCode } from './categorical-code';
import { constant } from './constant';
import { uniformCode } from './uniform-code';

const context = (rows: number) => ({
  rows,
  index: 0,
  stream: (purpose: string) => createStream('codes', purpose),
  fixedStream: (purpose: string) => createStream('codes', purpose),
});

test('a categorical code is one-hot, each class as often', () => {
  const { out } = categoricalCode.draw({ classes: 4 }, context(4000));
  const counts = [0, 0, 0, 0];
  for (let row = 0; row < 4000; row++) {
    const numbers = [...(out?.subarray(4 * row, 4 * row + 4) ?? [])];
    expect([...numbers].sort()).toEqual([0, 0, 0, 1]);
    counts[numbers.indexOf(1)] = (counts[numbers.indexOf(1)] ?? 0) + 1;
  }
  // Within 5 standard deviations of 1,000.
  for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(5 * Math.sqrt(4000 * 0.25 * 0.75));
});

test('a uniform code fills its interval', () => {
  const { out } = uniformCode.draw({ size: 2, low: -3, high: 5 }, context(2000));
  const numbers = [...(out ?? [])];
  expect(numbers).toHaveLength(4000);
  expect(Math.min(...numbers)).toBeGreaterThanOrEqual(-3);
  expect(Math.max(...numbers)).toBeLessThan(5);
  const mean = numbers.reduce((sum, value) => sum + value, 0) / 4000;
  expect(Math.abs(mean - 1)).toBeLessThan((5 * 8) / Math.sqrt(12 * 4000));
  const empty = uniformCode.infer(uniformCode.params.parse({ low: 1, high: 1 }), {});
  expect(isProblem(empty) && empty.problem.message).toMatch(/low is 1, high is 1/);
});

test('a constant is one number for all, or as many as its shape holds', () => {
  const drawOf = (given: Record<string, unknown>) => [
    ...(constant.draw(constant.params.parse(given), context(2)).out ?? []),
  ];
  expect(drawOf({ shape: [2], value: 3 })).toEqual([3, 3, 3, 3]);
  expect(
    drawOf({
      shape: [2, 2],
      value: [
        [1, 2],
        [3, 4],
      ],
    }),
  ).toEqual([1, 2, 3, 4, 1, 2, 3, 4]);
  const wrong = constant.infer(constant.params.parse({ shape: [3], value: [1, 2] }), {});
  expect(isProblem(wrong) && wrong.problem.message).toBe(
    'A constant of [3] needs 3 numbers; its value has 2.',
  );
});
