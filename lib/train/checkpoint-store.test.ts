import 'fake-indexeddb/auto';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { endings, transactionsOf, watchConnections } from '@/lib/util/testing/connections';
import type { Checkpoint } from './checkpoint';

const checkpointAt = (iteration: number): Checkpoint => ({
  fingerprint: 'abc',
  counters: { iteration, updates: 2 * iteration },
  edits: [],
  data: { arrays: new Map([['weights/a', { shape: [1], values: Float32Array.of(iteration) }]]), steps: {} },
});

/** A page's or worker's own module, with a connection of its own. */
async function openStore(onWrite?: (connection: IDBDatabase) => void) {
  vi.resetModules();
  const connections = watchConnections(onWrite);
  return { connections, ...(await import('./checkpoint-store')) };
}

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

test('the newest checkpoint comes back, and is written strictly', async () => {
  const { connections, saveCheckpoint, loadCheckpoint } = await openStore();
  for (const iteration of [1, 2, 3]) await saveCheckpoint('strict', checkpointAt(iteration));
  expect(await loadCheckpoint('strict')).toEqual(checkpointAt(3));
  const written = connections.flatMap(transactionsOf).filter(({ mode }) => mode === 'readwrite');
  expect(written.map(({ durability }) => durability)).toEqual(['strict', 'strict', 'strict']);
});

test.each(endings)('a checkpoint is kept although IndexedDB was %s under it', async (how, end) => {
  let writes = 0;
  const { connections, saveCheckpoint, loadCheckpoint } = await openStore((connection) => {
    if (++writes === 3) end(connection);
  });
  const endAll = () => {
    for (const connection of connections) end(connection);
  };
  await saveCheckpoint(how, checkpointAt(1));
  endAll();
  await saveCheckpoint(how, checkpointAt(2));
  await saveCheckpoint(how, checkpointAt(3));
  endAll();
  expect(await loadCheckpoint(how)).toEqual(checkpointAt(3));
});

test('a clock that was set back does not bring an older checkpoint back', async () => {
  const { saveCheckpoint, loadCheckpoint } = await openStore();
  vi.useFakeTimers({ now: 2_000_000, toFake: ['Date'] });
  await saveCheckpoint('clock', checkpointAt(1));
  vi.setSystemTime(1_000_000);
  for (const iteration of [2, 3]) await saveCheckpoint('clock', checkpointAt(iteration));
  expect(await loadCheckpoint('clock')).toEqual(checkpointAt(3));
});

test('a copy has the newest checkpoint, and goes its own way', async () => {
  const { saveCheckpoint, loadCheckpoint, copyCheckpoint } = await openStore();
  for (const iteration of [1, 2]) await saveCheckpoint('original', checkpointAt(iteration));
  await copyCheckpoint('original', 'copy', 'page');
  await saveCheckpoint('original', checkpointAt(3));
  expect(await loadCheckpoint('copy')).toEqual(checkpointAt(2));
  await copyCheckpoint('nothing', 'another', 'page');
  expect(await loadCheckpoint('another')).toBeUndefined();
});

describe('a reset', () => {
  test('keeps the run that it replaces, once, and leaves other documents alone', async () => {
    const store = await openStore();
    for (const document of ['reset', 'other']) await store.saveCheckpoint(document, checkpointAt(500));
    await store.replaceCheckpoints('reset');
    expect(await store.loadCheckpoint('reset')).toBeUndefined();
    expect(await store.loadCheckpoint('other')).toEqual(checkpointAt(500));
    expect(await store.bringBackCheckpoint('reset')).toBe(500);
    expect(await store.loadCheckpoint('reset')).toEqual(checkpointAt(500));
    expect(await store.bringBackCheckpoint('reset')).toBeUndefined();
    expect(await store.loadCheckpoint('reset')).toEqual(checkpointAt(500));
  });

  test('of a run that never moved does not push out the one before it', async () => {
    const store = await openStore();
    await store.saveCheckpoint('twice', checkpointAt(500));
    await store.replaceCheckpoints('twice');
    await store.saveCheckpoint('twice', checkpointAt(0));
    await store.replaceCheckpoints('twice');
    expect(await store.bringBackCheckpoint('twice')).toBe(500);
  });

  test('undone keeps what was trained since, for another undo', async () => {
    const store = await openStore();
    await store.saveCheckpoint('both', checkpointAt(500));
    await store.replaceCheckpoints('both');
    await store.saveCheckpoint('both', checkpointAt(20));
    await store.saveCheckpoint('both', checkpointAt(40));
    expect(await store.bringBackCheckpoint('both')).toBe(500);
    await store.saveCheckpoint('both', checkpointAt(510));
    expect(await store.loadCheckpoint('both')).toEqual(checkpointAt(510));
    expect(await store.bringBackCheckpoint('both')).toBe(40);
    expect(await store.bringBackCheckpoint('both')).toBe(510);
  });

  test('to weights from elsewhere keeps what they replace', async () => {
    const store = await openStore();
    await store.saveCheckpoint('given', checkpointAt(500));
    await store.replaceCheckpoints('given', checkpointAt(900));
    expect(await store.loadCheckpoint('given')).toEqual(checkpointAt(900));
    expect(await store.bringBackCheckpoint('given')).toBe(500);
    expect(await store.bringBackCheckpoint('given')).toBe(900);
  });
});
