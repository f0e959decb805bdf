import { describe, expect, test } from 'vitest';
import { checksOf, foundIn, readRuns, reportOn } from './runs';

const runs = readRuns();

test('runs are at least 200, half of them of seeds and settings that no rule was tuned on', () => {
  const of = (half: string) => runs.filter((run) => run.half === half);
  expect(runs.length).toBeGreaterThanOrEqual(200);
  expect(of('unseen').length).toBeGreaterThanOrEqual(runs.length / 2 - 5);
  const seeds = new Set(of('tuning').map(({ seed }) => seed));
  expect(of('unseen').filter(({ seed }) => seeds.has(seed))).toEqual([]);
});

describe.each(['tuning', 'unseen'] as const)('on the half for %s', (half) => {
  const own = runs.filter((run) => run.half === half);
  const held = reportOn(own, (run) => foundIn(checksOf(run)));

  test('at least 90 % of sick runs are caught', () => {
    expect(held.caught).toBeGreaterThanOrEqual(0.9 * held.sick);
    expect(held.sick).toBeGreaterThan(30);
  });

  test('at most 5 % of healthy runs are accused', () => {
    expect(held.false).toBeLessThanOrEqual(0.05 * held.healthy);
    expect(held.healthy).toBeGreaterThan(30);
  });

  test('every failure has runs that have it, and is found in most of them', () => {
    for (const [id, { sick, caught }] of Object.entries(held.perDetector)) {
      expect(sick, id).toBeGreaterThan(0);
      expect(caught, id).toBeGreaterThanOrEqual(0.6 * sick);
    }
  });
});

test('blind detectors would not pass', () => {
  const { caught } = reportOn(runs, () => new Set());
  const { false: accused, healthy } = reportOn(runs, () => new Set(['saturation'] as const));
  expect([caught, accused]).toEqual([0, healthy]);
});
