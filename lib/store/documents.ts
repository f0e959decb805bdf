import type { DBSchema } from 'idb';
import { parseDocumentValue } from '@/lib/check/parse';
import type { ParseResult } from '@/lib/graph/parse';
import type { Graph } from '@/lib/graph/schema';
import { createDatabase } from '@/lib/util/database';
import type { KeptHistory } from './kept-history';

/** The documents that this browser keeps, in IndexedDB. Every one that was opened and edited stays. */
interface DocumentEntry {
  readonly id: string;
  readonly title: string;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
  readonly nodes: number;
  /** It was edited or trained here, or came from a file or a link; not an example that was only looked at. */
  readonly isWorked?: boolean;
  /** Which state this is: a random word, new with every save. Older pages kept none. */
  readonly revision?: string;
}

export interface DocumentWrite extends Pick<DocumentEntry, 'id' | 'savedAt'> {
  readonly graph: Graph;
  /** Without it this stays what it was; a document that was only looked at goes after eight newer ones. */
  readonly isWorked?: boolean;
  readonly revision: string;
  /** The revisions that this one may take the place of: those that its writer has seen. */
  readonly replaces: readonly string[];
  readonly history?: KeptHistory;
}

interface KeptDocument {
  readonly result: ParseResult;
  readonly revision: string;
  /** Undo and redo of just this revision, as it was kept. */
  readonly history: unknown;
}

export interface Documents {
  /** Newest first. */
  list(): Promise<readonly DocumentEntry[]>;
  /** Undefined where there is none of that id. What was kept by an older version is brought up to date. */
  load(id: string): Promise<KeptDocument | undefined>;
  /**
   * False, and nothing is written, where another revision is kept than the write may replace: another tab's work.
   * The same write again is written once.
   */
  save(write: DocumentWrite): Promise<boolean>;
  /** It was opened: it is the newest of the list. */
  touch(id: string, savedAt: number): Promise<void>;
}

interface Schema extends DBSchema {
  /** What the list shows, apart from the documents, so that listing reads no graph. */
  entries: { key: string; value: DocumentEntry; indexes: { 'by-time': number } };
  graphs: { key: string; value: unknown };
  histories: { key: string; value: { readonly revision: string; readonly history: KeptHistory } };
}

/** The revision of what was kept before there were revisions. */
export const NO_REVISION = '';

/** So many documents stay that were opened and left as they were. */
const MOST_LOOKED_AT = 8;

const DOCUMENTS_DB = 'ganvas-documents';

export function createDocuments(name = DOCUMENTS_DB): Documents {
  const database = createDatabase<Schema>(name, 2, (db, before) => {
    if (before < 1) {
      db.createObjectStore('entries', { keyPath: 'id' }).createIndex('by-time', 'savedAt');
      db.createObjectStore('graphs');
    }
    db.createObjectStore('histories');
  });
  const all = ['entries', 'graphs', 'histories'] as const;
  return {
    list: () =>
      database.transact(['entries'], 'readonly', async (transaction) =>
        (await transaction.objectStore('entries').index('by-time').getAll()).reverse(),
      ),
    async load(id) {
      const [entry, value, kept] = await database.transact(all, 'readonly', (transaction) =>
        Promise.all([
          transaction.objectStore('entries').get(id),
          transaction.objectStore('graphs').get(id),
          transaction.objectStore('histories').get(id),
        ]),
      );
      if (value === undefined) return undefined;
      const revision = entry?.revision ?? NO_REVISION;
      const history = kept?.revision === revision ? kept.history : undefined;
      return { result: parseDocumentValue(value), revision, history };
    },
    save: ({ id, graph, savedAt, isWorked = false, revision, replaces, history }) =>
      database.transact(all, 'readwrite', async (transaction) => {
        const entries = transaction.objectStore('entries');
        const graphs = transaction.objectStore('graphs');
        const histories = transaction.objectStore('histories');
        const kept = await entries.index('by-time').getAll();
        const before = kept.find((entry) => entry.id === id);
        const present = before && (before.revision ?? NO_REVISION);
        if (present === revision) return true;
        if (present !== undefined && !replaces.includes(present)) return false;
        const wasWorked = before !== undefined && before.isWorked !== false;
        const { title, nodes } = graph;
        const lookedAt = kept.filter((other) => other.isWorked === false && other.id !== id);
        const gone = lookedAt.slice(0, Math.max(0, lookedAt.length - MOST_LOOKED_AT));
        await Promise.all([
          entries.put({ id, title, savedAt, nodes: nodes.length, isWorked: isWorked || wasWorked, revision }),
          graphs.put(graph, id),
          history ? histories.put({ revision, history }, id) : histories.delete(id),
          ...gone.flatMap((other) => all.map((store) => transaction.objectStore(store).delete(other.id))),
        ]);
        return true;
      }),
    touch: (id, savedAt) =>
      database.transact(['entries'], 'readwrite', async (transaction) => {
        const entries = transaction.objectStore('entries');
        const entry = await entries.get(id);
        if (entry) await entries.put({ ...entry, savedAt });
      }),
  };
}
