import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import ringJson from '@/lib/examples/ring.json';
import { parseGraph } from '@/lib/graph/parse';
import { emptyGraph, type Graph } from '@/lib/graph/schema';
import { createAutosave } from './autosave';
import type { DocumentLock } from './document-lock';
import { createDocuments, type Documents } from './documents';
import { createEditorStore } from './editor';

const parsed = parseGraph(ringJson);
if (!parsed.ok) throw new Error('ring.json does not parse');
const ring = parsed.graph;
const rename = (title: string) => (graph: Graph) => ({ ...graph, title });

let databases = 0;
let clock = 0;

/** One tab: its own editor and memory, sharing documents and locks with others. */
function openTab(
  documents: Documents,
  held: Set<string>,
  memory = new Map<string, string>(),
  rescued = new Map<string, string>(),
) {
  let own: string | undefined;
  const lock: DocumentLock = {
    async claim(id) {
      if (id === own) return true;
      if (held.has(id)) return false;
      if (own) held.delete(own);
      held.add(id);
      own = id;
      return true;
    },
  };
  const editor = createEditorStore('', emptyGraph());
  const copies: string[] = [];
  let ids = 0;
  const autosave = createAutosave({
    editor,
    documents,
    lock,
    tab: { getItem: (key) => memory.get(key) ?? null, setItem: (key, value) => memory.set(key, value) },
    rescue: {
      getItem: (key) => rescued.get(key) ?? null,
      setItem: (key, value) => void rescued.set(key, value),
      removeItem: (key) => void rescued.delete(key),
    },
    now: () => ++clock,
    newId: () => `new-${memory.size}-${++ids}`,
    onCopy: (title) => copies.push(title),
    delay: 50,
  });
  autosave.start();
  return { editor, autosave, copies, memory, close: () => own && held.delete(own) };
}

