import type { DBSchema, IDBPObjectStore } from 'idb';
import { createDatabase } from '@/lib/util/database';
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from './checkpoint';

/**
 * Checkpoints in IndexedDB, two slots per document: the older one is overwritten, in one strict transaction,
 * so that a tab killed while writing leaves the other slot whole. A third slot has the run that a reset replaced.
 */
interface Schema extends DBSchema {
  checkpoints: { key: [document: string, slot: number]; value: Slot };
}

interface Slot {
  readonly bytes: Uint8Array;
  readonly savedAt: number;
  /** Which state this is: a word that is new with each write of a run. */
  readonly revision?: string;
}

interface Revision {
  readonly revision: string;
  /** Those that this one may take the place of. */
  readonly replaces: readonly string[];
}

/** The revision of what was written without one. */
const NO_REVISION = '';

const slots = [0, 1];
const REPLACED = 2;

const database = createDatabase<Schema>('ganvas-checkpoints', 1, (db) => {
  db.createObjectStore('checkpoints');
});

type Store = IDBPObjectStore<Schema, ['checkpoints'], 'checkpoints', 'readwrite'>;

const write = <T>(task: (store: Store) => Promise<T>): Promise<T> =>
  database.transact(['checkpoints'], 'readwrite', (transaction) =>
    task(transaction.objectStore('checkpoints')),
  );

/**
 * Writes the newest checkpoint. False, and nothing is written, where another revision is kept than may be
 * replaced: another page's run. The same write again is written once.
 */
export async function saveCheckpoint(
  document: string,
  checkpoint: Checkpoint,
  by?: Revision,
): Promise<boolean> {
  const bytes = encodeCheckpoint(checkpoint);
  return write(async (store) => {
    const found = await read(store, document);
    const present = revisionOf(found);
    if (by && present === by.revision) return true;
    if (by && present !== undefined && !by.replaces.includes(present)) return false;
    const [first = 0, second = 0] = found.map((slot) => slot?.savedAt ?? 0);
    // A clock that was set back must not make the newest the older one.
    const savedAt = Math.max(Date.now(), first + 1, second + 1);
    const slot = { bytes, savedAt, ...(by && { revision: by.revision }) };
    await store.put(slot, [document, first <= second ? 0 : 1]);
    return true;
  });
}

/** The newest checkpoint that is whole, if there is one, and the revision that a write would replace. */
export async function openCheckpoint(
  document: string,
): Promise<{ readonly checkpoint: Checkpoint | undefined; readonly revision: string }> {
  const found = await database.transact(['checkpoints'], 'readonly', (transaction) =>
    read(transaction.objectStore('checkpoints'), document),
  );
  return { checkpoint: newestOf(found)?.checkpoint, revision: revisionOf(found) ?? NO_REVISION };
}

export const loadCheckpoint = async (document: string): Promise<Checkpoint | undefined> =>
  (await openCheckpoint(document)).checkpoint;

/**
 * A run starts over, from the seed or `by` given weights: its newest checkpoint takes the third slot, unless it
 * never left iteration 0.
 */
export async function replaceCheckpoints(document: string, by?: Checkpoint): Promise<void> {
  const bytes = by && encodeCheckpoint(by);
  await write(async (store) => {
    const newest = newestOf(await read(store, document));
    await Promise.all([
      ...(hasMoved(newest) ? [store.put(newest.slot, [document, REPLACED])] : []),
      bytes ? store.put({ bytes, savedAt: Date.now() }, [document, 0]) : store.delete([document, 0]),
      store.delete([document, 1]),
    ]);
  });
}

/**
 * The run that a reset replaced takes its place again, and the one that began since takes the third slot. Gives
 * the iteration at which it stands; undefined where nothing was replaced, and then nothing changes.
 */
export const bringBackCheckpoint = (document: string): Promise<number | undefined> =>
  write(async (store) => {
    const replaced = newestOf([await store.get([document, REPLACED])]);
    if (!replaced) return undefined;
    const newest = newestOf(await read(store, document));
    await Promise.all([
      store.put(replaced.slot, [document, 0]),
      store.delete([document, 1]),
      hasMoved(newest) ? store.put(newest.slot, [document, REPLACED]) : store.delete([document, REPLACED]),
    ]);
    return replaced.checkpoint.counters.iteration;
  });

/** Where a page keeps its run of a document that another page trains too. */
export const apartOf = (document: string, page: string): string => `${document} ${page}`;

/** A document goes on as another one: with what the page keeps apart of its run, else with the newest checkpoint. */
export const copyCheckpoint = (from: string, to: string, page: string): Promise<void> =>
  write(async (store) => {
    const apart = apartOf(from, page);
    const newest = newestOf(await read(store, apart)) ?? newestOf(await read(store, from));
    await Promise.all([
      ...(newest ? [store.put(newest.slot, [to, 0])] : []),
      ...slots.map((slot) => store.delete([apart, slot])),
    ]);
  });

/**
 * Deletes the checkpoints of documents that are no longer kept, unless they were written after `before`. Gives the
 * documents of which none is left.
 */
export const removeLeftCheckpoints = (
  isKept: (document: string) => boolean,
  before: number,
): Promise<readonly string[]> =>
  write(async (store) => {
    const keys = (await store.getAllKeys()).filter(([key]) => !isKept(documentOf(key)));
    const slots = await Promise.all(keys.map((key) => store.get(key)));
    const stays = new Set(
      keys.filter((_, i) => (slots[i]?.savedAt ?? 0) >= before).map(([key]) => documentOf(key)),
    );
    const gone = keys.filter(([key]) => !stays.has(documentOf(key)));
    await Promise.all(gone.map((key) => store.delete(key)));
    return [...new Set(gone.map(([key]) => documentOf(key)))];
  });

/** Of what `apartOf` gives, too. */
const documentOf = (key: string): string => key.split(' ')[0] ?? key;

const read = (
  store: { get(key: [string, number]): Promise<Slot | undefined> },
  document: string,
): Promise<(Slot | undefined)[]> => Promise.all(slots.map((slot) => store.get([document, slot])));

interface Found {
  readonly slot: Slot;
  readonly checkpoint: Checkpoint;
}

const hasMoved = (found: Found | undefined): found is Found =>
  found !== undefined && found.checkpoint.counters.iteration > 0;

const newestFirst = (found: readonly (Slot | undefined)[]): Slot[] =>
  found.filter((slot) => slot !== undefined).sort((a, b) => b.savedAt - a.savedAt);

/** Of the newest write, whole or not; undefined where there is none. */
function revisionOf(found: readonly (Slot | undefined)[]): string | undefined {
  const [newest] = newestFirst(found);
  return newest && (newest.revision ?? NO_REVISION);
}

function newestOf(found: readonly (Slot | undefined)[]): Found | undefined {
  for (const slot of newestFirst(found)) {
    const decoded = decodeCheckpoint(slot.bytes);
    if (decoded.ok) return { slot, checkpoint: decoded.checkpoint };
  }
  return undefined;
}
