import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB, type StoreNames } from 'idb';

/**
 * An IndexedDB database that is opened when it is first needed and stays open. Browsers close one under the page:
 * a newer page upgrades it, the user clears data, the disk fails. Then it is opened anew and the task is done
 * again, so a task must be the same done twice.
 */
export interface Database<Schema extends DBSchema> {
  /** One transaction over these stores. What was written is on the disk when it ends. */
  transact<T, Names extends StoreNames<Schema>, Mode extends 'readonly' | 'readwrite'>(
    stores: readonly Names[],
    mode: Mode,
    task: (transaction: IDBPTransaction<Schema, Names[], Mode>) => Promise<T>,
  ): Promise<T>;
}

/** Makes the stores that a database of an older version lacks; 0 where there was none. */
type Upgrade<Schema extends DBSchema> = (db: IDBPDatabase<Schema>, before: number) => void;

export function createDatabase<Schema extends DBSchema>(
  name: string,
  version: number,
  upgrade: Upgrade<Schema>,
): Database<Schema> {
  let opened: Promise<IDBPDatabase<Schema>> | undefined;

  const connect = (): Promise<IDBPDatabase<Schema>> => {
    if (opened) return opened;
    const forget = () => {
      if (opened === connecting) opened = undefined;
    };
    const connecting = openAny(name, version, upgrade, forget);
    connecting.catch(forget);
    opened = connecting;
    return connecting;
  };

  return {
    async transact(stores, mode, task) {
      const attempt = async (connecting: Promise<IDBPDatabase<Schema>>) => {
        const transaction = (await connecting).transaction([...stores], mode, { durability: 'strict' });
        try {
          // Both fail where the storage is full: each must be waited for.
          const [result] = await Promise.all([task(transaction), transaction.done]);
          return result;
        } catch (error) {
          // Its requests say no more than that it was aborted, where it knows why.
          throw transaction.error ?? error;
        }
      };
      const connecting = connect();
      try {
        return await attempt(connecting);
      } catch (error) {
        if (!closedErrors.has(nameOf(error))) throw error;
        if (opened === connecting) opened = undefined;
        return attempt(connect());
      }
    },
  };
}

/** A transaction on a closed connection; one that was under way when it was closed (Chromium has two names). */
const closedErrors: ReadonlySet<string> = new Set(['InvalidStateError', 'AbortError', 'UnknownError']);

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : '');

/** A connection, to a newer version of the database where a newer page has made one: upgrades only add stores. */
async function openAny<Schema extends DBSchema>(
  name: string,
  version: number,
  upgrade: Upgrade<Schema>,
  onEnd: () => void,
): Promise<IDBPDatabase<Schema>> {
  const callbacks = {
    upgrade,
    // A newer page, in another tab, waits to upgrade: let it.
    blocking(_current: number, _blocked: number | null, event: IDBVersionChangeEvent) {
      (event.target as IDBDatabase).close();
      onEnd();
    },
    terminated: onEnd,
  };
  return openDB<Schema>(name, version, callbacks).catch((error: unknown) => {
    if (nameOf(error) === 'VersionError') return openDB<Schema>(name, undefined, callbacks);
    throw error;
  });
}
