import 'fake-indexeddb/auto';
import { afterEach, expect, test, vi } from 'vitest';
import { loadCheckpoint, saveCheckpoint } from '@/lib/train/checkpoint-store';
import { listSnapshotsOf } from '@/lib/train/run-list';
import { beginRun, writeSnapshot } from '@/lib/train/run-store';
import { loadExample } from '@/lib/train/testing/train';
import { createFeed } from './feed';
import { createKeptResults } from './kept-results';
import { keptRuns } from './kept-runs';
import { removeLeftovers } from './leftovers';
import { createRunRecords } from './run-records';
import { createSweeps } from './sweeps';
import { memoryStorage } from './testing/tab';

const DAY = 24 * 3.6e6;
const checkpoint = {
  fingerprint: 'abc',
  counters: { iteration: 5, updates: 10 },
  edits: [],
  data: { arrays: new Map([['weights/a', { shape: [1], values: Float32Array.of(1) }]]), steps: {} },
};
afterEach(() => vi.restoreAllMocks());

test('a document that is gone leaves nothing a day later, and one that is kept loses nothing', async () => {
  const [records, results, sweeps] = [createRunRecords(), createKeptResults(), createSweeps()];
  const kept = keptRuns(memoryStorage());
  const shown = createFeed().results();
  const graph = loadExample('gan-lab');
  vi.spyOn(Date, 'now').mockReturnValue(1_000);
  const runs = await Promise.all(
    ['gone', 'kept'].map(async (document) => {
      const run = await beginRun(document);
      await writeSnapshot(run, checkpoint, {});
      await saveCheckpoint(document, checkpoint);
      await records.save(run, { graph, results: shown });
      await results.save(document, shown);
      kept.set(document, 5);
      return run;
    }),
  );
  const documents = { list: async () => [{ id: 'kept', title: '', savedAt: 0, nodes: 1 }] };
  const left = async () => {
    const [gone = '', stays = ''] = runs;
    return Promise.all(
      (
        [
          ['gone', gone],
          ['kept', stays],
        ] as const
      ).map(async ([document, run]) => [
        (await listSnapshotsOf(run)).length,
        (await records.load(run)) !== undefined,
        (await loadCheckpoint(document)) !== undefined,
        (await results.load(document)) !== undefined,
        kept.get(document),
      ]),
    );
  };
  const whole = [1, true, true, true, 5];
  await removeLeftovers({ documents, records, results, sweeps, kept, now: 1_000 + DAY });
  expect(await left()).toEqual([whole, whole]);
  await removeLeftovers({ documents, records, results, sweeps, kept, now: 1_001 + DAY });
  expect(await left()).toEqual([[0, false, false, false, 0], whole]);
});
