import type { DBSchema } from 'idb';
import type { Picture } from '@/lib/draw/picture';
import { bytesIn } from '@/lib/util/bytes';
import { createDatabase } from '@/lib/util/database';
import type { Results } from './feed';

/**
 * What each document's run has shown, in IndexedDB beside its checkpoint: a page that opens shows curves, metrics
 * and pictures before any worker has started. Losing them loses no training, so nothing here throws.
 */
export interface KeptResults {
  save(document: string, results: Results): Promise<void>;
  /** Undefined where nothing is kept that can be shown. */
  load(document: string): Promise<Results | undefined>;
  remove(documents: readonly string[]): Promise<void>;
}

interface Schema extends DBSchema {
  results: { key: string; value: { readonly version: 1; readonly results: Results } };
}

/** Pictures beyond this many bytes in all are left out, the largest first; curves are bounded by themselves. */
const MOST_BYTES = 8e6;

export function createKeptResults(name = 'ganvas-results', mostBytes = MOST_BYTES): KeptResults {
  const database = createDatabase<Schema>(name, 1, (db) => {
    db.createObjectStore('results');
  });
  return {
    async save(document, results) {
      const pictures = fitting(results.pictures, mostBytes);
      await database
        .transact(['results'], 'readwrite', (transaction) =>
          transaction.objectStore('results').put({ version: 1, results: { ...results, pictures } }, document),
        )
        .catch(() => undefined);
    },
    async load(document) {
      const found = await database
        .transact(['results'], 'readonly', (transaction) => transaction.objectStore('results').get(document))
        .catch(() => undefined);
      return found?.version === 1 ? found.results : undefined;
    },
    async remove(documents) {
      await database
        .transact(['results'], 'readwrite', (transaction) =>
          Promise.all(documents.map((document) => transaction.objectStore('results').delete(document))),
        )
        .catch(() => undefined);
    },
  };
}

/** As many pictures as the bytes allow, the smallest first. */
function fitting(pictures: ReadonlyMap<string, Picture>, mostBytes: number): ReadonlyMap<string, Picture> {
  const sized = [...pictures].map(([view, picture]) => ({ view, picture, bytes: bytesIn(picture) }));
  const kept = new Map<string, Picture>();
  let left = mostBytes;
  for (const { view, picture, bytes } of sized.sort((a, b) => a.bytes - b.bytes)) {
    left -= bytes;
    if (left >= 0) kept.set(view, picture);
  }
  return kept;
}
