import type { Checked } from '@/lib/check/checked';
import { listRuns } from '@/lib/train/run-list';
import { type RunCurves, readCurves } from './run-curves';
import { runRecords } from './run-records';
import { readRuns } from './use-runs';

/** A run that stays among the curves of those that follow. */
export interface PinnedRun {
  readonly id: string;
  readonly title: string;
  readonly graph: Checked;
  readonly curves: RunCurves;
}

/** The pinned runs of a document, the oldest first, but for the one that it goes on with. */
export async function readPinned(document: string): Promise<readonly PinnedRun[]> {
  const listed = await listRuns(document);
  const words = await Promise.all(listed.map(({ id }) => runRecords.words(id)));
  if (!words.some(({ isPinned }) => isPinned)) return [];
  const runs = (await readRuns(document)).filter(({ words, isPresent }) => words.isPinned && !isPresent);
  const read = runs.toReversed().map(async ({ id, title, graph }) => {
    return graph ? [{ id, title, graph, curves: await readCurves(id) }] : [];
  });
  return (await Promise.all(read)).flat();
}
