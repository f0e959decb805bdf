import 'fake-indexeddb/auto';
import { expect, test, vi } from 'vitest';
import { startBackend } from '@/lib/engine/backend';
import { digestOf } from './checkpoint';
import { loadCheckpoint, replaceCheckpoints } from './checkpoint-store';
import { createTrainClient } from './client';
import type { RunReport } from './protocol';
import { beginRun, listSnapshots, openSnapshot, readFrames } from './run-store';
import { enginesOf, inProcess } from './testing/in-process';
import { loadExample, planOf, record } from './testing/train';

/** The real run with the real store of snapshots, in one thread. */
const iterations = 80;
const plan = planOf(loadExample('gan-lab', { iterations, batchSize: 4 }));

async function setUp(key: string) {
  const engine = await startBackend('wasm');
  const client = createTrainClient({ spawn: () => inProcess(enginesOf(engine)), assets: () => '' });
  const reports: RunReport[] = [];
  const listener = { message: (report: RunReport) => void reports.push(report), lost: () => {} };
  const trained = async (runId: string) => {
    const start = { type: 'start', runId, plan, backend: 'wasm', checkpointKey: key } as const;
    client.start({ ...start, resume: true, paused: false }, listener, 1e6);
    await vi.waitFor(
      () =>
        expect(reports).toContainEqual(expect.objectContaining({ runId, type: 'status', status: 'done' })),
      { timeout: 20_000 },
    );
    await client.stop();
    const kept = await loadCheckpoint(key);
    return kept && digestOf(kept.data);
  };
  return { engine, client, trained };
}

test('a run that goes on from a snapshot is the run that never stopped, and one without snapshots', async () => {
  const { engine, client, trained } = await setUp('branch');
  const digest = await trained('first');
  const { loop } = record(engine.tf, plan);
  await loop.play();
  expect(digestOf(await loop.game.readState())).toBe(digest);
  loop.dispose();

  const snapshots = await listSnapshots('branch');
  expect([snapshots[0]?.iteration, snapshots.at(-1)?.iteration]).toEqual([0, iterations]);
  expect(Object.keys((await readFrames(snapshots[0] ?? { run: '', iteration: 0 })) ?? {})).toEqual(
    plan.views.map(({ id }) => id),
  );
  for (const snapshot of [snapshots[0], snapshots.at(-2)].filter((each) => each !== undefined)) {
    const opened = await openSnapshot(snapshot);
    if (!opened.ok) throw new Error(opened.reason);
    await replaceCheckpoints('branch', opened.checkpoint);
    await beginRun('branch', snapshot);
    expect(await trained(`from ${snapshot.iteration}`)).toBe(digest);
  }
  client.close();
});

test('a run whose snapshots find no room trains to its end', async () => {
  const { client, trained } = await setUp('full');
  const put = IDBObjectStore.prototype.put;
  const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
    this: IDBObjectStore,
    ...args
  ) {
    const request = put.apply(this, args);
    // As browsers do where the storage is full.
    if (this.name === 'states') queueMicrotask(() => this.transaction.abort());
    return request;
  });
  const digest = await trained('first');
  full.mockRestore();
  expect(digest).toBeDefined();
  expect(await listSnapshots('full')).toEqual([]);
  client.close();
});
