import { keptSweeps } from '@/components/runs/kept-sweeps';
import { runRecords } from '@/components/runs/run-records';
import type { Graph } from '@/lib/graph/schema';
import type { Documents } from '@/lib/store/documents';
import type { Results } from '@/lib/store/feed';
import { createKeptResults } from '@/lib/store/kept-results';
import { keptRuns, safeStorage } from '@/lib/store/kept-runs';
import { removeLeftovers } from '@/lib/store/leftovers';

/** Losing what a run has shown loses no training: where it cannot be kept the run goes on. */
export const keepRun = (run: string, graph: Graph | undefined, results: Results): Promise<void> =>
  runRecords.save(run, { ...(graph && { graph }), results }).catch(() => undefined);

/** Tried again when the editor is next opened. */
export const tidyUp = (documents: Documents): Promise<void> =>
  removeLeftovers({
    documents,
    records: runRecords,
    results: createKeptResults(),
    sweeps: keptSweeps,
    kept: keptRuns(safeStorage()),
    now: Date.now(),
  }).catch(() => undefined);
