import 'fake-indexeddb/auto';
import type { DBSchema } from 'idb';
import { afterEach, expect, test, vi } from 'vitest';
import { createDatabase, type Database } from './database';
import { cutOff, endings, watchConnections } from './testing/connections';

interface Schema extends DBSchema {
  notes: { key: string; value: string };
}

let databases = 0;
const freshName = () => `database-${++databases}`;
const make = (name: string, version = 1) =>
  createDatabase<Schema>(name, version, (db, before) => {
    if (before < 1) db.createObjectStore('notes');
  });
const write = (database: Database<Schema>, text: string) =>
  database.transact(['notes'], 'readwrite', (transaction) => transaction.objectStore('notes').put(text, 'a'));
const read = (database: Database<Schema>) =>
  database.transact(['notes'], 'readonly', (transaction) => transaction.objectStore('notes').get('a'));

afterEach(() => vi.restoreAllMocks());

test('one connection serves all tasks', async () => {
  const connections = watchConnections();
  const database = make(freshName());
  await Promise.all([write(database, 'one'), read(database)]);
  expect(await read(database)).toBe('one');
  expect(connections).toHaveLength(1);
});

test.each(endings)('a connection that was %s is opened anew, and the task done', async (_how, end) => {
  const connections = watchConnections();
  const database = make(freshName());
  await write(database, 'one');
  end(connections[0] as IDBDatabase);
  await write(database, 'two');
  expect(await read(database)).toBe('two');
  expect(connections).toHaveLength(2);
});

test('a task that was cut off is done again', async () => {
  let cuts = 0;
  watchConnections((connection) => {
    if (++cuts === 1) cutOff(connection);
  });
  const database = make(freshName());
  await write(database, 'late');
  expect(cuts).toBe(2);
  expect(await read(database)).toBe('late');
});

test('a page that upgrades is let through, and the older page goes on in the upgraded database', async () => {
  const name = freshName();
  const older = make(name);
  await write(older, 'one');
  await write(make(name, 2), 'two');
  await write(older, 'three');
  expect(await read(make(name, 2))).toBe('three');
});

test('any other failure is passed on at once, and the next task goes on', async () => {
  const database = make(freshName());
  let tries = 0;
  const full = async () => {
    tries++;
    throw new DOMException('full', 'QuotaExceededError');
  };
  await expect(database.transact(['notes'], 'readwrite', full)).rejects.toThrow('full');
  expect(tries).toBe(1);
  await write(database, 'one');
  expect(await read(database)).toBe('one');
});

test('a database that could not be opened is tried again by the next task', async () => {
  const database = make(freshName());
  vi.spyOn(indexedDB, 'open').mockImplementationOnce(() => {
    throw new DOMException('not now', 'SecurityError');
  });
  await expect(read(database)).rejects.toThrow('not now');
  await write(database, 'one');
  expect(await read(database)).toBe('one');
});
