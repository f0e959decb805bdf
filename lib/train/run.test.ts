import 'fake-indexeddb/auto';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { type Engine, startBackend } from '@/lib/engine/backend';
import { type Checkpoint, digestOf } from './checkpoint';
import { bringBackCheckpoint, copyCheckpoint, loadCheckpoint, saveCheckpoint } from './checkpoint-store';
import { createTrainClient } from './client';
import type { RunReport, StartMessage } from './protocol';
import { listSnapshots } from './run-store';
import { enginesOf, inProcess } from './testing/in-process';
import { loadExample, planOf, record, withParams } from './testing/train';

/** The real run, its real client and the real store of checkpoints, in one thread. */
let engine: Engine;
let given: Checkpoint;
const plan = planOf(loadExample('gan-lab', { iterations: 100_000, batchSize: 4 }));

/** A busy machine takes its time. */
const patience = { timeout: 20_000 };

beforeAll(async () => {
  engine = await startBackend('wasm');
  const { loop } = record(engine.tf, plan);
  for (let i = 0; i < 3; i++) await loop.step();
  given = await loop.checkpoint();
  loop.dispose();
});

function setUp(key: string) {
  const engines = enginesOf(engine);
  const client = createTrainClient({ spawn: () => inProcess(engines), assets: () => '' });
  const reports: RunReport[] = [];
  const listener = { message: (report: RunReport) => void reports.push(report), lost: () => {} };
  const start = (runId: string, how: Partial<StartMessage> = {}) =>
    client.start(
      { type: 'start', runId, plan, backend: 'wasm', checkpointKey: key, resume: true, paused: true, ...how },
      listener,
      1e6,
    );
  const find = <T extends RunReport['type']>(type: T, runId: string) =>
    reports.findLast(
      (report): report is Extract<RunReport, { type: T }> => report.type === type && report.runId === runId,
    );
  const until = <T extends RunReport['type']>(type: T, runId: string) =>
    vi.waitFor(() => {
      const report = find(type, runId);
      if (!report) throw new Error(`no ${type} of ${runId}`);
      return report;
    }, patience);
  /** A run that has trained for a while, at rest or not. */
  const train = async (runId: string, ending: 'at rest' | 'running') => {
    start(runId, { paused: false });
    await vi.waitFor(() => expect(find('progress', runId)?.iteration).toBeGreaterThan(20), patience);
    if (ending === 'running') return;
    client.send({ type: 'pause', runId });
    await vi.waitFor(() => expect(find('status', runId)?.status).toBe('paused'), patience);
  };
  return { client, engines, start, until, train, reports };
}

test.each(['at rest', 'running'] as const)(
  'weights that are written once a run %s has ended stay',
  async (how) => {
    for (let round = 0; round < 4; round++) {
      const key = `${how}-${round}`;
      const { client, start, until, train } = setUp(key);
      await train('first', how);
      await client.stop();
      await saveCheckpoint(key, given);
      start('second');
      expect((await until('compiled', 'second')).iteration).toBe(3);
      expect(digestOf((await loadCheckpoint(key))?.data ?? given.data)).toBe(digestOf(given.data));
      client.close();
    }
  },
);

test('the last checkpoint of a run is of where it ended', async () => {
  const { client, train, reports } = setUp('last');
  await train('first', 'running');
  await client.stop();
  const last = reports.findLast((report) => report.type === 'status');
  expect((await loadCheckpoint('last'))?.counters.iteration).toBe(last?.iteration);
  client.close();
});

test('each save is answered, where nothing is new too, and nothing is written then', async () => {
  const { client, train, reports } = setUp('answered');
  await train('first', 'running');
  expect(await client.save()).toMatch(/^(saved|nothing-new)$/);
  client.send({ type: 'pause', runId: 'first' });
  await vi.waitFor(() =>
    expect(reports.findLast(({ type }) => type === 'status')).toMatchObject({ status: 'paused' }),
  );
  await client.save();
  const before = await loadCheckpoint('answered');
  expect(await Promise.all([client.save(), client.save()])).toEqual(['nothing-new', 'nothing-new']);
  expect(await loadCheckpoint('answered')).toEqual(before);
  await client.stop();
  expect(await client.save()).toBeUndefined();
  client.close();
});

