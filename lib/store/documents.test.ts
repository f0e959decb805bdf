import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { afterEach, expect, test, vi } from 'vitest';
import { emptyGraph, type Graph } from '@/lib/graph/schema';
import { endings, transactionsOf, watchConnections } from '@/lib/util/testing/connections';
import { createDocuments, type DocumentWrite } from './documents';

let databases = 0;
const openDocuments = () => createDocuments(`documents-${++databases}`);
const titled = (title: string): Graph => ({ ...emptyGraph(), title });
/** A save of document `a`; revisions and times count. */
const write = (number: number, replaces: readonly string[] = [`r${number - 1}`]): DocumentWrite => ({
  id: 'a',
  graph: titled(`Title ${number}`),
  savedAt: number,
  revision: `r${number}`,
  replaces,
});

afterEach(() => vi.restoreAllMocks());

test('documents are written strictly', async () => {
  const connections = watchConnections();
  const documents = openDocuments();
  await documents.save(write(1));
  await documents.touch('a', 2);
  const written = connections.flatMap(transactionsOf).filter(({ mode }) => mode === 'readwrite');
  expect(written.map(({ durability }) => durability)).toEqual(['strict', 'strict']);
});

test('a write takes the place of what its writer has seen, and of nothing else', async () => {
  const documents = openDocuments();
  expect(await documents.save(write(1))).toBe(true);
  expect(await documents.save(write(2))).toBe(true);
  // Another tab, which has seen the first only.
  expect(await documents.save({ ...write(3), replaces: ['r1'] })).toBe(false);
  expect(await documents.save({ ...write(3), replaces: [] })).toBe(false);
  expect(await documents.load('a')).toMatchObject({ revision: 'r2', result: { graph: titled('Title 2') } });
  expect(await documents.list()).toMatchObject([{ title: 'Title 2', revision: 'r2', savedAt: 2 }]);
});

test('a write that has arrived already is no conflict', async () => {
  const documents = openDocuments();
  await documents.save(write(1));
  expect(await documents.save(write(1, []))).toBe(true);
});

test('what was kept before there were revisions can be replaced by who has read it', async () => {
  const name = `documents-${++databases}`;
  const documents = createDocuments(name);
  await documents.save(write(1));
  const db = await openDB(name);
  const { revision, ...older } = await db.get('entries', 'a');
  await db.put('entries', older);
  expect(revision).toBe('r1');
  expect(await documents.save(write(2, []))).toBe(false);
  const read = await documents.load('a');
  expect(await documents.save(write(2, [read?.revision ?? 'none']))).toBe(true);
});

test('the history of just the kept revision comes with the document', async () => {
  const documents = openDocuments();
  const history = { version: 1, past: ['{}'], future: [] };
  await documents.save({ ...write(1), history });
  expect((await documents.load('a'))?.history).toEqual(history);
  await documents.save(write(2));
  expect((await documents.load('a'))?.history).toBeUndefined();
});

test('what an older page kept, without histories, is there', async () => {
  const name = `documents-${++databases}`;
  const older = await openDB(name, 1, {
    upgrade(db) {
      db.createObjectStore('entries', { keyPath: 'id' }).createIndex('by-time', 'savedAt');
      db.createObjectStore('graphs');
    },
  });
  older.addEventListener('versionchange', () => older.close());
  await older.put('entries', { id: 'a', title: 'Title 1', savedAt: 1, nodes: 0 });
  await older.put('graphs', titled('Title 1'), 'a');
  const documents = createDocuments(name);
  expect(await documents.load('a')).toMatchObject({ revision: '', result: { ok: true } });
  expect(await documents.save(write(2, ['']))).toBe(true);
});

test('a document that is opened is the newest, in the same revision', async () => {
  const documents = openDocuments();
  await documents.save(write(1));
  await documents.save({ ...write(2, []), id: 'b' });
  await documents.touch('a', 3);
  await documents.touch('gone', 4);
  expect((await documents.list()).map(({ id, revision }) => [id, revision])).toEqual([
    ['a', 'r1'],
    ['b', 'r2'],
  ]);
});

test.each(endings)('no edit is lost although IndexedDB was %s under the page', async (_how, end) => {
  let writes = 0;
  const connections = watchConnections((connection) => {
    if (++writes === 3) end(connection);
  });
  const endAll = () => {
    for (const connection of connections) end(connection);
  };
  const documents = openDocuments();
  expect(await documents.save(write(1))).toBe(true);
  endAll();
  expect(await documents.save(write(2))).toBe(true);
  expect(await documents.save(write(3))).toBe(true);
  endAll();
  expect((await documents.load('a'))?.result).toMatchObject({ ok: true, graph: titled('Title 3') });
  endAll();
  expect(await documents.list()).toMatchObject([{ id: 'a', title: 'Title 3' }]);
});
