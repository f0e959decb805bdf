import 'fake-indexeddb/auto';
import { afterEach, expect, test, vi } from 'vitest';
import { emptyGraph, type Graph } from '@/lib/graph/schema';
import { endings, transactionsOf, watchConnections } from '@/lib/util/testing/connections';
import { createDocuments } from './documents';

let databases = 0;
const titled = (title: string): Graph => ({ ...emptyGraph(), title });

afterEach(() => vi.restoreAllMocks());

test('documents are written strictly', async () => {
  const connections = watchConnections();
  const documents = createDocuments(`documents-${++databases}`);
  await documents.save('a', titled('One'), 1);
  await documents.remove('a');
  const written = connections.flatMap(transactionsOf).filter(({ mode }) => mode === 'readwrite');
  expect(written.map(({ durability }) => durability)).toEqual(['strict', 'strict']);
});

test.each(endings)('no edit is lost although IndexedDB was %s under the page', async (_how, end) => {
  let writes = 0;
  const connections = watchConnections((connection) => {
    if (++writes === 3) end(connection);
  });
  const endAll = () => {
    for (const connection of connections) end(connection);
  };
  const documents = createDocuments(`documents-${++databases}`);
  await documents.save('a', titled('One'), 1);
  endAll();
  await documents.save('a', titled('Two'), 2);
  await documents.save('a', titled('Three'), 3);
  endAll();
  expect(await documents.load('a')).toMatchObject({ ok: true, graph: titled('Three') });
  endAll();
  expect(await documents.list()).toMatchObject([{ id: 'a', title: 'Three' }]);
});
