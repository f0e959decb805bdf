import { forceCloseDatabase } from 'fake-indexeddb';
import { vi } from 'vitest';

const transactions = new WeakMap<IDBDatabase, IDBTransaction[]>();

/** Every IndexedDB connection that is opened from now on, until mocks are restored; and who hears of its writes. */
export function watchConnections(onWrite?: (connection: IDBDatabase) => void): IDBDatabase[] {
  const connections: IDBDatabase[] = [];
  const open = indexedDB.open.bind(indexedDB);
  vi.spyOn(indexedDB, 'open').mockImplementation((...args) => {
    const request = open(...args);
    request.addEventListener('success', () => {
      connections.push(request.result);
      watchTransactions(request.result, onWrite);
    });
    return request;
  });
  return connections;
}

function watchTransactions(connection: IDBDatabase, onWrite?: (connection: IDBDatabase) => void): void {
  const begun: IDBTransaction[] = [];
  transactions.set(connection, begun);
  const begin = connection.transaction.bind(connection);
  connection.transaction = (...args) => {
    const transaction = begin(...args);
    begun.push(transaction);
    // After the first requests were made.
    if (transaction.mode === 'readwrite') queueMicrotask(() => onWrite?.(connection));
    return transaction;
  };
}

/** The transactions of a connection that was watched. */
export const transactionsOf = (connection: IDBDatabase): readonly IDBTransaction[] =>
  transactions.get(connection) ?? [];

/** As a browser closes a connection whose data is cleared or whose disk fails: what is under way is undone. */
export function cutOff(connection: IDBDatabase): void {
  for (const transaction of transactionsOf(connection)) {
    try {
      transaction.abort();
    } catch {
      // It had ended.
    }
  }
  forceCloseDatabase(connection as never);
}

/** The ways in which a connection ends under a page. */
export const endings: readonly (readonly [how: string, end: (connection: IDBDatabase) => void])[] = [
  ['closed', (connection) => connection.close()],
  ['cut off', cutOff],
];
