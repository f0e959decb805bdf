import 'fake-indexeddb/auto';
import { expect, test, vi } from 'vitest';
import { startBackend } from '@/lib/engine/backend';
import { digestOf } from './checkpoint';
import { loadCheckpoint, replaceCheckpoints } from './checkpoint-store';
import { createTrainClient } from './client';
import type { RunReport } from './protocol';
import { beginRun, bringBackRun, listSnapshots, openSnapshot, readFrames } from './run-store';
import { enginesOf, inProcess } from './testing/in-process';
import { loadExample, planOf, record, withParams } from './testing/train';

/** The real run with the real store of snapshots, in one thread. */
const iterations = 80;
const planTo = (target: number) => planOf(loadExample('gan-lab', { iterations: target, batchSize: 4 }));
const plan = planTo(iterations);

async function setUp(key: string) {
  const engine = await startBackend('wasm');
  const client = createTrainClient({ spawn: () => inProcess(enginesOf(engine)), assets: () => '' });
  const reports: RunReport[] = [];
  const listener = { message: (report: RunReport) => void reports.push(report), lost: () => {} };
  const trained = async (runId: string, to = plan, resume = true) => {
    const start = { type: 'start', runId, plan: to, backend: 'wasm', checkpointKey: key } as const;
    client.start({ ...start, resume, paused: false }, listener, 1e6);
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
  // At rest half way: a snapshot there, however fast the machine is.
  await trained('half', planTo(iterations / 2));
  const digest = await trained('whole');
  const { loop } = record(engine.tf, plan);
  await loop.play();
  expect(digestOf(await loop.game.readState())).toBe(digest);
  loop.dispose();

  const snapshots = await listSnapshots('branch');
  const kept = snapshots.map(({ iteration }) => iteration);
  expect([0, iterations / 2, iterations].every((each) => kept.includes(each))).toBe(true);
  expect(Object.keys((await readFrames(snapshots[0] ?? { run: '', iteration: 0 })) ?? {})).toEqual(
    plan.views.map(({ id }) => id),
  );
  for (const snapshot of snapshots.filter(({ iteration }) => [0, iterations / 2].includes(iteration))) {
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

test('a run from the seed is not mixed with the one before, though its beginning could not be kept at once', async () => {
  const { client, trained } = await setUp('late');
  await trained('first', planTo(20));
  const before = await listSnapshots('late');
  const put = IDBObjectStore.prototype.put;
  // Once more than a task is tried.
  let left = 2;
  const failing = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
    this: IDBObjectStore,
    ...args
  ) {
    const request = put.apply(this, args);
    if (this.name === 'heads' && left-- > 0) queueMicrotask(() => this.transaction.abort());
    return request;
  });
  await trained('second', planTo(10), false);
  failing.mockRestore();
  const after = await listSnapshots('late');
  expect(after.at(-1)?.iteration).toBe(10);
  expect(after.every(({ run }) => run !== before[0]?.run)).toBe(true);
  await bringBackRun('late', 5);
  expect(await listSnapshots('late')).toEqual(before);
  client.close();
});

test('a run that fails keeps no snapshot beyond where it falls back to', async () => {
  const { client } = await setUp('fails');
  const wild = withParams(loadExample('gan-lab', { iterations: 500, batchSize: 4 }), {
    'sgd-d': { learningRate: 2, momentum: 0.9, steps: 1 },
    'sgd-g': { learningRate: 2, momentum: 0.9 },
    loss: { scores: 'logits' },
  });
  const linear = {
    ...wild,
    nodes: wild.nodes.map((node) =>
      ['sigmoid', 'tanh', 'relu'].includes(node.kind) ? { ...node, state: 'bypassed' as const } : node,
    ),
  };
  const reports: RunReport[] = [];
  const start = { type: 'start', runId: 'wild', backend: 'wasm', checkpointKey: 'fails' } as const;
  client.start(
    { ...start, plan: planOf(linear), resume: false, paused: true },
    { message: (report) => void reports.push(report), lost: () => {} },
    1e6,
  );
  // Where it rests there is a snapshot, however fast it fails.
  client.send({ type: 'step', runId: 'wild' });
  const reported = (type: RunReport['type'], iteration: unknown) =>
    vi.waitFor(() => expect(reports).toContainEqual(expect.objectContaining({ type, iteration })), {
      timeout: 20_000,
    });
  await reported('snapshot', 1);
  client.send({ type: 'play', runId: 'wild' });
  await reported('failed', expect.any(Number));
  await client.stop();
  expect((await loadCheckpoint('fails'))?.counters.iteration ?? 0).toBe(0);
  expect((await listSnapshots('fails')).map(({ iteration }) => iteration)).toEqual([0]);
  expect(reports.at(-1)).toMatchObject({ type: 'snapshot', iteration: 0 });
  client.close();
});
