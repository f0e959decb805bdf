import { expect, test } from 'vitest';
import { createStream } from '@/lib/util/random';
import { principalDirections, stepAlong } from './principal-directions';

const stream = createStream(1, 'test', 'directions');
/** Deviations 3, 2 and 1 along (1, 1)/√2 … of four numbers, the last without any. */
const [a, b] = [Math.SQRT1_2, -Math.SQRT1_2];
const draws = Array.from(
  { length: 4_000 },
  () => [3 * stream.normal(), 2 * stream.normal(), stream.normal()] as const,
);
const data = Float32Array.from(draws.flatMap(([u, v, w]) => [a * u + a * v + 5, a * u + b * v, w, 7]));

test('the axes of a Gaussian are found, the longest first, with their deviations', () => {
  const found = principalDirections(data, 4, 4, createStream(2, 'test', 'start'));
  expect(found).toHaveLength(3);
  for (const [k, [axis, sd]] of (
    [
      [[a, a, 0, 0], 3],
      [[a, b, 0, 0], 2],
      [[0, 0, 1, 0], 1],
    ] as const
  ).entries()) {
    const along = [...(found[k]?.axis ?? [])].reduce((sum, value, i) => sum + value * (axis[i] as number), 0);
    expect(Math.abs(along)).toBeGreaterThan(0.995);
    expect(found[k]?.sd).toBeCloseTo(sd, 0);
  }
});

test('a step of what the rows were made from is the one that moves them a deviation', () => {
  const [first] = principalDirections(data, 4, 1, createStream(2, 'test', 'start'));
  if (!first) throw new Error('a direction');
  const sources = Float32Array.from(draws.flatMap(([u, v]) => [u / 3, v / 2]));
  const [u = 0, v = 0] = stepAlong(first, sources, 2);
  expect(Math.abs(u)).toBeCloseTo(1, 1);
  expect(v).toBeCloseTo(0, 1);
});
