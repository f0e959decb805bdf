import 'fake-indexeddb/auto';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Picture } from '@/lib/draw/picture';
import { endings, watchConnections } from '@/lib/util/testing/connections';
import { type Checkpoint, encodeCheckpoint } from './checkpoint';
import {
  beginRun,
  bringBackRun,
  continueRun,
  copyRun,
  isTaken,
  leaveRun,
  listSnapshots,
  lookAtRun,
  openSnapshot,
  readFrames,
  writeSnapshot,
} from './run-store';

const checkpointAt = (iteration: number, size = 1): Checkpoint => ({
  fingerprint: 'abc',
  counters: { iteration, updates: 2 * iteration },
  edits: [],
  data: {
    arrays: new Map([['weights/a', { shape: [size], values: new Float32Array(size).fill(iteration + 1) }]]),
    steps: {},
  },
});
const checkpointBytes = (checkpoint: Checkpoint) => encodeCheckpoint(checkpoint).byteLength;
const frames = (text: string) => ({ view: { type: 'empty', message: text } }) as const;
const iterationsOf = async (document: string) =>
  (await listSnapshots(document)).map(({ iteration }) => iteration);
const train = async (run: string, ...iterations: number[]) => {
  for (const iteration of iterations)
    await writeSnapshot(run, checkpointAt(iteration), frames(`${iteration}`));
};

afterEach(() => vi.restoreAllMocks());

test('snapshots come back as they were, with what the views showed', async () => {
  const run = await beginRun('plain');
  await train(run, 0, 1, 2);
  expect(await iterationsOf('plain')).toEqual([0, 1, 2]);
  expect(await openSnapshot({ run, iteration: 2 })).toEqual({ ok: true, checkpoint: checkpointAt(2) });
  expect(await readFrames({ run, iteration: 1 })).toEqual(frames('1'));
  expect(await listSnapshots('another')).toEqual([]);
});

describe('a document’s run', () => {
  test('that goes on from an earlier iteration forgets what was beyond', async () => {
    const run = await beginRun('again');
    await train(run, 0, 10, 20);
    expect(await continueRun('again', 12)).toBe(run);
    expect(await iterationsOf('again')).toEqual([0, 10]);
    expect(await readFrames({ run, iteration: 20 })).toBeUndefined();
  });

  test('is set aside by one that begins anew, and comes back', async () => {
    const first = await beginRun('reset');
    await train(first, 0, 10);
    await train(await beginRun('reset'), 0, 5);
    expect(await iterationsOf('reset')).toEqual([0, 5]);
    await bringBackRun('reset', 10);
    expect(await iterationsOf('reset')).toEqual([0, 10]);
    await bringBackRun('reset', 10);
    expect(await iterationsOf('reset')).toEqual([0, 5]);
  });

  test('that never left iteration 0 is not what comes back', async () => {
    await train(await beginRun('twice'), 0, 10);
    await train(await beginRun('twice'), 0);
    await beginRun('twice');
    await bringBackRun('twice', 10);
    expect(await iterationsOf('twice')).toEqual([0, 10]);
  });

  test('that branches is shown with what it came from, and changes nothing of it', async () => {
    const first = await beginRun('branch');
    await train(first, 0, 10, 20, 30);
    const second = await beginRun('branch', { run: first, iteration: 20 });
    await train(second, 22, 25);
    const third = await beginRun('branch', { run: second, iteration: 22 });
    await train(third, 24);
    expect(await iterationsOf('branch')).toEqual([0, 10, 20, 22, 24]);
    // Further back than its parent began.
    const fourth = await beginRun('branch', { run: first, iteration: 10 });
    await train(fourth, 11);
    expect(await iterationsOf('branch')).toEqual([0, 10, 11]);
    await bringBackRun('branch', 24);
    expect(await iterationsOf('branch')).toEqual([0, 10, 20, 22, 24]);
  });

  test('goes on in a copy of the document', async () => {
    const first = await beginRun('original');
    await train(first, 0, 10);
    await copyRun('original', 'copy');
    await train(await continueRun('copy', 10), 12);
    expect([await iterationsOf('original'), await iterationsOf('copy')]).toEqual([
      [0, 10],
      [0, 10, 12],
    ]);
  });
});

