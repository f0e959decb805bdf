import 'fake-indexeddb/auto';
import { afterEach, expect, test, vi } from 'vitest';
import type { Checkpoint } from './checkpoint';
import { apartOf, loadCheckpoint, removeLeftCheckpoints, saveCheckpoint } from './checkpoint-store';
import { bytesOfRuns, listRuns, listSnapshotsOf, removeLeftRuns, removeRun } from './run-list';
import {
  beginRun,
  bringBackRun,
  continueRun,
  copyRun,
  listSnapshots,
  readFrames,
  writeSnapshot,
} from './run-store';

const checkpointAt = (iteration: number): Checkpoint => ({
  fingerprint: 'abc',
  counters: { iteration, updates: 2 * iteration },
  edits: [],
  data: { arrays: new Map([['weights/a', { shape: [1], values: Float32Array.of(1) }]]), steps: {} },
});
const train = async (run: string, ...iterations: number[]) => {
  for (const iteration of iterations) await writeSnapshot(run, checkpointAt(iteration), {});
  return run;
};
const iterationsOf = (entries: readonly { readonly iteration: number }[]) =>
  entries.map(({ iteration }) => iteration);

let clock = Date.now();
/** A run that begins later is newer, however fast the test. */
const begin = (...given: Parameters<typeof beginRun>) => {
  vi.spyOn(Date, 'now').mockReturnValue(clock++);
  return beginRun(...given);
};
afterEach(() => vi.restoreAllMocks());

test('every run that came somewhere is listed, the newest first; what never left iteration 0 is not', async () => {
  const first = await train(await begin('listed'), 0, 10, 20);
  await train(await begin('listed'), 0);
  const branch = await train(await begin('listed', { run: first, iteration: 10 }), 12);
  // Begun from a snapshot, and gone no further.
  await begin('listed', { run: branch, iteration: 12 });
  const last = await train(await begin('listed'), 0, 5);
  const listed = await listRuns('listed');
  expect(listed.map(({ id }) => id)).toEqual([last, branch, first]);
  expect(listed).toMatchObject([
    { iteration: 5, snapshots: 2, isPresent: true, branches: 0 },
    { iteration: 12, snapshots: 1, isPresent: false, parent: { run: first, iteration: 10 } },
    { iteration: 20, snapshots: 3, isPresent: false, branches: 1 },
  ]);
  expect(iterationsOf(await listSnapshotsOf(branch))).toEqual([0, 10, 12]);
});

test('a run is deleted with its snapshots; what began from it stays, and the present one cannot go', async () => {
  const first = await train(await begin('deleted'), 0, 10);
  const branch = await train(await begin('deleted', { run: first, iteration: 10 }), 12);
  const before = await bytesOfRuns();
  expect(await removeRun(branch)).toBe(false);
  expect(await removeRun(first)).toBe(true);
  expect(await bytesOfRuns()).toBeLessThan(before);
  expect(await readFrames({ run: first, iteration: 10 })).toBeUndefined();
  expect(iterationsOf(await listSnapshots('deleted'))).toEqual([12]);
  expect((await listRuns('deleted')).map(({ id }) => id)).toEqual([branch]);
});

test('a reset whose run was deleted since is undone with a run of its own', async () => {
  const first = await train(await begin('undone'), 0, 10);
  const second = await train(await begin('undone'), 0, 5);
  await removeRun(first);
  await bringBackRun('undone', 10);
  expect(await continueRun('undone', 10)).not.toBe(second);
  expect(iterationsOf(await listSnapshotsOf(second))).toEqual([0, 5]);
});

test('what deleted documents have left goes, but for what is new and what other runs came from', async () => {
  vi.spyOn(Date, 'now').mockReturnValue(1_000);
  const alone = await train(await beginRun('gone'), 0, 10);
  const source = await train(await beginRun('source'), 0, 10);
  const stays = await train(await beginRun('stays'), 0, 10);
  await copyRun('source', 'copy');
  for (const key of ['gone', apartOf('gone', 'page'), 'stays', 'fresh']) {
    if (key === 'fresh') vi.spyOn(Date, 'now').mockReturnValue(3_000);
    await saveCheckpoint(key, checkpointAt(3));
  }
  const fresh = await train(await beginRun('fresh'), 0, 10);
  const kept = new Set(['copy', 'stays', 'listed', 'deleted', 'undone']);
  expect(await removeLeftRuns((document) => kept.has(document), 2_000)).toEqual([alone]);
  expect(await removeLeftCheckpoints((document) => kept.has(document), 2_000)).toEqual(['gone']);
  expect(await listSnapshots('gone')).toEqual([]);
  expect(iterationsOf(await listSnapshots('copy'))).toEqual([0, 10]);
  for (const run of [source, stays, fresh]) expect(await listSnapshotsOf(run)).toHaveLength(2);
  expect(await loadCheckpoint('gone')).toBeUndefined();
  expect(await loadCheckpoint('stays')).toBeDefined();
  expect(await loadCheckpoint('fresh')).toBeDefined();
});

test('a run that goes on from before is as long and as large as what is left of it', async () => {
  const run = await beginRun('shorter');
  for (const iteration of [0, 10]) await writeSnapshot(run, checkpointAt(iteration), {});
  const [before] = await listRuns('shorter');
  await writeSnapshot(run, checkpointAt(20), {});
  await continueRun('shorter', 10);
  const [after] = await listRuns('shorter');
  expect(after).toMatchObject({ iteration: 10, bytes: before?.bytes });
});
