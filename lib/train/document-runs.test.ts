import 'fake-indexeddb/auto';
import { afterEach, expect, test, vi } from 'vitest';
import type { Checkpoint } from './checkpoint';
import { loadCheckpoint, saveCheckpoint } from './checkpoint-store';
import { bringBackReplaced, copyKept, replaceRun } from './document-runs';
import { beginRun, continueRun, listSnapshots, openSnapshot, writeSnapshot } from './run-store';

const checkpointAt = (iteration: number): Checkpoint => ({
  fingerprint: 'abc',
  counters: { iteration, updates: 2 * iteration },
  edits: [],
  data: { arrays: new Map([['weights/a', { shape: [1], values: Float32Array.of(1) }]]), steps: {} },
});
const iterationsOf = async (document: string) =>
  (await listSnapshots(document)).map(({ iteration }) => iteration);
const iterationOf = async (document: string) => (await loadCheckpoint(document))?.counters.iteration;

/** As a worker does: snapshots on the way, a checkpoint at the end. */
async function train(document: string, ...iterations: number[]): Promise<void> {
  const run = await beginRun(document);
  for (const iteration of iterations) await writeSnapshot(run, checkpointAt(iteration), {});
  await saveCheckpoint(document, checkpointAt(iterations.at(-1) ?? 0));
}

afterEach(() => vi.restoreAllMocks());

test('weights from elsewhere begin a run of their own, and the one before comes back whole', async () => {
  await train('opened', 0, 10, 20);
  await replaceRun('opened', checkpointAt(12));
  await continueRun('opened', 12);
  expect(await iterationsOf('opened')).toEqual([]);
  expect(await bringBackReplaced('opened')).toBe(20);
  expect(await iterationsOf('opened')).toEqual([0, 10, 20]);
  // And the other way round, though it has no snapshot yet.
  expect(await bringBackReplaced('opened')).toBe(12);
  expect(await iterationsOf('opened')).toEqual([]);
});

test('a page that is closed on the way to a snapshot loses none beyond it', async () => {
  await train('closed', 0, 10, 20);
  const [, snapshot] = await listSnapshots('closed');
  const put = IDBObjectStore.prototype.put;
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...args) {
    if (this.name === 'checkpoints') throw new Error('closed');
    return put.apply(this, args);
  });
  await expect(replaceRun('closed', checkpointAt(10), snapshot)).rejects.toThrow('closed');
  vi.restoreAllMocks();
  expect(await iterationOf('closed')).toBe(20);
  await continueRun('closed', 20);
  expect(await iterationsOf('closed')).toEqual([0, 10]);
  expect(await openSnapshot({ run: snapshot?.run ?? '', iteration: 20 })).toMatchObject({ ok: true });
});

test('where no checkpoint was replaced the snapshots stay, too', async () => {
  const run = await beginRun('alone');
  await writeSnapshot(run, checkpointAt(5), {});
  await writeSnapshot(await beginRun('alone'), checkpointAt(3), {});
  expect(await bringBackReplaced('alone')).toBeUndefined();
  expect(await iterationsOf('alone')).toEqual([3]);
});

test('weights go where they shall, although the snapshots cannot follow', async () => {
  await train('full', 0, 10);
  const put = IDBObjectStore.prototype.put;
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...args) {
    if (this.name === 'heads') throw new DOMException('no room', 'QuotaExceededError');
    return put.apply(this, args);
  });
  await replaceRun('full', checkpointAt(7));
  expect(await iterationOf('full')).toBe(7);
  expect(await bringBackReplaced('full')).toBe(10);
  await copyKept('full', 'copy', 'page');
  expect(await iterationOf('copy')).toBe(10);
});
