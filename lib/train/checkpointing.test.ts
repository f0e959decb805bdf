import 'fake-indexeddb/auto';
import { afterEach, expect, test, vi } from 'vitest';
import type { Mark } from './checkpoint';
import { loadCheckpoint, saveCheckpoint } from './checkpoint-store';
import { createCheckpointing } from './checkpointing';

afterEach(() => {
  vi.restoreAllMocks();
});

/** A run that stands where the test says. */
function setUp(key: string | undefined) {
  const run: { -readonly [K in keyof Mark]: Mark[K] } = { line: '0', iteration: 0, edits: 0 };
  const saved: number[] = [];
  const refused: string[] = [];
  let taken = 0;
  const checkpointing = createCheckpointing({
    write: key === undefined ? undefined : async (checkpoint) => void (await saveCheckpoint(key, checkpoint)),
    mark: () => ({ ...run }),
    async take() {
      taken++;
      const counters = { iteration: run.iteration, updates: run.iteration };
      return { fingerprint: '', counters, edits: [], data: { arrays: new Map(), steps: {} } };
    },
    saved: (iteration) => void saved.push(iteration),
    notSaved: (message) => void refused.push(message),
  });
  return { run, saved, refused, taken: () => taken, ...checkpointing };
}

test('what is new is saved once', async () => {
  const { run, save, saved, taken } = setUp('once');
  expect(await save()).toBe('nothing-new');
  run.iteration = 7;
  expect(await save()).toBe('saved');
  expect(await save()).toBe('nothing-new');
  expect((await loadCheckpoint('once'))?.counters.iteration).toBe(7);
  expect([saved, taken()]).toEqual([[7], 1]);
});

test('an edit, and numbers that came another way, are new at the same iteration', async () => {
  const { run, save } = setUp('edits');
  run.iteration = 7;
  await save();
  run.edits = 1;
  expect(await save()).toBe('saved');
  run.line = '1';
  expect(await save()).toBe('saved');
});

test('an older state of the same line does not replace a newer one', async () => {
  const { run, save } = setUp('older');
  run.iteration = 27;
  await save();
  run.iteration = 20;
  expect(await save()).toBe('nothing-new');
});

test('what is asked for while a checkpoint is written takes the state after it, once for all who ask', async () => {
  const { run, save, saved } = setUp('queue');
  run.iteration = 1;
  const first = save();
  await Promise.resolve();
  run.iteration = 2;
  const others = [save(), save()];
  run.iteration = 3;
  expect(await first).toBe('saved');
  expect(await Promise.all(others)).toEqual(['saved', 'saved']);
  expect(saved).toEqual([1, 3]);
});

test('a full storage is reported, and the next save tries again', async () => {
  const { run, save, refused } = setUp('full');
  run.iteration = 1;
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementationOnce(() => {
    throw new DOMException('no room', 'QuotaExceededError');
  });
  expect(await save()).toBe('not-saved');
  expect(refused).toEqual([expect.stringContaining('no room')]);
  expect(await save()).toBe('saved');
});

test('a run that is kept nowhere saves nothing', async () => {
  const { run, save, taken } = setUp(undefined);
  run.iteration = 5;
  expect(await save()).toBe('nothing-new');
  expect(taken()).toBe(0);
});

test('a first checkpoint that takes long is no measure of the next; later ones take a tenth of the time', async () => {
  let now = 0;
  let takes = 3_000;
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  const run = { line: '0', iteration: 0, edits: 0 };
  const saved: number[] = [];
  const { saveIfDue } = createCheckpointing({
    write: () => {
      now += takes;
    },
    mark: () => ({ ...run }),
    take: async () => {
      const counters = { iteration: run.iteration, updates: run.iteration };
      return { fingerprint: '', counters, edits: [], data: { arrays: new Map(), steps: {} } };
    },
    saved: (iteration) => void saved.push(iteration),
    notSaved: () => {},
  });
  const after = async (milliseconds: number) => {
    now += milliseconds;
    run.iteration++;
    saveIfDue();
    await new Promise((resolve) => setTimeout(resolve));
  };
  await after(1_001);
  await after(2_001);
  expect(saved).toEqual([1, 2]);
  takes = 10;
  await after(29_999);
  expect(saved).toEqual([1, 2]);
  await after(2);
  expect(saved).toEqual([1, 2, 4]);
});
