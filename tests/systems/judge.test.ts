import { expect, test } from 'vitest';
import { holds, judge, passes } from './judge';
import { at, type System } from './system';

const system: System = {
  example: 'ring',
  iterations: 100,
  seeds: [1],
  fast: [],
  bars: { 'quality.modes': [['>=', 8]] },
};
const trained = (modes: number, iterations = 100, failures: string[] = []) =>
  judge(system, 1, { iterations, seconds: 1, figures: { 'quality.modes': modes }, failures });

test('a bar that is missed is missed', () => {
  expect(holds(Number.NaN, ['>=', 0]) || holds(Number.NaN, ['<=', 0])).toBe(false);
  expect(holds(7, ['>=', 8])).toBe(false);
  expect(holds(8, ['>=', 8])).toBe(true);
  expect(() => at({ 'quality.modes': 8 }, 'quality.mode')).toThrow('quality.modes');
});

test('a training passes that reached its target without a failure and holds its bars', () => {
  expect(passes(trained(8))).toBe(true);
  expect(passes(trained(7))).toBe(false);
  expect(passes(trained(8, 99))).toBe(false);
  expect(passes(trained(8, 100, ['loss.g became NaN']))).toBe(false);
});
