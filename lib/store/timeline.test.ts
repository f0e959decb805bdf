import { expect, test } from 'vitest';
import type { Picture } from '@/lib/draw/picture';
import type { SnapshotEntry } from '@/lib/train/run-store';
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

function setUp(changes: Partial<SnapshotSource> = {}) {
  const feed = createFeed();
  const shown: (Picture | undefined)[] = [];
  feed.subscribePicture('view', (next) => shown.push(next));
  const timeline = createTimeline(feed, {
    present: async () => undefined,
    list: async () => [entry(0), entry(10), entry(20)],
    frames: async ({ iteration }) => ({ view: picture(`at ${iteration}`) }),
    open: async () => ({ ok: false, reason: 'none' }),
    branch: async () => {},
    ...changes,
  });
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
