import type { DBSchema } from 'idb';
import { createDatabase } from '@/lib/util/database';
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from './checkpoint';

/**
 * Checkpoints in IndexedDB, two slots per document: the older one is overwritten, in one strict transaction,
 * so that a tab killed while writing leaves the other slot whole.
 */
interface Schema extends DBSchema {
  checkpoints: {
    key: [document: string, slot: number];
    value: { readonly bytes: Uint8Array; readonly savedAt: number };
  };
}

const database = createDatabase<Schema>('ganvas-checkpoints', 1, (db) => {
  db.createObjectStore('checkpoints');
});

export async function saveCheckpoint(document: string, checkpoint: Checkpoint): Promise<void> {
  const bytes = encodeCheckpoint(checkpoint);
  await database.transact(['checkpoints'], 'readwrite', async (transaction) => {
    const store = transaction.objectStore('checkpoints');
    const slots = await Promise.all([0, 1].map((slot) => store.get([document, slot])));
    const [first = 0, second = 0] = slots.map((slot) => slot?.savedAt ?? 0);
    // A clock that was set back must not make the newest the older one.
    const savedAt = Math.max(Date.now(), first + 1, second + 1);
    await store.put({ bytes, savedAt }, [document, first <= second ? 0 : 1]);
  });
}

/** The newest checkpoint that is whole, or undefined. */
export async function loadCheckpoint(document: string): Promise<Checkpoint | undefined> {
  const slots = await database.transact(['checkpoints'], 'readonly', (transaction) =>
    Promise.all([0, 1].map((slot) => transaction.objectStore('checkpoints').get([document, slot]))),
  );
  const newestFirst = slots.filter((slot) => slot !== undefined).sort((a, b) => b.savedAt - a.savedAt);
  for (const { bytes } of newestFirst) {
    const decoded = decodeCheckpoint(bytes);
    if (decoded.ok) return decoded.checkpoint;
  }
  return undefined;
}

export const deleteCheckpoints = (document: string): Promise<void> =>
  database.transact(['checkpoints'], 'readwrite', async (transaction) => {
    const store = transaction.objectStore('checkpoints');
    await Promise.all([0, 1].map((slot) => store.delete([document, slot])));
  });
