import { createStore, type StoreApi } from 'zustand/vanilla';
import { deleteKept, type KeptData, keptKey, listKept, renameKept } from '@/lib/data/import/kept-data';
import type { NeededData } from '@/lib/nodes/define';

/** Bytes that this origin uses and may use, and whether the browser may delete them when the disk is full. */
interface Room {
  readonly used: number;
  readonly most: number;
  readonly isPersistent: boolean;
}

interface KeptState {
  /** Newest first; undefined until it was read. */
  readonly list: readonly KeptData[] | undefined;
  /** Where the browser says. */
  readonly room: Room | undefined;
}

/** Files of the user's own that this browser keeps: what the page knows of them, not the numbers. */
export interface KeptDataStore extends StoreApi<KeptState> {
  load(): Promise<void>;
  /** Asks the browser to keep everything of this page until the person deletes it. */
  persist(): Promise<void>;
  rename(key: string, name: string): Promise<void>;
  remove(key: string): Promise<void>;
}

export function createKeptData(): KeptDataStore {
  const store = createStore<KeptState>()(() => ({ list: undefined, room: undefined }));
  const load = async () => {
    const [list, room] = await Promise.all([listKept().catch(() => []), roomOf().catch(() => undefined)]);
    store.setState({ list, room });
  };
  return Object.assign(store, {
    load,
    persist: () => then(load, navigator.storage?.persist?.()),
    rename: (key: string, name: string) => then(load, renameKept(key, name)),
    remove: (key: string) => then(load, deleteKept(key)),
  });
}

/** Whether it was done is seen in what is read afterwards. */
const then = (load: () => Promise<void>, done: Promise<unknown> | undefined): Promise<void> =>
  Promise.resolve(done).then(load, load);

async function roomOf(): Promise<Room | undefined> {
  const { storage } = navigator;
  if (!storage?.estimate) return undefined;
  const [{ usage = 0, quota = 0 }, isPersistent] = await Promise.all([
    storage.estimate(),
    storage.persisted?.() ?? false,
  ]);
  return { used: usage, most: quota, isPersistent };
}

export const isKept = (list: readonly KeptData[], { id, options }: NeededData): boolean =>
  list.some(({ key }) => key === keptKey(id, options));
