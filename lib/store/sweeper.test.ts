import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { expect, test, vi } from 'vitest';
import { type Checkpoint, encodeCheckpoint } from '@/lib/train/checkpoint';
import type { Listener, TrainClient } from '@/lib/train/client';
import type { RunReport, StartMessage } from '@/lib/train/protocol';
import { listRuns, listSnapshotsOf } from '@/lib/train/run-list';
import { openSnapshot, readFrames } from '@/lib/train/run-store';
import { loadExample } from '@/lib/train/testing/train';
import { keepResult } from './keep-result';
import { createRunRecords } from './run-records';
import { MOST_STATE_BYTES } from './sweep-words';
import { createSweeper } from './sweeper';
import { createSweeps, type ShownResult, type Sweep } from './sweeps';

const graph = loadExample('gan-lab', { iterations: 10 });
const sweep = (document: string, more: Partial<Sweep> = {}): Sweep => ({
  id: `sweep of ${document}`,
  document,
  startedAt: 1_000,
  graph,
  axes: [{ path: 'settings.seed', values: [1, 2, 3, 2] }],
  order: 'given',
  ...more,
});

const stateOf = (seed: number): Checkpoint => ({
  fingerprint: 'abc',
  seed,
  counters: { iteration: 10, updates: 20 },
  edits: [],
  data: { arrays: new Map([['weights/a', { shape: [1], values: Float32Array.of(seed) }]]), steps: {} },
});

/** A worker that makes each run at once, but for seeds that fail or never end. */
function setUp({
  fails = [] as number[],
  hangs = [] as number[],
  state = (seed: number) => encodeCheckpoint(stateOf(seed)),
} = {}) {
  const trained: number[] = [];
  const client: Pick<TrainClient, 'start' | 'stop' | 'end' | 'measure' | 'ask'> = {
    start({ runId, plan: { settings } }: StartMessage, { message }: Listener) {
      const { seed } = settings;
      trained.push(seed);
      const say = (fields: object) => message({ runId, ...fields } as RunReport);
      const losses = { 'sgd-g': { iterations: Float64Array.of(0, 1), values: Float64Array.of(seed, seed) } };
      say({ type: 'progress', iteration: 2, iterationsPerSecond: 1, losses, tensors: 0, bytes: 0 });
      if (hangs.includes(seed)) return;
      say({ type: 'metrics', iteration: 10, values: { quality: { modes: 2 * seed } } });
      if (fails.includes(seed))
        return say({ type: 'failed', iteration: 5, diagnostic: { message: 'It was lost.' } });
      say({ type: 'pictures', iteration: 10, pictures: { samples: { type: 'empty', message: `${seed}` } } });
      say({ type: 'status', status: 'done', iteration: 10 });
    },
    stop: async () => {},
    end: () => {},
    measure: async () => 60,
    ask: async () => ({ ok: true, answer: state(trained.at(-1) ?? 0) }),
  };
  const sweeper = createSweeper({ client, sweeps: createSweeps('sweeper'), backend: () => 'wasm' });
  return { sweeper, trained, results: () => [...sweeper.getState().results.values()] };
}

test('every combination is trained once, and kept with what it has shown', async () => {
  const { sweeper, trained, results } = setUp();
  await sweeper.open('all');
  await sweeper.begin(sweep('all'));
  expect(trained).toEqual([1, 2, 3]);
  expect(results()).toMatchObject([
    { status: 'done', values: { 'settings.seed': 1 }, iteration: 10, metrics: { 'quality.modes': 2 } },
    { losses: { 'sgd-g': 2 } },
    { pictures: { samples: { message: '3' } } },
  ]);
  const again = setUp();
  await again.sweeper.open('all');
  expect(again.sweeper.getState().results).toEqual(sweeper.getState().results);
});

test('a page that is closed loses no run and repeats none; failed ones are made anew', async () => {
  const first = setUp({ fails: [1], hangs: [3] });
  await first.sweeper.open('closed');
  void first.sweeper.begin(sweep('closed'));
  await vi.waitFor(() => expect(first.trained).toEqual([1, 2, 3]));
  expect(first.results().map(({ status }) => status)).toEqual(['failed', 'done']);
  const second = setUp();
  await second.sweeper.open('closed');
  await second.sweeper.go();
  expect(second.trained).toEqual([1, 3]);
  expect(second.results().every(({ status }) => status === 'done')).toBe(true);
  await second.sweeper.go();
  expect(second.trained).toHaveLength(2);
});

