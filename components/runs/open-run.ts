import type { Stores } from '@/components/hooks/stores';
import { findDifferences } from '@/lib/check/differences';
import { plainOf } from '@/lib/edit/checked-of';
import type { TrainingStore } from '@/lib/store/training-state';
import { listSnapshotsOf } from '@/lib/train/run-list';
import { runRecords } from './run-records';
import type { ShownRun } from './use-runs';

/**
 * The document goes on from a kept run, at rest, with the graph that it had: another edit, which can be undone. The
 * run that was open stays.
 */
export async function openRun(
  { id, title }: Pick<ShownRun, 'id' | 'title'>,
  { editor }: Pick<Stores, 'editor'>,
  training: TrainingStore,
): Promise<void> {
  const [snapshots, record] = await Promise.all([listSnapshotsOf(id), runRecords.load(id)]);
  const newest = snapshots.findLast(({ damage }) => damage === undefined);
  if (!newest) return;
  const now = plainOf(editor.getState().graph);
  if (record && findDifferences(now, plainOf(record.graph)).length > 0) {
    editor.enter([]);
    editor.commit(`Graph of “${title}”`, () => record.graph);
    const { id: document, graph } = editor.getState();
    training.setDocument(document, plainOf(graph), graph);
  }
  await training.goOnFrom(newest, record?.results);
}
