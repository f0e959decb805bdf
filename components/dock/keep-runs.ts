import type { Graph } from '@/lib/graph/schema';
import type { Documents } from '@/lib/store/documents';
import type { Results } from '@/lib/store/feed';
import { createKeptResults } from '@/lib/store/kept-results';
import { keptRuns, safeStorage } from '@/lib/store/kept-runs';
import { removeLeftovers } from '@/lib/store/leftovers';
import { createRunRecords } from '@/lib/store/run-records';
import { createSweeps } from '@/lib/store/sweeps';

const records = createRunRecords();

/** Losing what a run has shown loses no training: where it cannot be kept the run goes on. */
export const keepRun = (run: string, graph: Graph | undefined, results: Results): Promise<void> =>
  records.save(run, { ...(graph && { graph }), results }).catch(() => undefined);

/** Tried again when the editor is next opened. */
export const tidyUp = (documents: Documents): Promise<void> =>
  removeLeftovers({
    documents,
    records,
    results: createKeptResults(),
    sweeps: createSweeps(),
    kept: keptRuns(safeStorage()),
    now: Date.now(),
  }).catch(() => undefined);
