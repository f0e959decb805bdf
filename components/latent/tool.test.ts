import { expect, test } from 'vitest';
import { same, samePoint } from './tool';

const of = (...values: number[]) => Float32Array.from(values);

test('noise is the same where all of its numbers are', () => {
  expect(same(of(1, 2), of(1, 2))).toBe(true);
  expect(same(of(1, 2), of(1, 3))).toBe(false);
  expect(same(of(1, 2), of(1, 2, 3))).toBe(false);
  expect(same(undefined, of(1))).toBe(false);
});

test('a point that was asked for again is the same point; another class or code is another', () => {
  const point = (code: number) => ({ z: of(1, 2), rest: { 'c.out': of(code) } });
  expect(samePoint(point(1), point(1))).toBe(true);
  expect(samePoint(point(1), point(2))).toBe(false);
  expect(samePoint(point(1), { z: of(1, 3), rest: point(1).rest })).toBe(false);
  expect(samePoint(undefined, point(1))).toBe(false);
  expect(samePoint(undefined, undefined)).toBe(true);
});
