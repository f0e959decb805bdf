import 'fake-indexeddb/auto';
import { expect, test, vi } from 'vitest';
import type { Picture } from '@/lib/draw/picture';
import { createFeed } from './feed';
import { createKeptResults } from './kept-results';

const points = (count: number): Picture => ({
  type: 'points',
  fake: Float32Array.from({ length: 2 * count }, (_, i) => i),
  bounds: [
    [0, 1],
    [0, 1],
  ],
});

function trained(iterations = 5_000) {
  const feed = createFeed();
  const range = Float64Array.from({ length: iterations }, (_, i) => i);
  feed.receive({
    type: 'progress',
    runId: 'run-1',
    iteration: iterations,
    iterationsPerSecond: 100,
    losses: { 'adam-g': { iterations: range, values: range.map(Math.sqrt) } },
    tensors: 1,
    bytes: 1,
  });
  feed.receive({ type: 'metrics', runId: 'run-1', iteration: 500, values: { modes: { modes: 8 } } });
  feed.receive({ type: 'pictures', runId: 'run-1', iteration: 500, pictures: { samples: points(10) } });
  return feed;
}

test('another page shows what this one has shown', async () => {
  const feed = trained();
  await createKeptResults('page').save('ring', feed.results());
  const other = createFeed();
  const seen = vi.fn();
  const drawn = vi.fn();
  other.subscribePicture('samples', seen);
  other.subscribe(drawn);
  const results = await createKeptResults('page').load('ring');
  if (results) other.restore(results);
  expect(other.losses.curve('adam-g')).toEqual(feed.losses.curve('adam-g'));
  expect(other.losses.last('adam-g')).toBe(Math.sqrt(4_999));
  expect(other.metrics.last('modes.modes')).toBe(8);
  expect(seen).toHaveBeenLastCalledWith(points(10));
  expect(drawn).toHaveBeenCalled();
});

test('what is restored goes on as if nothing had happened', () => {
  const whole = trained(9_000);
  const first = trained(5_000);
  const second = createFeed();
  second.restore(first.results());
  const rest = Float64Array.from({ length: 4_000 }, (_, i) => 5_000 + i);
  second.losses.append('adam-g', rest, rest.map(Math.sqrt));
  expect(second.losses.curve('adam-g')).toEqual(whole.losses.curve('adam-g'));
});

test('restored results take the place of all that was shown', () => {
  const feed = trained();
  feed.receive({ type: 'pictures', runId: 'run-1', iteration: 500, pictures: { surface: points(3) } });
  feed.restore(createFeed().results());
  expect(feed.picture('surface')).toBeUndefined();
  expect(feed.losses.names()).toEqual([]);
});

test('results are a copy: what comes later is not in them', () => {
  const feed = trained(10);
  const results = feed.results();
  feed.losses.append('adam-g', [3], [1e9]);
  const other = createFeed();
  other.restore(results);
  expect(other.losses.curve('adam-g').values[3]).toBeCloseTo(Math.sqrt(3));
});

test('pictures beyond the bound are left out, the largest first', async () => {
  const feed = trained();
  feed.receive({ type: 'pictures', runId: 'run-1', iteration: 500, pictures: { large: points(1_000) } });
  await createKeptResults('bound', 4_000).save('ring', feed.results());
  const results = await createKeptResults('bound').load('ring');
  expect([...(results?.pictures.keys() ?? [])]).toEqual(['samples']);
});

test('nothing kept, or nothing that can be kept, is no error', async () => {
  expect(await createKeptResults('none').load('ring')).toBeUndefined();
  vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(() => {
    throw new DOMException('no', 'SecurityError');
  });
  const forbidden = createKeptResults('forbidden');
  await forbidden.save('ring', trained().results());
  expect(await forbidden.load('ring')).toBeUndefined();
});