test('a run that begins anew writes no checkpoint before its first iteration', async () => {
  const { client, start, until } = setUp('fresh');
  start('first', { resume: false });
  await until('compiled', 'first');
  expect(await client.save()).toBe('nothing-new');
  await client.stop();
  expect(await loadCheckpoint('fresh')).toBeUndefined();
  client.close();
});

test.each(['at rest', 'running'] as const)('P7: a run %s reports that its device is lost', async (how) => {
  const { client, engines, train, until } = setUp(`lost-${how}`);
  await train('first', how);
  engines.lose('the WebGPU device was lost: reset');
  expect(await until('failed', 'first')).toMatchObject({
    diagnostic: {
      code: 'device-lost',
      message: expect.stringContaining('the WebGPU device was lost: reset'),
    },
  });
  client.close();
});

describe('P14: a kept run whose graph was edited goes on', () => {
  const graph = loadExample('gan-lab', { iterations: 100_000, batchSize: 4 });
  const renamed = JSON.parse(JSON.stringify(graph).replaceAll('-dense-', '-other-')) as typeof graph;
  const array = (checkpoint: Checkpoint | undefined, name: string) => [
    ...(checkpoint?.data.arrays.get(name)?.values ?? []),
  ];

  /** Begins with another graph than the one that is kept, and saves what it has. */
  async function goOnWith(key: string, edited: typeof graph) {
    await saveCheckpoint(key, given);
    const { client, start, until } = setUp(key);
    start('edited', { plan: planOf(edited) });
    const compiled = await until('compiled', 'edited');
    await client.save();
    await client.stop();
    client.close();
    return { compiled, kept: await loadCheckpoint(key) };
  }

  test('with what fits, and says what does not', async () => {
    const edited = withParams(graph, { 'g-dense-2': { units: 5 } });
    const { compiled, kept } = await goOnWith('fits', edited);
    expect(compiled).toMatchObject({
      iteration: 3,
      change: { type: 'fitted', anew: ['g-dense-2', 'g-dense-3'], gone: [] },
    });
    expect(kept?.counters).toEqual(given.counters);
    expect(array(kept, 'weights/g-dense-1.kernel')).toEqual(array(given, 'weights/g-dense-1.kernel'));
    expect(array(kept, 'weights/g-dense-2.kernel')).toHaveLength(40);
  });

  test('with all of it, where only the batch differs, and says nothing', async () => {
    const edited = { ...graph, settings: { ...graph.settings, batchSize: 8 } };
    const { compiled, kept } = await goOnWith('batch', edited);
    expect(compiled).toMatchObject({ iteration: 3, change: { anew: [], gone: [] } });
    expect(digestOf(kept?.data ?? given.data)).toBe(digestOf(given.data));
  });

  test.each([
    ['another seed', { ...graph, settings: { ...graph.settings, seed: 9 } }, { seed: 1 }],
    ['other layers', renamed, {}],
  ])('not at all with %s: it is set aside, and can be brought back', async (key, edited, more) => {
    const { compiled, kept } = await goOnWith(key, edited);
    const { fingerprint, counters } = given;
    expect(compiled.iteration).toBe(0);
    expect(compiled.change).toEqual({
      type: 'replaced',
      iteration: counters.iteration,
      fingerprint,
      ...more,
    });
    expect(kept).toBeUndefined();
    expect(await bringBackCheckpoint(key)).toBe(3);
    expect(await loadCheckpoint(key)).toEqual(given);
  });

  test('with a player that has begun anew, and without layers that are gone', async () => {
    const { compiled } = await goOnWith('player', {
      ...(JSON.parse(
        JSON.stringify(graph).replaceAll('g-dense-2', 'g-other').replaceAll('sgd-d', 'mine'),
      ) as typeof graph),
    });
    expect(compiled.change).toEqual({ type: 'fitted', anew: ['g-other', 'mine'], gone: ['g-dense-2'] });
  });
});

type Page = ReturnType<typeof setUp>;

/** One iteration to `iteration`, and what is said when it was written. */
async function saveAt({ client, reports }: Page, iteration: number) {
  client.send({ type: 'step', runId: 'run' });
  await vi.waitFor(
    () =>
      expect(reports.findLast(({ type }) => type === 'status')).toMatchObject({
        status: 'paused',
        iteration,
      }),
    patience,
  );
  await client.save();
  return reports.findLast((report) => report.type === 'saved');
}

