import type { DBSchema, IDBPTransaction } from 'idb';
import type { Picture } from '@/lib/draw/picture';
import type { Graph } from '@/lib/graph/schema';
import type { Axis, SweepResult } from '@/lib/train/sweep';
import { createDatabase } from '@/lib/util/database';
import type { KeptCurves } from './curves';

/** What a sweep of the page was asked for. */
export interface Sweep {
  readonly id: string;
  readonly document: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly graph: Graph;
  readonly axes: readonly Axis[];
  readonly order: 'given' | 'random';
}

/** A result with what the run has shown. */
export interface ShownResult extends SweepResult {
  /** The last readings, by their series. */
  readonly metrics?: Readonly<Record<string, number>>;
  readonly curves?: { readonly losses: KeptCurves; readonly metrics: KeptCurves };
  readonly pictures?: { readonly [view: string]: Picture };
  /** Of the checkpoint that is kept of its end; absent: none is. */
  readonly stateBytes?: number;
}

/** The sweep of each document and its results, in IndexedDB: what is done is just what is there. */
export interface Sweeps {
  load(
    document: string,
  ): Promise<{ readonly sweep: Sweep; readonly results: readonly ShownResult[] } | undefined>;
  /** In place of the document's sweep before. */
  begin(sweep: Sweep): Promise<void>;
  /** With an encoded checkpoint of its end, where that is to be kept. */
  write(sweep: string, result: ShownResult, state?: Uint8Array): Promise<void>;
  state(sweep: string, run: string): Promise<Uint8Array | undefined>;
  remove(document: string): Promise<void>;
  /** Deletes those of documents that are no longer kept, but for what was started after `before`. */
  removeLeft(isKept: (document: string) => boolean, before: number): Promise<void>;
}

interface Schema extends DBSchema {
  sweeps: { key: string; value: Sweep };
  results: { key: [sweep: string, run: string]; value: ShownResult };
  states: { key: [sweep: string, run: string]; value: Uint8Array };
}

const all = ['sweeps', 'results', 'states'] as const;

/** All results of a sweep: ids of runs are shorter than this. */
const resultsOf = (sweep: string) => IDBKeyRange.bound([sweep, ''], [sweep, '\uffff']);

export function createSweeps(name = 'ganvas-sweeps'): Sweeps {
  const database = createDatabase<Schema>(name, 2, (db, before) => {
    for (const store of before === 0 ? all : (['states'] as const)) db.createObjectStore(store);
  });
  return {
    load: (document) =>
      database.transact(all, 'readonly', async (transaction) => {
        const sweep = await transaction.objectStore('sweeps').get(document);
        return (
          sweep && { sweep, results: await transaction.objectStore('results').getAll(resultsOf(sweep.id)) }
        );
      }),
    begin: (sweep) =>
      database.transact(all, 'readwrite', async (transaction) => {
        const before = await transaction.objectStore('sweeps').get(sweep.document);
        if (before) await remove(transaction, before);
        await transaction.objectStore('sweeps').put(sweep, sweep.document);
      }),
    write: (sweep, result, state) =>
      database.transact(['results', 'states'], 'readwrite', async (transaction) => {
        const key: [string, string] = [sweep, result.id];
        await Promise.all([
          transaction.objectStore('results').put(result, key),
          state
            ? transaction.objectStore('states').put(state, key)
            : transaction.objectStore('states').delete(key),
        ]);
      }),
    state: (sweep, run) =>
      database.transact(['states'], 'readonly', (transaction) =>
        transaction.objectStore('states').get([sweep, run]),
      ),
    remove: (document) =>
      database.transact(all, 'readwrite', async (transaction) => {
        const found = await transaction.objectStore('sweeps').get(document);
        if (found) await remove(transaction, found);
      }),
    removeLeft: (isKept, before) =>
      database.transact(all, 'readwrite', async (transaction) => {
        const sweeps = await transaction.objectStore('sweeps').getAll();
        const left = sweeps.filter(({ document, startedAt }) => !isKept(document) && startedAt < before);
        await Promise.all(left.map((sweep) => remove(transaction, sweep)));
      }),
  };
}

const remove = (
  transaction: IDBPTransaction<Schema, (typeof all)[number][], 'readwrite'>,
  { id, document }: Sweep,
): Promise<unknown> =>
  Promise.all([
    transaction.objectStore('results').delete(resultsOf(id)),
    transaction.objectStore('states').delete(resultsOf(id)),
    transaction.objectStore('sweeps').delete(document),
  ]);
