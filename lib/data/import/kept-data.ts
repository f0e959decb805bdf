import type { DBSchema } from 'idb';
import { createDatabase } from '@/lib/util/database';
import type { DataArray } from '../files/data-file';
import { type ImportOptions, imageDims } from '../files/import-options';
import type { PreparedSet } from '../files/prepared-set';
import type { DataContents } from '../files/read-data';

/**
 * Files of the user's own as this browser keeps them, in IndexedDB: typed arrays by what the file is (its SHA-256), and
 * of images by the size that they were given, since they are kept in no other.
 */
export interface KeptData {
  readonly key: string;
  /** `import:SHA256` */
  readonly id: string;
  readonly name: string;
  /** With which it was prepared when it came. */
  readonly options: ImportOptions;
  /** That the arrays take. */
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly keptAt: number;
}

interface Schema extends DBSchema {
  about: { key: string; value: KeptData };
  arrays: { key: string; value: readonly DataArray[] };
}

const database = createDatabase<Schema>('ganvas-data', 1, (db) => {
  db.createObjectStore('about', { keyPath: 'key' });
  db.createObjectStore('arrays');
});

type Sized = Pick<ImportOptions, 'shape' | 'fit'>;

/** Where what a document needs is kept. */
export const keptKey = (id: string, { shape, fit }: Sized): string =>
  imageDims(shape) ? `${id} ${shape.join(' × ')} ${fit}` : id;

/** Keeps what a file holds for options that it was prepared with. Rejects where there is no room. */
export async function keepData(
  id: string,
  options: ImportOptions,
  { arrays }: DataContents,
  { values }: PreparedSet,
): Promise<KeptData> {
  const { name, rows, shape, x } = options;
  const isImages = imageDims(shape) !== undefined;
  const kept = arrays
    .filter((each) => !isImages || each.name === x[0] || (each.dims.length === 1 && each.dims[0] === rows))
    .map((each) => (isImages && each.name === x[0] ? { ...each, dims: [rows, ...shape], values } : each))
    .map((each) => ({ ...each, values: alone(each.values) }));
  const bytes = kept.reduce((sum, each) => sum + each.values.byteLength, 0);
  const about = { key: keptKey(id, options), id, name, options, bytes, keptAt: Date.now() };
  await database.transact(['about', 'arrays'], 'readwrite', (transaction) =>
    Promise.all([
      transaction.objectStore('arrays').put(kept, about.key),
      transaction.objectStore('about').put(about),
    ]),
  );
  return about;
}

/** A view of a larger buffer would be stored with all of it; a header before it is less than a copy. */
const alone = <T extends DataArray['values']>(values: T): T =>
  values.buffer.byteLength - values.byteLength < 1_024 ? values : (values.slice() as T);

export const openKept = (id: string, options: Sized): Promise<DataContents | undefined> =>
  database
    .transact(['arrays'], 'readonly', (transaction) =>
      transaction.objectStore('arrays').get(keptKey(id, options)),
    )
    .then((arrays) => arrays && { arrays, notes: [] });

/** Newest first. */
export const listKept = (): Promise<readonly KeptData[]> =>
  database
    .transact(['about'], 'readonly', (transaction) => transaction.objectStore('about').getAll())
    .then((all) => all.sort((a, b) => b.keptAt - a.keptAt));

export const renameKept = (key: string, name: string): Promise<void> =>
  database.transact(['about'], 'readwrite', async (transaction) => {
    const store = transaction.objectStore('about');
    const found = await store.get(key);
    if (found) await store.put({ ...found, name });
  });

export const deleteKept = (key: string): Promise<void> =>
  database.transact(['about', 'arrays'], 'readwrite', async (transaction) => {
    await Promise.all([
      transaction.objectStore('about').delete(key),
      transaction.objectStore('arrays').delete(key),
    ]);
  });
