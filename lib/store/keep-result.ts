import { decodeCheckpoint } from '@/lib/train/checkpoint';
import { listSnapshotsOf } from '@/lib/train/run-list';
import { addRun, writeSnapshot } from '@/lib/train/run-store';
import type { SweepRun } from '@/lib/train/sweep';
import { createCurves } from './curves';
import type { RunRecords } from './run-records';
import type { ShownResult, Sweep, Sweeps } from './sweeps';

/** The run of a document that a result of its sweep becomes. */
export const runOfResult = ({ id }: Pick<Sweep, 'id'>, result: Pick<ShownResult, 'id'>): string =>
  `${id} ${result.id}`;

interface Kept {
  readonly sweep: Sweep;
  readonly run: SweepRun;
  readonly result: ShownResult;
  /** Its values, in words. */
  readonly name: string;
}

/**
 * A result of a sweep joins the runs of its document, with its graph, its curves and, where its weights were kept, a
 * snapshot of its end. Gives the run; one that joined before is left as it is.
 */
export async function keepResult(
  { sweep, run, result, name }: Kept,
  sweeps: Pick<Sweeps, 'state'>,
  records: Pick<RunRecords, 'save' | 'say' | 'graph'>,
): Promise<string> {
  const id = runOfResult(sweep, result);
  const { iteration = 0, curves, pictures = {} } = result;
  if ((await records.graph(id)) === undefined) {
    const none = createCurves().keep();
    const results = { losses: curves?.losses ?? none, metrics: curves?.metrics ?? none };
    await records.save(id, { graph: run.graph, results });
    await records.say(id, { name });
  }
  await addRun({ id, document: sweep.document, startedAt: Date.now(), iteration });
  if ((await listSnapshotsOf(id)).length > 0) return id;
  const state = await sweeps.state(sweep.id, result.id);
  const decoded = state && decodeCheckpoint(state);
  if (decoded?.ok) await writeSnapshot(id, decoded.checkpoint, pictures);
  return id;
}