test('a damaged snapshot stays in the list, with the reason', async () => {
  const run = await beginRun('damaged');
  await train(run, 0, 10);
  await new Promise<void>((resolve) => {
    const request = indexedDB.open('ganvas-runs');
    request.onsuccess = () => {
      const transaction = request.result.transaction('states', 'readwrite');
      transaction.objectStore('states').put(new Uint8Array(40), [run, 10]);
      transaction.oncomplete = () => {
        request.result.close();
        resolve();
      };
    };
  });
  expect(await openSnapshot({ run, iteration: 10 })).toMatchObject({ ok: false });
  const [first, second] = await listSnapshots('damaged');
  expect(first?.damage).toBeUndefined();
  expect(second).toMatchObject({ iteration: 10, damage: 'This is not a checkpoint of Ganvas.' });
});

test('a run keeps its limits, and where all do not it is the newest of the oldest run that stays', async () => {
  const bytes = checkpointBytes(checkpointAt(0));
  const limits = { count: 4, bytes: 3.5 * bytes, allBytes: 5.5 * bytes };
  const [older, newer] = [await beginRun('older'), await beginRun('newer')];
  for (const run of [older, newer])
    for (let i = 0; i < 10; i++) await writeSnapshot(run, checkpointAt(i), {}, undefined, limits);
  expect(await iterationsOf('older')).toEqual([9]);
  const left = await iterationsOf('newer');
  expect(left).toHaveLength(3);
  expect([left[0], left.at(-1)]).toEqual([0, 9]);
});

test.each(endings)('a snapshot is kept although IndexedDB was %s under it', async (how, end) => {
  const connections = watchConnections();
  vi.resetModules();
  const store = await import('./run-store');
  const run = await store.beginRun(how);
  for (const connection of connections) end(connection);
  await store.writeSnapshot(run, checkpointAt(3), {});
  expect((await store.listSnapshots(how)).map(({ iteration }) => iteration)).toEqual([3]);
});

test('the page that took a run last writes to it alone, and a copy of it begins where it was taken', async () => {
  const run = await beginRun('two pages', undefined, 'first');
  for (const at of [0, 10, 20]) expect(await writeSnapshot(run, checkpointAt(at), {}, 'first')).toBe(true);
  expect(await continueRun('two pages', 10, 'second')).toBe(run);
  expect([await isTaken(run, 'first'), await isTaken(run, 'second')]).toEqual([true, false]);
  expect(await writeSnapshot(run, checkpointAt(30), {}, 'first')).toBe(false);
  expect(await writeSnapshot(run, checkpointAt(15), {}, 'second')).toBe(true);
  expect(await iterationsOf('two pages')).toEqual([0, 10, 15]);
  await copyRun('two pages', 'of the first', 'first');
  await copyRun('two pages', 'of the second', 'second');
  expect(await iterationsOf('of the first')).toEqual([0, 10]);
  expect(await iterationsOf('of the second')).toEqual([0, 10, 15]);
});

test('a copy by a page that only looked begins where that page stood, not where the other one began', async () => {
  const run = await beginRun('looked at', undefined, 'first');
  for (const at of [0, 10]) await writeSnapshot(run, checkpointAt(at), {}, 'first');
  const [seen, other] = [await lookAtRun('looked at'), await lookAtRun('looked at')];
  await new Promise((resolve) => setTimeout(resolve, 2));
  for (const at of [20, 30]) await writeSnapshot(run, checkpointAt(at), {}, 'first');
  expect(await continueRun('looked at', 12, 'second', seen)).toBe(run);
  await copyRun('looked at', 'of the one that looked', 'second');
  expect(await iterationsOf('of the one that looked')).toEqual([0, 10]);
  await leaveRun(other?.id ?? '', 'third', 20);
  await copyRun('looked at', 'of the third', 'third');
  expect(await iterationsOf('of the third')).toEqual([0, 10, 20]);
  // The writer’s own run is as it was.
  await leaveRun(run, 'first', 5);
  expect(await writeSnapshot(run, checkpointAt(40), {}, 'first')).toBe(true);
  await copyRun('looked at', 'of the first', 'first');
  expect(await iterationsOf('of the first')).toEqual([0, 10, 20, 30, 40]);
});

test('a snapshot whose pictures cannot be kept is not there at all', async () => {
  const run = await beginRun('detached');
  await train(run, 0, 10);
  const unkept = { view: (() => undefined) as unknown as Picture };
  await expect(writeSnapshot(run, checkpointAt(20), unkept)).rejects.toThrow();
  expect(await iterationsOf('detached')).toEqual([0, 10]);
});
