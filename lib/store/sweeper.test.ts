import 'fake-indexeddb/auto';
import { expect, test, vi } from 'vitest';
import type { Listener, TrainClient } from '@/lib/train/client';
import type { RunReport, StartMessage } from '@/lib/train/protocol';
import { loadExample } from '@/lib/train/testing/train';
import { createSweeper } from './sweeper';
import { createSweeps, type Sweep } from './sweeps';

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

/** A worker that makes each run at once, but for seeds that fail or never end. */
function setUp({ fails = [] as number[], hangs = [] as number[] } = {}) {
  const trained: number[] = [];
  const client: Pick<TrainClient, 'start' | 'stop' | 'end' | 'measure'> = {
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
