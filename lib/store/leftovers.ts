import { removeLeftCheckpoints } from '@/lib/train/checkpoint-store';
import { removeLeftRuns } from '@/lib/train/run-list';
import type { Documents } from './documents';
import type { KeptResults } from './kept-results';
import type { KeptRuns } from './kept-runs';
import type { RunRecords } from './run-records';
import type { Sweeps } from './sweeps';

/** A document that was just made may not be kept yet: what was written since is left alone. */
const GRACE_MS = 24 * 3.6e6;

interface Places {
  readonly documents: Pick<Documents, 'list'>;
  readonly records: Pick<RunRecords, 'remove'>;
  readonly results: Pick<KeptResults, 'remove'>;
  readonly sweeps: Pick<Sweeps, 'removeLeft'>;
  readonly kept: Pick<KeptRuns, 'set'>;
  readonly now: number;
}

/** Deletes runs, checkpoints, sweeps and what was shown of documents that are no longer kept. */
export async function removeLeftovers({
  documents,
  records,
  results,
  sweeps,
  kept,
  now,
}: Places): Promise<void> {
  const ids = new Set((await documents.list()).map(({ id }) => id));
  const isKept = (document: string) => ids.has(document);
  const before = now - GRACE_MS;
  await records.remove(await removeLeftRuns(isKept, before));
  await sweeps.removeLeft(isKept, before);
  const gone = await removeLeftCheckpoints(isKept, before);
  await results.remove(gone);
  for (const document of gone) kept.set(document, 0);
}
