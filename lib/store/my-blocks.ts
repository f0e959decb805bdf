import type { DBSchema } from 'idb';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { parseDocument } from '@/lib/check/parse';
import { formatGraph } from '@/lib/graph/parse';
import type { Graph } from '@/lib/graph/schema';
import { createDatabase } from '@/lib/util/database';

/**
 * Blocks that were kept in this browser for other graphs: each a document with one use of it, and all blocks that it
 * needs. What is kept there is read like any file.
 */
export interface MyBlock {
  readonly id: string;
  readonly name: string;
  /** One use, and its blocks. */
  readonly clip: Graph;
}

export interface MyBlocks extends StoreApi<readonly MyBlock[]> {
  load(): Promise<void>;
  /** In the place of one of the same name; false where the browser did not keep it. */
  keep(name: string, clip: Graph): Promise<boolean>;
  remove(id: string): Promise<void>;
}

interface Schema extends DBSchema {
  blocks: { key: string; value: { readonly id: string; readonly name: string; readonly text: string } };
}

export function createMyBlocks(name = 'ganvas-blocks'): MyBlocks {
  const store = createStore<readonly MyBlock[]>()(() => []);
  const database = createDatabase<Schema>(name, 1, (db) => {
    db.createObjectStore('blocks', { keyPath: 'id' });
  });
  const methods = {
    async load() {
      const rows = await database
        .transact(['blocks'], 'readonly', (transaction) => transaction.objectStore('blocks').getAll())
        .catch(() => []);
      const read = rows.flatMap(({ id, name, text }): MyBlock[] => {
        const parsed = parseDocument(text);
        return parsed.ok && parsed.graph.nodes.length === 1 ? [{ id, name, clip: parsed.graph }] : [];
      });
      store.setState(
        read.sort((a, b) => a.name.localeCompare(b.name)),
        true,
      );
    },
    async keep(name: string, clip: Graph) {
      const id = store.getState().find((block) => block.name === name)?.id ?? crypto.randomUUID();
      const isKept = await database
        .transact(['blocks'], 'readwrite', (transaction) =>
          transaction.objectStore('blocks').put({ id, name, text: formatGraph(clip) }),
        )
        .then(
          () => true,
          () => false,
        );
      await methods.load();
      return isKept;
    },
    async remove(id: string) {
      await database
        .transact(['blocks'], 'readwrite', (transaction) => transaction.objectStore('blocks').delete(id))
        .catch(() => undefined);
      await methods.load();
    },
  };
  return Object.assign(store, methods);
}
