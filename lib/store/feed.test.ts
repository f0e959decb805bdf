import { expect, test } from 'vitest';
import { createFeed } from './feed';

const runId = 'run-1';
function trained() {
  const feed = createFeed();
  for (const iteration of [10, 20, 30])
    feed.receive({ type: 'scores', runId, iteration, values: { judge: iteration / 100 } });
  feed.receive({ type: 'tints', runId, iteration: 30, figure: 'gradient', layers: { dense: 1 } });
  feed.receive({ type: 'xrays', runId, iteration: 30, xrays: [] });
  feed.receive({ type: 'phases', runId, iteration: 30, phases: [] });
  return feed;
}

test('a score is that of the iteration that is looked at, and the newest without one', () => {
  const feed = trained();
  expect(feed.reading('scores', 'judge')).toBe(0.3);
  feed.lookAt({ iteration: 25, frames: {} });
  expect(feed.reading('scores', 'judge')).toBe(0.2);
  feed.receive({ type: 'scores', runId, iteration: 40, values: { judge: 0.9 } });
  expect(feed.reading('scores', 'judge')).toBe(0.2);
  feed.lookAt({ iteration: 5, frames: {} });
  expect(feed.reading('scores', 'judge')).toBeUndefined();
  feed.lookAt(undefined);
  expect(feed.reading('scores', 'judge')).toBe(0.9);
});

test('X-rays and colours are those of the past that is looked at, or none; phases have no past', () => {
  const feed = trained();
  const live = () => [feed.tints(), feed.xrays(), feed.phases()].map((each) => each?.iteration);
  expect(live()).toEqual([30, 30, 30]);
  feed.lookAt({ iteration: 20, frames: {} });
  expect(live()).toEqual([undefined, undefined, undefined]);
  const tints = { iteration: 18, figure: 'gradient', layers: { dense: 2 } } as const;
  feed.lookAt({ iteration: 20, frames: {}, xrays: { iteration: 18, xrays: [] }, tints });
  feed.receive({ type: 'tints', runId, ...tints, iteration: 40 });
  expect(live()).toEqual([18, 18, undefined]);
  feed.lookAt({ iteration: 20, frames: {} });
  feed.receive({ type: 'tints', runId, ...tints, iteration: 30 });
  feed.lookAt(undefined);
  expect(live()).toEqual([30, 30, 30]);
});

test('scores are kept with a run, and cut where it goes back', () => {
  const other = createFeed();
  other.restore(trained().results());
  expect(other.reading('scores', 'judge')).toBe(0.3);
  other.truncate(15);
  expect(other.reading('scores', 'judge')).toBe(0.1);
});
