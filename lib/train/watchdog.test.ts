import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createWatchdog } from './watchdog';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function setUp() {
  const page = { isHidden: false, jump: 0 };
  const ping = vi.fn();
  const lose = vi.fn();
  const limit = vi.fn((_longest: number) => 30_000);
  const watchdog = createWatchdog({
    ping,
    lose,
    limit,
    isHidden: () => page.isHidden,
    clock: () => performance.now() + page.jump,
  });
  return { watchdog, page, ping, lose, limit };
}

test('silence beyond the limit is a loss, once', () => {
  const { watchdog, lose, ping } = setUp();
  watchdog.watch();
  vi.advanceTimersByTime(30_000);
  expect(lose).not.toHaveBeenCalled();
  vi.advanceTimersByTime(60_000);
  expect(lose.mock.calls).toEqual([[31_000]]);
  expect(ping).toHaveBeenCalledOnce();
  expect(vi.getTimerCount()).toBe(0);
});

test('any message is a sign of life, and the longest silence is remembered', () => {
  const { watchdog, lose, limit } = setUp();
  watchdog.watch();
  vi.advanceTimersByTime(20_000);
  watchdog.heard(true);
  vi.advanceTimersByTime(29_000);
  expect(lose).not.toHaveBeenCalled();
  expect(limit).toHaveBeenLastCalledWith(20_000);
  watchdog.restart();
  watchdog.watch();
  vi.advanceTimersByTime(1_000);
  expect(limit).toHaveBeenLastCalledWith(0);
});

test('a silent worker is asked once, and again after an answer', () => {
  const { watchdog, ping } = setUp();
  watchdog.watch();
  vi.advanceTimersByTime(5_000);
  expect(ping).toHaveBeenCalledTimes(1);
  watchdog.heard(true);
  vi.advanceTimersByTime(5_000);
  expect(ping).toHaveBeenCalledTimes(2);
});

test('nothing is watched while nothing is expected', () => {
  const { watchdog, lose } = setUp();
  watchdog.watch();
  watchdog.heard(false);
  expect(vi.getTimerCount()).toBe(0);
  watchdog.watch();
  vi.advanceTimersByTime(40_000);
  expect(lose).toHaveBeenCalledOnce();
});

test('a hidden page does not count against the worker', () => {
  const { watchdog, page, lose } = setUp();
  watchdog.watch();
  page.isHidden = true;
  vi.advanceTimersByTime(3_600_000);
  expect(lose).not.toHaveBeenCalled();
  page.isHidden = false;
  vi.advanceTimersByTime(29_000);
  expect(lose).not.toHaveBeenCalled();
  vi.advanceTimersByTime(3_000);
  expect(lose).toHaveBeenCalledOnce();
});

test('nor does a machine that slept, nor a page that was held up', () => {
  const { watchdog, page, lose } = setUp();
  watchdog.watch();
  for (let i = 0; i < 20; i++) {
    vi.advanceTimersByTime(500);
    page.jump += 3_600_000;
    vi.advanceTimersByTime(500);
  }
  expect(lose).not.toHaveBeenCalled();
});
