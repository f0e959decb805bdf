import { expect, test } from 'vitest';
import type { Point } from './boxes';
import { createRouter } from './route';

const row = [0, 1, 2, 3].map((i) => ({ x: 124 * i, y: 0, width: 100, height: 40 }));
const from = { at: [100, 16] as Point, side: 'right' as const };
const to = { at: [372, 16] as Point, side: 'left' as const };

test('a wire past cards in a row runs over or under them, in straight runs', () => {
  const points = createRouter(row, [from, to])({ from, to, port: 'a.out' }) ?? [];
  expect(points[0]).toEqual(from.at);
  expect(points.at(-1)).toEqual(to.at);
  expect(points.some(([, y]) => y < -6 || y > 46)).toBe(true);
  points.slice(1).forEach(([x, y], i) => {
    const [px, py] = points[i] as Point;
    expect(x === px || y === py).toBe(true);
  });
});

test('a second wire leaves the lane of the first to it; one of the same port shares it', () => {
  const other = { ...to, at: [372, 10] as Point };
  const lane = (points: readonly Point[] | undefined) =>
    points?.map(([, y]) => y).find((y) => y < 0 || y > 40);
  const lanesOf = (ports: readonly [string, string]) => {
    const route = createRouter(row, [from, to, other]);
    return [route({ from, to, port: ports[0] }), route({ from, to: other, port: ports[1] })].map(lane);
  };
  const [one, two] = lanesOf(['a.out', 'b.out']);
  expect(one).not.toBe(two);
  const [first, same] = lanesOf(['a.out', 'a.out']);
  expect(first).toBe(same);
});

test('a way goes round a line that is drawn already, not across it', () => {
  const wall = { port: 'b.out', points: [[236, -300] as const, [230, -2] as const] };
  const route = createRouter(row, [from, to], [wall]);
  expect(route({ from, to, port: 'a.out' })?.some(([, y]) => y > 46)).toBe(true);
  // One of the same port it may cross.
  const own = createRouter(row, [from, to], [{ ...wall, port: 'a.out' }]);
  const plain = createRouter(row, [from, to]);
  expect(own({ from, to, port: 'a.out' })).toEqual(plain({ from, to, port: 'a.out' }));
});

test('a port that is walled in has no way', () => {
  const wall = [
    { x: 80, y: -60, width: 80, height: 40 },
    { x: 80, y: 60, width: 80, height: 40 },
    { x: 140, y: -60, width: 20, height: 160 },
    { x: 60, y: -60, width: 40, height: 160 },
  ];
  expect(createRouter(wall, [from, to])({ from, to, port: 'a.out' })).toBeUndefined();
});
