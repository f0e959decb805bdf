import type { DBSchema } from 'idb';
import { createDatabase } from '@/lib/util/database';
import type { DataArray, Numbers } from '../files/data-file';
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

/** An array, or all but the numbers of a large one, which are in pieces beside it. */
type KeptArray = DataArray & { readonly length?: number };

interface Schema extends DBSchema {
  about: { key: string; value: KeptData };
  /** Arrays by the key of what they belong to; pieces by that, the array's place and theirs. */
  arrays: {
    key: string | [key: string, array: number, piece: number];
    value: readonly KeptArray[] | Numbers;
  };
}

/** Bytes. The browser copies what it writes, some of it twice. */
const PIECE = 2 ** 22;

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
    .map((each) => (isImages && each.name === x[0] ? { ...each, dims: [rows, ...shape], values } : each));
  const bytes = kept.reduce((sum, each) => sum + each.values.byteLength, 0);
  const about = { key: keptKey(id, options), id, name, options, bytes, keptAt: Date.now() };
  await database.transact(['about', 'arrays'], 'readwrite', async (transaction) => {
    const store = transaction.objectStore('arrays');
    await store.delete(keysOfPieces(about.key));
    for (const [i, { values: all }] of kept.entries()) {
      if (!isLarge(all)) continue;
      let at = 0;
      for (const piece of inPieces(all)) await store.put(piece, [about.key, i, at++]);
    }
    await store.put(
      kept.map((each) =>
        isLarge(each.values)
          ? { ...each, values: each.values.slice(0, 0), length: each.values.length }
          : { ...each, values: alone(each.values) },
      ),
      about.key,
    );
    await transaction.objectStore('about').put(about);
  });
  return about;
}

const isLarge = ({ byteLength }: Numbers): boolean => byteLength > PIECE;

/** One after the other in one buffer: a view is written with all that it is a view of, and at once. */
function* inPieces(values: Numbers): Generator<Numbers> {
  const length = PIECE / values.BYTES_PER_ELEMENT;
  const piece = values.slice(0, length);
  for (let at = 0; at < values.length; at += length) {
    const part = values.subarray(at, at + length);
    if (part.length < length) yield values.slice(at);
    else {
      piece.set(part);
      yield piece;
    }
  }
}

const keysOfPieces = (key: string): IDBKeyRange =>
  IDBKeyRange.bound([key, 0, 0], [key, Number.POSITIVE_INFINITY, 0]);

/** A view of a larger buffer would be stored with all of it; a header before it is less than a copy. */
const alone = <T extends Numbers>(values: T): T =>
  values.buffer.byteLength - values.byteLength < 1_024 ? values : (values.slice() as T);

export const openKept = (id: string, options: Sized): Promise<DataContents | undefined> =>
  database.transact(['arrays'], 'readonly', async (transaction) => {
    const store = transaction.objectStore('arrays');
    const key = keptKey(id, options);
    const kept = (await store.get(key)) as readonly KeptArray[] | undefined;
    if (!kept) return undefined;
    const arrays: DataArray[] = [];
    for (const [i, { length, ...each }] of kept.entries()) {
      if (length === undefined) {
        arrays.push(each);
        continue;
      }
      const values = new (each.values.constructor as new (length: number) => Numbers)(length);
      for (let at = 0, done = 0; done < length; at++) {
        const piece = (await store.get([key, i, at])) as Numbers;
        values.set(piece, done);
        done += piece.length;
      }
      arrays.push({ ...each, values });
    }
    return { arrays, notes: [] };
  });

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
      transaction.objectStore('arrays').delete(keysOfPieces(key)),
    ]);
  });
