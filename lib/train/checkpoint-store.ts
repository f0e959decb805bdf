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
}

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

export async function saveCheckpoint(document: string, checkpoint: Checkpoint): Promise<void> {
  const bytes = encodeCheckpoint(checkpoint);
  await write(async (store) => {
    const [first = 0, second = 0] = (await read(store, document)).map((slot) => slot?.savedAt ?? 0);
    // A clock that was set back must not make the newest the older one.
    const savedAt = Math.max(Date.now(), first + 1, second + 1);
    await store.put({ bytes, savedAt }, [document, first <= second ? 0 : 1]);
  });
}

/** The newest checkpoint that is whole, or undefined. */
export async function loadCheckpoint(document: string): Promise<Checkpoint | undefined> {
  const found = await database.transact(['checkpoints'], 'readonly', (transaction) =>
    read(transaction.objectStore('checkpoints'), document),
  );
  return newestOf(found)?.checkpoint;
}

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

/** The newest checkpoint of a document that goes on as another one. */
export const copyCheckpoint = (from: string, to: string): Promise<void> =>
  write(async (store) => {
    const newest = newestOf(await read(store, from));
    if (newest) await store.put(newest.slot, [to, 0]);
  });

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

function newestOf(found: readonly (Slot | undefined)[]): Found | undefined {
  const newestFirst = found.filter((slot) => slot !== undefined).sort((a, b) => b.savedAt - a.savedAt);
  for (const slot of newestFirst) {
    const decoded = decodeCheckpoint(slot.bytes);
    if (decoded.ok) return { slot, checkpoint: decoded.checkpoint };
  }
  return undefined;
}
