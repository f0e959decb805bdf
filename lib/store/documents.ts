import type { DBSchema } from 'idb';
import { parseDocumentValue } from '@/lib/check/parse';
import type { ParseResult } from '@/lib/graph/parse';
import type { Graph } from '@/lib/graph/schema';
import { createDatabase } from '@/lib/util/database';

/** The documents that this browser keeps, in IndexedDB. Every one that was opened and edited stays. */
export interface DocumentEntry {
  readonly id: string;
  readonly title: string;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
  readonly nodes: number;
  /** It was edited or trained here, or came from a file or a link; not an example that was only looked at. */
  readonly isWorked?: boolean;
}

export interface Documents {
  /** Newest first. */
  list(): Promise<readonly DocumentEntry[]>;
  /** Undefined where there is none of that id. What was kept by an older version is brought up to date. */
  load(id: string): Promise<ParseResult | undefined>;
  /** Without `isWorked` it stays what it was; a document that was only looked at goes after eight newer ones. */
  save(id: string, graph: Graph, savedAt: number, isWorked?: boolean): Promise<void>;
  remove(id: string): Promise<void>;
}

interface Schema extends DBSchema {
  /** What the list shows, apart from the documents, so that listing reads no graph. */
  entries: { key: string; value: DocumentEntry; indexes: { 'by-time': number } };
  graphs: { key: string; value: unknown };
}

/** So many documents stay that were opened and left as they were. */
const MOST_LOOKED_AT = 8;

export const DOCUMENTS_DB = 'ganvas-documents';

export function createDocuments(name = DOCUMENTS_DB): Documents {
  const database = createDatabase<Schema>(name, 1, (db) => {
    db.createObjectStore('entries', { keyPath: 'id' }).createIndex('by-time', 'savedAt');
    db.createObjectStore('graphs');
  });
  const all = ['entries', 'graphs'] as const;
  return {
    list: () =>
      database.transact(['entries'], 'readonly', async (transaction) =>
        (await transaction.objectStore('entries').index('by-time').getAll()).reverse(),
      ),
    async load(id) {
      const value = await database.transact(['graphs'], 'readonly', (transaction) =>
        transaction.objectStore('graphs').get(id),
      );
      return value === undefined ? undefined : parseDocumentValue(value);
    },
    save: (id, graph, savedAt, isWorked) =>
      database.transact(all, 'readwrite', async (transaction) => {
        const entries = transaction.objectStore('entries');
        const graphs = transaction.objectStore('graphs');
        const kept = await entries.index('by-time').getAll();
        const before = kept.find((entry) => entry.id === id);
        const nodes = graph.nodes.length;
        const wasWorked = before !== undefined && before.isWorked !== false;
        const entry: DocumentEntry = {
          id,
          title: graph.title,
          savedAt,
          nodes,
          isWorked: isWorked || wasWorked,
        };
        const lookedAt = kept.filter((other) => other.isWorked === false && other.id !== id);
        const gone = lookedAt.slice(0, Math.max(0, lookedAt.length - MOST_LOOKED_AT));
        await Promise.all([
          entries.put(entry),
          graphs.put(graph, id),
          ...gone.flatMap((other) => [entries.delete(other.id), graphs.delete(other.id)]),
        ]);
      }),
    remove: (id) =>
      database.transact(all, 'readwrite', async (transaction) => {
        await Promise.all(all.map((store) => transaction.objectStore(store).delete(id)));
      }),
  };
}
