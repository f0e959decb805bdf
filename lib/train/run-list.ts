import {
  type KeptRun,
  ownOf,
  type Read,
  read,
  removeSnapshots,
  type SnapshotEntry,
  snapshotsOf,
  type Write,
  write,
} from './run-store';

/** Of a document's runs, those that are kept: see docs/snapshots.md. */
export interface ListedRun extends KeptRun {
  /** Of its own. */
  readonly snapshots: number;
  /** The one that the document goes on with. */
  readonly isPresent: boolean;
  /** Other runs that begin from a snapshot of it. */
  readonly branches: number;
}

/** The document's runs that came further than where they began, and the present one; the newest first. */
export const listRuns = (document: string): Promise<readonly ListedRun[]> =>
  read(async (transaction) => {
    const [head, runs] = await Promise.all([
      transaction.objectStore('heads').get(document),
      transaction.objectStore('runs').index('by-document').getAll(document),
    ]);
    const listed = runs.filter(
      ({ id, iteration, parent }) =>
        iteration > (parent?.iteration ?? 0) || (id === head?.run && iteration > 0),
    );
    const found = listed.map(async (run) => ({
      ...run,
      snapshots: await countOf(transaction, run.id),
      isPresent: run.id === head?.run,
      branches: listed.filter(({ parent }) => parent?.run === run.id).length,
    }));
    return (await Promise.all(found)).sort((a, b) => b.startedAt - a.startedAt);
  });

/** The snapshots of a run and of what it came from, in order of iterations. */
export const listSnapshotsOf = (run: string): Promise<readonly SnapshotEntry[]> =>
  read((transaction) => snapshotsOf(transaction, run));

/** Bytes of all snapshots in this browser. */
export const bytesOfRuns = (): Promise<number> =>
  read(async (transaction) =>
    (await transaction.objectStore('runs').getAll()).reduce((sum, { bytes }) => sum + bytes, 0),
  );

/**
 * Deletes a run with its snapshots; what began from it stays, without what came before. False, and nothing is
 * deleted, where the document goes on with it.
 */
export const removeRun = (id: string): Promise<boolean> =>
  write(async (transaction) => {
    const run = await transaction.objectStore('runs').get(id);
    const head = run && (await transaction.objectStore('heads').get(run.document));
    if (head?.run === id) return false;
    await remove(transaction, id);
    return true;
  });

async function remove(transaction: Write, id: string): Promise<void> {
  await removeSnapshots(transaction, await ownOf(transaction, id));
  await transaction.objectStore('runs').delete(id);
}

/**
 * Deletes the runs of documents that are no longer kept, unless they were written to after `before` or a run that
 * stays came from them. Gives their ids.
 */
export const removeLeftRuns = (
  isKept: (document: string) => boolean,
  before: number,
): Promise<readonly string[]> =>
  write(async (transaction) => {
    const heads = transaction.objectStore('heads');
    const runs = await transaction.objectStore('runs').getAll();
    const stays = ({ document, writtenAt }: KeptRun) => isKept(document) || writtenAt >= before;
    const staying = new Set(runs.filter(stays).map(({ id }) => id));
    const byId = new Map(runs.map((run) => [run.id, run]));
    for (const id of staying) {
      const parent = byId.get(id)?.parent?.run;
      if (parent !== undefined) staying.add(parent);
    }
    const gone = runs.filter(({ id }) => !staying.has(id));
    for (const { id, document } of gone) {
      await remove(transaction, id);
      if ((await heads.get(document))?.run === id) await heads.delete(document);
    }
    return gone.map(({ id }) => id);
  });

const countOf = (transaction: Read, run: string): Promise<number> =>
  transaction.objectStore('entries').count(IDBKeyRange.bound([run, 0], [run, Number.POSITIVE_INFINITY]));
