import { expect, test } from 'vitest';
import type { Picture } from '@/lib/draw/picture';
import type { LookedBack } from '@/lib/train/look-back';
import type { Origin, SnapshotEntry } from '@/lib/train/run-store';
import { createFeed } from './feed';
import { createTimeline, type SnapshotSource, snapshotAt, snapshotBefore } from './timeline';

const picture = (message: string): Picture => ({ type: 'empty', message });
const entry = (iteration: number, damage?: string): SnapshotEntry => ({
  run: 'run',
  iteration,
  bytes: 1,
  savedAt: 0,
  ...(damage && { damage }),
});

function setUp(changes: Partial<SnapshotSource> = {}, lookBack?: (at: Origin) => Promise<LookedBack>) {
  const feed = createFeed();
  const shown: (Picture | undefined)[] = [];
  feed.subscribePicture('view', (next) => shown.push(next));
  const source = {
    present: async () => undefined,
    list: async () => [entry(0), entry(10), entry(20)],
    frames: async ({ iteration }: Origin) => ({ view: picture(`at ${iteration}`) }),
    open: async () => ({ ok: false, reason: 'none' }) as const,
    branch: async () => {},
    ...changes,
  };
  const timeline = createTimeline(feed, source, lookBack);
  const message = () => {
    const last = shown.at(-1);
    return last?.type === 'empty' ? last.message : undefined;
  };
  feed.receive({
    type: 'progress',
    runId: 'run-1',
    iteration: 20,
    iterationsPerSecond: 1,
    losses: { adam: { iterations: Float64Array.of(0, 10, 20), values: Float64Array.of(3, 2, 1) } },
    tensors: 0,
    bytes: 0,
  });
  const draw = (text: string) =>
    feed.receive({ type: 'pictures', runId: 'run-1', iteration: 20, pictures: { view: picture(text) } });
  draw('newest');
  return { feed, timeline, message, draw };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

test('the cursor leads views and readings to a past iteration, and back', async () => {
  const { feed, timeline, message, draw } = setUp();
  await timeline.open('doc');
  expect([message(), feed.reading('losses', 'adam')]).toEqual(['newest', 1]);
  timeline.moveTo(15);
  await settled();
  expect([message(), feed.reading('losses', 'adam'), feed.lookedAt()]).toEqual(['at 10', 2, 15]);
  // What comes in meanwhile is kept, and not shown.
  draw('newer');
  expect(message()).toBe('at 10');
  timeline.moveTo(undefined);
  expect([message(), feed.reading('losses', 'adam'), feed.lookedAt()]).toEqual(['newer', 1, undefined]);
});

test('frames that arrive late do not replace those of a later move', async () => {
  const waiting: (() => void)[] = [];
  const { timeline, message } = setUp({
    frames: ({ iteration }) =>
      new Promise((resolve) => waiting.push(() => resolve({ view: picture(`at ${iteration}`) }))),
  });
  await timeline.open('doc');
  timeline.moveTo(10);
  timeline.moveTo(20);
  for (const answer of waiting.reverse()) answer();
  await settled();
  expect(message()).toBe('at 20');
});

/** Looks that are answered when a test says so. */
function looks() {
  const asked: { iteration: number; answer: (found?: LookedBack) => void }[] = [];
  const lookBack = ({ iteration }: Origin) =>
    new Promise<LookedBack>((resolve) =>
      asked.push({
        iteration,
        answer: (found = { xrays: { iteration, xrays: [] } }) => resolve(found),
      }),
    );
  return { asked, lookBack };
}

test('X-rays are those of the snapshot that is shown, one look at a time', async () => {
  const { asked, lookBack } = looks();
  const { feed, timeline } = setUp({}, lookBack);
  await timeline.open('doc');
  for (const iteration of [5, 12, 15, 20]) {
    timeline.moveTo(iteration);
    await settled();
  }
  // Where the cursor was meanwhile nobody looks any more.
  expect(asked.map(({ iteration }) => iteration)).toEqual([0]);
  asked[0]?.answer();
  await settled();
  expect(asked.map(({ iteration }) => iteration)).toEqual([0, 20]);
  expect(feed.xrays()).toBeUndefined();
  asked[1]?.answer();
  await settled();
  expect(feed.xrays()?.iteration).toBe(20);
  timeline.lookAgain();
  await settled();
  expect(asked).toHaveLength(3);
  timeline.moveTo(undefined);
  asked[2]?.answer();
  await settled();
  expect(feed.xrays()).toBeUndefined();
  timeline.lookAgain();
  await settled();
  expect(asked).toHaveLength(3);
});

test('a snapshot that turns out to be damaged makes room for the one before', async () => {
  const list = [entry(0), entry(10)];
  const { feed, timeline, message } = setUp({ list: async () => [...list] }, async ({ iteration }) => {
    if (iteration === 0) return { xrays: { iteration, xrays: [] } };
    list[1] = entry(10, 'cut off');
    return { xrays: { iteration, xrays: [], problem: 'It is cut off.' } };
  });
  await timeline.open('doc');
  timeline.moveTo(15);
  await settled();
  await settled();
  expect([feed.xrays(), message()]).toEqual([{ iteration: 0, xrays: [] }, 'at 0']);
});

test('of a snapshot that cannot be computed anew it is said why, once', async () => {
  let count = 0;
  const { feed, timeline } = setUp({}, async ({ iteration }) => {
    count++;
    return { xrays: { iteration, xrays: [], problem: 'The graph has been edited since.' } };
  });
  await timeline.open('doc');
  timeline.moveTo(15);
  await settled();
  await settled();
  expect([count, feed.xrays()?.problem]).toEqual([1, 'The graph has been edited since.']);
});

test('a damaged snapshot is left out, with a word', async () => {
  const list = [entry(0), entry(10)];
  const { timeline } = setUp({
    list: async () => list,
    open: async () => {
      list[1] = entry(10, 'cut off');
      return { ok: false, reason: 'It is cut off.' };
    },
  });
  await timeline.open('doc');
  expect(await timeline.read(entry(10))).toBeUndefined();
  const { snapshots, problem } = timeline.getState();
  expect(problem).toBe('The snapshot of iteration 10 is left out. It is cut off.');
  expect(snapshotAt(snapshots, 15)?.iteration).toBe(0);
});

test('a snapshot that cannot be kept is said, until one is', async () => {
  const { timeline } = setUp();
  timeline.receive({ type: 'no-snapshot', runId: 'run-1', message: 'QuotaExceededError' });
  expect(timeline.getState().problem).toMatch(/QuotaExceededError.*Training goes on/);
  timeline.receive({ type: 'snapshot', runId: 'run-1', iteration: 30 });
  expect(timeline.getState().problem).toBeUndefined();
});

test('a run goes on from before the first of the checks that a failure was found by', () => {
  const list = [entry(0), entry(10), entry(20), entry(30)];
  expect(snapshotBefore(list, { since: 20, iteration: 35 })?.iteration).toBe(10);
  expect(snapshotBefore(list, { iteration: 35 })?.iteration).toBe(30);
  expect(snapshotBefore(list, { since: 0, iteration: 35 })).toBeUndefined();
});

test('a failure that a run went back from stays listed until it is found again', () => {
  const feed = createFeed();
  const failure = { detector: 'dead-units', node: 'a', message: '', iteration: 50 } as const;
  const find = (iteration: number) =>
    feed.receive({
      type: 'health',
      runId: 'run-1',
      health: { iteration, figures: {} },
      failures: [{ ...failure, iteration }],
    });
  find(50);
  feed.truncate(40);
  expect(feed.failures()).toEqual([]);
  feed.restore({ ...feed.results(), failures: [{ ...failure, wentBackTo: 40 }] });
  feed.truncate(40);
  expect(feed.failures()).toHaveLength(1);
  find(60);
  expect(feed.failures()).toEqual([{ ...failure, iteration: 60 }]);
});
