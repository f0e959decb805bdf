import { describe, expect, test } from 'vitest';
import type { Checkpoint } from './checkpoint';
import { createSnapshots } from './snapshots';

const at = async (iteration: number): Promise<Checkpoint> => ({
  fingerprint: 'abc',
  counters: { iteration, updates: iteration },
  edits: [],
  data: { arrays: new Map(), steps: {} },
});

function setUp(write: () => Promise<void> = async () => {}) {
  const time = { now: 0 };
  const kept: number[] = [];
  const problems: string[] = [];
  const snapshots = createSnapshots({
    write,
    kept: (iteration) => kept.push(iteration),
    notKept: (message) => problems.push(message),
    clock: () => time.now,
  });
  const keep = async (iteration: number) => {
    await snapshots.keep(at(iteration), async () => ({}));
    await snapshots.settled();
  };
  return { time, kept, problems, snapshots, keep };
}

describe('a snapshot is due', () => {
  test('at the beginning, then a tenth of the way further, and no sooner than time allows', async () => {
    const { snapshots, keep, time } = setUp();
    snapshots.restart(0, false);
    expect(snapshots.isDue(0, false)).toBe(true);
    await keep(0);
    expect(snapshots.isDue(5, false)).toBe(false);
    time.now = 100;
    expect(snapshots.isDue(5, false)).toBe(true);
    snapshots.restart(1_000, true);
    expect([1_099, 1_100].map((iteration) => snapshots.isDue(iteration, false))).toEqual([false, true]);
  });

  test('so rarely that it takes a twentieth of the time', async () => {
    const { snapshots, time } = setUp(async () => {
      time.now += 50;
    });
    await snapshots.keep(at(1), async () => ({}));
    await snapshots.settled();
    time.now = 999;
    expect(snapshots.isDue(10, false)).toBe(false);
    time.now = 1_000;
    expect(snapshots.isDue(10, false)).toBe(true);
  });

  test('so rarely that drawing for it does, too, which takes longer the first time', async () => {
    const { snapshots, time } = setUp();
    const draw = (milliseconds: number) => async () => {
      time.now += milliseconds;
      return {};
    };
    await snapshots.keep(at(1), draw(500));
    await snapshots.settled();
    time.now = 600;
    expect(snapshots.isDue(10, false)).toBe(true);
    await snapshots.keep(at(10), draw(50));
    await snapshots.settled();
    time.now = 1_599;
    expect(snapshots.isDue(20, false)).toBe(false);
    time.now = 1_600;
    expect(snapshots.isDue(20, false)).toBe(true);
  });

  test('wherever the run rests, once', async () => {
    const { snapshots, keep } = setUp();
    snapshots.restart(40, true);
    expect(snapshots.isDue(40, true)).toBe(false);
    expect(snapshots.isDue(41, true)).toBe(true);
    await keep(41);
    expect(snapshots.isDue(41, true)).toBe(false);
  });
});

test('one that cannot be written is reported, and the next one is tried', async () => {
  let isFull = true;
  const { keep, kept, problems } = setUp(async () => {
    if (isFull) throw new Error('no room');
  });
  await keep(1);
  isFull = false;
  await keep(2);
  expect([problems, kept]).toEqual([['no room'], [2]]);
});
