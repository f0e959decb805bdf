import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { loadExample } from '@/lib/train/testing/train';
import { createFeed } from './feed';
import { createRunRecords } from './run-records';

const graph = loadExample('ring', { seed: 4 });

test('a run is remembered with its graph, curves and marks, its newest readings and what people say of it', async () => {
  const feed = createFeed();
  feed.receive({ type: 'metrics', runId: 'run-1', iteration: 500, values: { quality: { modes: 8 } } });
  feed.receive({
    type: 'pictures',
    runId: 'run-1',
    iteration: 500,
    pictures: { samples: { type: 'empty', message: 'none' } },
  });
  feed.mark({ iteration: 400, type: 'note', text: 'here it turns' });
  await createRunRecords('one').save('run', { graph, results: feed.results() });
  const records = createRunRecords('one');
  await records.say('run', { name: 'Slow G', note: '' });
  const record = await records.load('run');
  expect(record?.graph).toEqual(graph);
  expect(record?.results.marks).toHaveLength(1);
  expect(record?.results).not.toHaveProperty('pictures');
  expect(await records.summary('run')).toMatchObject({ seed: 4, metrics: [['quality.modes', 8]] });
  expect(await records.words('run')).toEqual({ name: 'Slow G' });
  await records.remove(['run']);
  expect(await records.load('run')).toBeUndefined();
  expect(await records.words('run')).toEqual({});
});
