import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import {
  paramMeta,
  type Ramp,
  resolveParams,
  sayScheduled,
  scheduled,
  scheduledCaption,
  valueAt,
} from './params';

const ramp = (about: Partial<Ramp>): Ramp => ({
  from: 1,
  to: 3,
  curve: 'linear',
  start: 0,
  end: 1,
  ...about,
});
const along = (about: Partial<Ramp>) => [0, 0.25, 0.5, 0.75, 1].map((at) => valueAt(ramp(about), at));

describe('a ramp', () => {
  test('runs straight, along a cosine, or jumps at its end', () => {
    expect(along({})).toEqual([1, 1.5, 2, 2.5, 3]);
    const cosine = along({ curve: 'cosine' });
    expect(cosine[0]).toBe(1);
    expect(cosine[1]).toBeCloseTo(1 + 2 * 0.1464, 3);
    expect(cosine[2]).toBeCloseTo(2);
    expect(cosine[4]).toBe(3);
    expect(along({ curve: 'step', end: 0.5 })).toEqual([1, 1, 3, 3, 3]);
  });

  test('stays at its ends before its start and after its end', () => {
    expect(along({ start: 0.25, end: 0.75 })).toEqual([1, 1, 2, 3, 3]);
    expect(along({ start: 0.5, end: 0.5 })).toEqual([1, 1, 3, 3, 3]);
    expect(valueAt(ramp({}), 7)).toBe(3);
  });

  test('must keep both ends within the number’s limits', () => {
    const field = scheduled(z.number().min(0).max(1));
    expect(field.safeParse({ from: 0, to: 1 }).data).toEqual(ramp({ from: 0, to: 1 }));
    expect(field.safeParse({ from: 0, to: 2 }).success).toBe(false);
    expect(field.safeParse({ from: 0, to: 1, shape: 'odd' }).success).toBe(false);
  });
});

test('a value is said in words, and briefly', () => {
  expect([0.5, 1e-7].map(sayScheduled)).toEqual(['0.5', '1e-7']);
  expect(sayScheduled(ramp({ to: 0.1 }))).toBe('from 1 to 0.1');
  expect(sayScheduled(ramp({ curve: 'cosine', start: 0.25 }))).toBe(
    'from 1 to 3 along a cosine between 25 % and 100 % of the run',
  );
  expect(sayScheduled(ramp({ curve: 'step', end: 0.5 }))).toBe('from 1 to 3 at 50 % of the run');
  expect(sayScheduled(ramp({ curve: 'step' }))).toBe('from 1 to 3 at the end of the run');
  expect([0.5, ramp({})].map((value) => scheduledCaption(value))).toEqual(['0.5', '1 → 3']);
});

test('resolving replaces ramps and nothing else', () => {
  const given = { rate: ramp({}), name: 'a', shape: [1, 2], none: null, terms: { gan: 1, cycle: ramp({}) } };
  expect(resolveParams(given, 0.5)).toEqual({ ...given, rate: 2, terms: { gan: 1, cycle: 2 } });
});

test('a field without param() is a programmer’s error', () => {
  expect(() => paramMeta(z.number())).toThrow('param()');
});
