import type { DBSchema } from 'idb';
import type { Graph } from '@/lib/graph/schema';
import { bytesIn } from '@/lib/util/bytes';
import { createDatabase } from '@/lib/util/database';
import type { Results } from './feed';

/** What a run was and what it has shown, apart from its snapshots: the graph, curves, failures and marks. */
interface RunRecord {
  readonly graph: Graph;
  /** Without pictures: those are with the snapshots. */
  readonly results: Omit<Results, 'pictures'>;
}

/** What a list says of a record without reading it. */
export interface RunSummary {
  readonly seed: number;
  /** The newest readings, by their series. */
  readonly metrics: readonly (readonly [series: string, value: number])[];
  readonly bytes: number;
}

/** What people say of a run. */
export interface RunWords {
  readonly name?: string;
  readonly note?: string;
  /** It stays among the curves of the runs that follow. */
  readonly isPinned?: boolean;
}

/** Records by the ids of runs (lib/train/run-store.ts), in IndexedDB. */
export interface RunRecords {
  /** The graph stays what it was where none is given. */
  save(run: string, record: Partial<Pick<RunRecord, 'graph'>> & Pick<RunRecord, 'results'>): Promise<void>;
  load(run: string): Promise<RunRecord | undefined>;
  graph(run: string): Promise<Graph | undefined>;
  summary(run: string): Promise<RunSummary | undefined>;
  words(run: string): Promise<RunWords>;
  /** Empty words are no words. */
  say(run: string, words: RunWords): Promise<void>;
  remove(runs: readonly string[]): Promise<void>;
}

interface Schema extends DBSchema {
  graphs: { key: string; value: Graph };
  results: { key: string; value: RunRecord['results'] };
  summaries: { key: string; value: RunSummary };
  words: { key: string; value: RunWords };
}

const all = ['graphs', 'results', 'summaries', 'words'] as const;

export function createRunRecords(name = 'ganvas-run-records'): RunRecords {
  const database = createDatabase<Schema>(name, 1, (db) => {
    for (const store of all) db.createObjectStore(store);
  });
  return {
    save: (run, { graph, results }) =>
      database.transact(all, 'readwrite', async (transaction) => {
        const { pictures: _, ...shown } = { pictures: undefined, ...results };
        const summaries = transaction.objectStore('summaries');
        const seed = graph?.settings.seed ?? (await summaries.get(run))?.seed;
        const summary = seed !== undefined && { seed, metrics: shown.metrics.latest, bytes: bytesIn(shown) };
        await Promise.all([
          transaction.objectStore('results').put(shown, run),
          ...(graph ? [transaction.objectStore('graphs').put(graph, run)] : []),
          ...(summary ? [summaries.put(summary, run)] : []),
        ]);
      }),
    load: (run) =>
      database.transact(all, 'readonly', async (transaction) => {
        const [graph, results] = await Promise.all([
          transaction.objectStore('graphs').get(run),
          transaction.objectStore('results').get(run),
        ]);
        return graph && results && { graph, results };
      }),
    graph: (run) =>
      database.transact(['graphs'], 'readonly', (transaction) => transaction.objectStore('graphs').get(run)),
    summary: (run) =>
      database.transact(['summaries'], 'readonly', (transaction) =>
        transaction.objectStore('summaries').get(run),
      ),
    words: async (run) =>
      (await database.transact(['words'], 'readonly', (transaction) =>
        transaction.objectStore('words').get(run),
      )) ?? {},
    say: (run, { name: called = '', note = '', isPinned = false }) =>
      database.transact(['words'], 'readwrite', async (transaction) => {
        await transaction
          .objectStore('words')
          .put(
            { ...(called && { name: called }), ...(note && { note }), ...(isPinned && { isPinned }) },
            run,
          );
      }),
    remove: (runs) =>
      database.transact(all, 'readwrite', async (transaction) => {
        await Promise.all(
          runs.flatMap((run) => all.map((store) => transaction.objectStore(store).delete(run))),
        );
      }),
  };
}