test('a sweep that is stopped makes the run under way another time, and one that is deleted is gone', async () => {
  const { sweeper, trained } = setUp({ hangs: [2] });
  await sweeper.open('stopped');
  const begun = sweeper.begin(sweep('stopped', { order: 'random' }));
  await vi.waitFor(() => expect(trained).toContain(2));
  await sweeper.stop();
  await begun;
  expect(sweeper.getState()).toMatchObject({ isRunning: false, current: undefined });
  const before = trained.length;
  void sweeper.go();
  await vi.waitFor(() => expect(trained[before]).toBe(2));
  await sweeper.remove();
  expect(sweeper.getState().sweep).toBeUndefined();
  const after = setUp();
  await after.sweeper.open('stopped');
  expect(after.sweeper.getState().sweep).toBeUndefined();
});

test('a sweep of a document that is no longer kept goes with its results', async () => {
  const { sweeper } = setUp();
  for (const document of ['left', 'kept']) {
    await sweeper.open(document);
    await sweeper.begin(sweep(document));
  }
  const sweeps = createSweeps('sweeper');
  await sweeps.removeLeft((document) => document === 'kept', 500);
  expect((await sweeps.load('left'))?.results).toHaveLength(3);
  await sweeps.removeLeft((document) => document === 'kept', 2_000);
  expect(await sweeps.load('left')).toBeUndefined();
  expect((await sweeps.load('kept'))?.results).toHaveLength(3);
});

test('how long runs take is timed with the first of them', async () => {
  const { sweeper } = setUp();
  await sweeper.open('timed');
  await sweeper.begin(sweep('timed'));
  const { runs } = sweeper.getState();
  expect((await sweeper.expect(runs))?.said).toBe(
    '3 runs of 30 iterations in all would take about 1 min here.',
  );
  expect(await sweeper.expect([])).toBeUndefined();
});

const records = createRunRecords('sweeper-records');
const keep = (sweeper: ReturnType<typeof setUp>['sweeper'], at: number) => {
  const { sweep: of, runs, results } = sweeper.getState();
  const run = runs[at];
  const result = results.get(run?.id ?? '');
  if (!of || !run || !result) throw new Error('no such result');
  const kept = { sweep: of, run, result, name: `Seed ${run.graph.settings.seed}` };
  return keepResult(kept, createSweeps('sweeper'), records);
};

test('a result becomes a run of its document, which goes on from its end, once', async () => {
  const { sweeper } = setUp();
  await sweeper.open('opened');
  await sweeper.begin(sweep('opened'));
  const id = await keep(sweeper, 1);
  await records.say(id, { name: 'The best' });
  expect(await keep(sweeper, 1)).toBe(id);
  expect(await records.words(id)).toEqual({ name: 'The best' });
  expect(await listRuns('opened')).toMatchObject([{ id, iteration: 10, snapshots: 1, isPresent: false }]);
  const [snapshot] = await listSnapshotsOf(id);
  const opened = snapshot && (await openSnapshot(snapshot));
  expect(opened).toMatchObject({ ok: true, checkpoint: { seed: 2, counters: { iteration: 10 } } });
  expect(snapshot && (await readFrames(snapshot))).toEqual({ samples: { type: 'empty', message: '2' } });
  const record = await records.load(id);
  expect(record?.graph.settings.seed).toBe(2);
  expect(record?.results.metrics.latest).toEqual([['quality.modes', 4]]);
});

test('a sweep that an older page has kept is shown, and its results become runs without a snapshot', async () => {
  const old = await openDB('sweeps of before', 1, {
    upgrade(db) {
      for (const store of ['sweeps', 'results']) db.createObjectStore(store);
    },
  });
  const kept = sweep('before');
  const result = { id: 'one', status: 'done', values: { 'settings.seed': 1 }, iteration: 10 } as const;
  await old.put('sweeps', kept, 'before');
  await old.put('results', result, [kept.id, 'one']);
  old.close();
  const sweeps = createSweeps('sweeps of before');
  expect(await sweeps.load('before')).toEqual({ sweep: kept, results: [result] });
  const run = { id: 'one', values: result.values, graph };
  const id = await keepResult({ sweep: kept, run, result, name: 'Seed 1' }, sweeps, records);
  expect(await listRuns('before')).toMatchObject([{ id, snapshots: 0 }]);
});

test('beyond the limit weights are not kept; such a result is a run without a snapshot', async () => {
  const large = new Uint8Array(MOST_STATE_BYTES / 2 + 1);
  const { sweeper, results } = setUp({ state: () => large });
  await sweeper.open('large');
  await sweeper.begin(sweep('large', { axes: [{ path: 'settings.seed', values: [1, 2] }] }));
  const sizes = results().map(({ stateBytes }: ShownResult) => stateBytes);
  expect(sizes).toEqual([large.byteLength, undefined]);
  const id = await keep(sweeper, 1);
  expect(await listRuns('large')).toMatchObject([{ id, iteration: 10, snapshots: 0 }]);
});
