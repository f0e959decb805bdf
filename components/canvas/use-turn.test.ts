import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Live } from './live';
import { showTurns } from './use-turn';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A board's attribute, and a run that one can turn on and off. */
function setUp() {
  let report: Parameters<Live['watchRun']>[0] = () => {};
  const attributes = new Map<string, string>();
  const element = {
    setAttribute: (name: string, value: string) => void attributes.set(name, value),
    removeAttribute: (name: string) => void attributes.delete(name),
  };
  const watchRun: Live['watchRun'] = (show) => {
    report = show;
    return () => {};
  };
  const stop = showTurns(element, 2, { watchRun });
  return {
    run: (isRunning: boolean) => report({ isRunning, isPast: false, progress: 0 }),
    turn: () => attributes.get('data-turn'),
    stop,
  };
}

test('wires glow on for a moment after a pause, which is said first', () => {
  const { run, turn } = setUp();
  run(true);
  expect(turn()).toBe('0');
  run(false);
  expect(turn()).toBe('0');
  vi.advanceTimersByTime(299);
  expect(turn()).toBe('0');
  run(false);
  vi.advanceTimersByTime(1);
  expect(turn()).toBeUndefined();
  vi.advanceTimersByTime(10_000);
  expect(turn()).toBeUndefined();
});

test('a run that goes on at once keeps its turns', () => {
  const { run, turn, stop } = setUp();
  run(true);
  run(false);
  run(true);
  vi.advanceTimersByTime(1_400);
  expect(turn()).toBe('1');
  stop();
  expect(turn()).toBeUndefined();
});