test('P15: two pages train one document: the last that took it goes on with it, the other is kept apart', async () => {
  const [before, taker] = [setUp('shared'), setUp('shared')];
  await saveCheckpoint('shared', given);
  for (const [i, page] of [before, taker].entries()) {
    page.start('run', { page: `page-${i}` });
    await page.until('compiled', 'run');
  }
  expect(await saveAt(taker, 4)).toEqual({ type: 'saved', runId: 'run', iteration: 4 });
  expect(await saveAt(before, 4)).toMatchObject({ iteration: 4, isApart: true });
  expect(await saveAt(taker, 5)).toEqual({ type: 'saved', runId: 'run', iteration: 5 });
  expect((await loadCheckpoint('shared'))?.counters.iteration).toBe(5);
  await before.client.stop();
  await copyCheckpoint('shared', 'copy', 'page-0');
  expect((await loadCheckpoint('copy'))?.counters.iteration).toBe(4);
  for (const { client } of [taker, before]) client.close();
});

test('P15: a page that only rests on a run takes it from nobody, and is kept apart where it trains on', async () => {
  const [trainer, looker] = [setUp('looked at'), setUp('looked at')];
  await saveCheckpoint('looked at', given);
  trainer.start('run', { page: 'trainer' });
  expect(await saveAt(trainer, 4)).toEqual({ type: 'saved', runId: 'run', iteration: 4 });
  looker.start('run', { page: 'looker' });
  expect((await looker.until('compiled', 'run')).iteration).toBe(4);
  await looker.until('pictures', 'run');
  expect(await saveAt(trainer, 5)).toEqual({ type: 'saved', runId: 'run', iteration: 5 });
  const iterations = async () => (await listSnapshots('looked at')).map(({ iteration }) => iteration);
  const kept = await iterations();
  expect(kept.at(-1)).toBe(5);
  expect(await saveAt(looker, 5)).toMatchObject({ iteration: 5, isApart: true });
  expect(await iterations()).toEqual(kept);
  expect(await saveAt(trainer, 6)).toEqual({ type: 'saved', runId: 'run', iteration: 6 });
  for (const { client } of [trainer, looker]) client.close();
});

test('P15: a run on which both pages rest is taken by the first that trains on', async () => {
  const [first, second] = [setUp('both rest'), setUp('both rest')];
  await saveCheckpoint('both rest', given);
  first.start('run', { page: 'first' });
  await saveAt(first, 4);
  second.start('run', { page: 'second' });
  await second.until('pictures', 'run');
  expect(await saveAt(second, 5)).toEqual({ type: 'saved', runId: 'run', iteration: 5 });
  expect(await saveAt(first, 5)).toMatchObject({ iteration: 5, isApart: true });
  for (const { client } of [first, second]) client.close();
});

/** How many fakes each picture of the samples showed. */
const pointsOf = (reports: readonly RunReport[]): number[] =>
  reports.flatMap((report) => {
    const picture = report.type === 'pictures' ? report.pictures.samples : undefined;
    return picture?.type === 'points' ? [(picture.fake?.length ?? 0) / 2] : [];
  });

test('P13: another view is looked at without a new game, and training does not notice', async () => {
  const graph = loadExample('gan-lab', { iterations: 60, batchSize: 4 });
  const before = planOf(graph);
  const after = planOf(withParams(graph, { samples: { count: 7 } }));
  const digests = [];
  for (const key of ['looked', 'not-looked']) {
    const { client, start, until, reports } = setUp(key);
    start('first', { plan: before });
    await until('pictures', 'first');
    if (key === 'looked') {
      client.send({ type: 'watch', runId: 'first', plan: after });
      await vi.waitFor(() => expect(pointsOf(reports)).toContain(7), patience);
    }
    client.send({ type: 'play', runId: 'first' });
    await vi.waitFor(
      () => expect(reports.findLast(({ type }) => type === 'status')).toMatchObject({ status: 'done' }),
      patience,
    );
    await client.stop();
    expect(reports.filter(({ type }) => type === 'compiled')).toHaveLength(1);
    if (key === 'looked') expect(pointsOf(reports).at(-1)).toBe(7);
    digests.push(digestOf((await loadCheckpoint(key))?.data ?? given.data));
    client.close();
  }
  expect(digests[0]).toBe(digests[1]);
});