describe('autosave', () => {
  let documents: Documents;
  beforeEach(() => {
    documents = createDocuments(`test-${++databases}`);
  });
  afterEach(() => vi.useRealTimers());

  test('an edit is kept although the page went before IndexedDB had it', async () => {
    const held = new Set<string>();
    const rescued = new Map<string, string>();
    const never = { ...documents, save: () => new Promise<void>(() => undefined) };
    const tab = openTab(never, held, new Map(), rescued);
    tab.editor.open('ring', ring);
    tab.editor.commit('Rename', rename('Mine'));
    tab.autosave.flushAtOnce();
    tab.close();
    const next = openTab(documents, held, tab.memory, rescued);
    await next.autosave.restore();
    expect(next.editor.getState().graph.title).toBe('Mine');
    await next.autosave.flush();
    expect(rescued.size).toBe(0);
  });

  test('a reloaded tab has its document back as it was', async () => {
    const held = new Set<string>();
    const tab = openTab(documents, held);
    tab.editor.open('ring', ring);
    tab.editor.commit('Rename', rename('Mine'));
    await tab.autosave.flush();
    tab.close();
    const reloaded = openTab(documents, held, tab.memory);
    await reloaded.autosave.restore();
    expect(reloaded.editor.getState()).toMatchObject({ id: 'ring', graph: { ...ring, title: 'Mine' } });
    expect(reloaded.editor.getState().past).toEqual([]);
  });

  test('a killed tab loses nothing that is older than the delay', async () => {
    const tab = openTab(documents, new Set());
    tab.editor.open('ring', ring);
    tab.editor.commit('Rename', rename('Mine'));
    expect(tab.autosave.getState().status).toBe('unsaved');
    await vi.waitFor(() => expect(tab.autosave.getState().status).toBe('saved'));
    const later = openTab(documents, new Set());
    await later.autosave.restore();
    expect(later.editor.getState().graph.title).toBe('Mine');
  });

  test('a second tab on one document opens a copy, and the first keeps its own', async () => {
    const held = new Set<string>();
    const first = openTab(documents, held);
    first.editor.open('ring', ring);
    await first.autosave.flush();
    await vi.waitFor(() => expect(held.has('ring')).toBe(true));
    const second = openTab(documents, held);
    await second.autosave.restore();
    expect(second.copies).toEqual([ring.title]);
    expect(second.editor.getState().id).not.toBe('ring');
    second.editor.commit('Rename', rename('Changed'));
    await second.autosave.flush();
    const kept = await documents.load('ring');
    expect(kept?.ok && kept.graph.title).toBe(ring.title);
  });

  test('opening another document keeps the one that was open, edits not yet written included', async () => {
    const tab = openTab(documents, new Set());
    tab.editor.open('ring', ring);
    tab.editor.commit('Rename', rename('Just now'));
    tab.editor.open('other', { ...emptyGraph(), about: 'x' });
    await tab.autosave.flush();
    expect((await documents.list()).map(({ id, title }) => [id, title])).toEqual([
      ['other', 'Untitled'],
      ['ring', 'Just now'],
    ]);
    expect(await tab.autosave.openKept('ring')).toBe(true);
    expect(tab.editor.getState().graph.title).toBe('Just now');
  });

  test('a document is marked as worked on when it is edited or trained, and stays so', async () => {
    const tab = openTab(documents, new Set());
    const marks = async () => {
      await tab.autosave.flush();
      return Object.fromEntries((await documents.list()).map(({ id, isWorked }) => [id, isWorked]));
    };
    tab.editor.open('seen', ring);
    expect(await marks()).toEqual({ seen: false });
    tab.editor.open('edited', ring);
    tab.editor.commit('Rename', rename('Mine'));
    tab.editor.open('trained', ring);
    tab.autosave.markWorked();
    expect(await marks()).toEqual({ seen: false, edited: true, trained: true });
    await tab.autosave.openKept('edited');
    expect(await marks()).toEqual({ seen: false, edited: true, trained: true });
  });

  test('of documents that were only looked at, the newest eight stay beside the open one', async () => {
    const tab = openTab(documents, new Set());
    tab.editor.open('edited', ring);
    tab.editor.commit('Rename', rename('Mine'));
    for (let i = 0; i < 12; i++) {
      tab.editor.open(`seen-${i}`, ring);
      await tab.autosave.flush();
    }
    const kept = (await documents.list()).map(({ id }) => id);
    expect(kept.filter((id) => id.startsWith('seen'))).toHaveLength(9);
    expect(kept).toContain('edited');
    expect(await documents.load('seen-0')).toBeUndefined();
  });

  test('a blank document is not kept until something is done in it', async () => {
    const tab = openTab(documents, new Set());
    await tab.autosave.restore();
    await tab.autosave.flush();
    expect(await documents.list()).toEqual([]);
    tab.editor.commit('Rename', rename('Begun'));
    await tab.autosave.flush();
    expect((await documents.list()).length).toBe(1);
  });

  test('a failure is told, and the next write brings the newest state', async () => {
    let isFull = true;
    const failing: Documents = {
      ...documents,
      save: (...args) => (isFull ? Promise.reject(new Error('QuotaExceeded')) : documents.save(...args)),
    };
    const tab = openTab(failing, new Set());
    tab.editor.open('ring', ring);
    await tab.autosave.flush();
    expect(tab.autosave.getState()).toMatchObject({ status: 'failed', reason: 'Error: QuotaExceeded' });
    isFull = false;
    await tab.autosave.flush();
    expect(tab.autosave.getState().status).toBe('saved');
    expect((await documents.list()).map(({ id }) => id)).toEqual(['ring']);
  });

  test('a kept document that does not parse is passed over', async () => {
    await documents.save('good', ring, 1);
    await documents.save('damaged', { ...ring, version: 99 } as unknown as Graph, 2);
    const tab = openTab(documents, new Set());
    await tab.autosave.restore();
    expect(tab.editor.getState().id).toBe('good');
  });
});
