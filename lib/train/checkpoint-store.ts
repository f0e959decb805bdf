import { type DBSchema, openDB } from 'idb';
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

const open = () =>
  openDB<Schema>('ganvas-checkpoints', 1, {
    upgrade(database) {
      database.createObjectStore('checkpoints');
    },
  });

export async function saveCheckpoint(document: string, checkpoint: Checkpoint): Promise<void> {
  const database = await open();
  const bytes = encodeCheckpoint(checkpoint);
  try {
    const transaction = database.transaction('checkpoints', 'readwrite', { durability: 'strict' });
    const write = async () => {
      const slots = await Promise.all([0, 1].map((slot) => transaction.store.get([document, slot])));
      const oldest = (slots[0]?.savedAt ?? 0) <= (slots[1]?.savedAt ?? 0) ? 0 : 1;
      await transaction.store.put({ bytes, savedAt: Date.now() }, [document, oldest]);
    };
    // Both fail where the storage is full: each must be waited for.
    await Promise.all([write(), transaction.done]);
  } finally {
    database.close();
  }
}

/** The newest checkpoint that is whole, or undefined. */
export async function loadCheckpoint(document: string): Promise<Checkpoint | undefined> {
  const database = await open();
  const slots = await Promise.all([0, 1].map((slot) => database.get('checkpoints', [document, slot])));
  database.close();
  const newestFirst = slots.filter((slot) => slot !== undefined).sort((a, b) => b.savedAt - a.savedAt);
  for (const { bytes } of newestFirst) {
    const decoded = decodeCheckpoint(bytes);
    if (decoded.ok) return decoded.checkpoint;
  }
  return undefined;
}

export async function deleteCheckpoints(document: string): Promise<void> {
  const database = await open();
  await Promise.all([0, 1].map((slot) => database.delete('checkpoints', [document, slot])));
  database.close();
}
