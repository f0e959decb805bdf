import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import ringJson from '@/lib/examples/ring.json';
import { parseGraph } from '@/lib/graph/parse';
import { emptyGraph, type Graph } from '@/lib/graph/schema';
import { createDocuments, type Documents } from './documents';
import { redoLabel, undoLabel } from './editor';
import type { KeptHistory } from './kept-history';
import { fakeLocks } from './testing/locks';
import { type Browser, memoryStorage, openTab } from './testing/tab';

const parsed = parseGraph(ringJson);
if (!parsed.ok) throw new Error('ring.json does not parse');
const ring = parsed.graph;
const rename = (title: string) => (graph: Graph) => ({ ...graph, title });

let databases = 0;

describe('autosave', () => {
  let documents: Documents;
  let browser: Browser;
  beforeEach(() => {
    documents = createDocuments(`test-${++databases}`);
    browser = { documents, locks: fakeLocks(), local: memoryStorage() };
  });
  const titles = async () => (await documents.list()).map(({ title }) => title).sort();
  const keptTitle = async (id: string) => {
    const kept = await documents.load(id);
    return kept?.result.ok && kept.result.graph.title;
  };

  test('an edit is kept although the page went before IndexedDB had it', async () => {
    const never = { ...documents, save: () => new Promise<boolean>(() => undefined) };
    const page = openTab({ ...browser, documents: never });
    page.editor.open('ring', ring);
    page.editor.commit('Rename', rename('Mine'));
    page.leave();
    const next = openTab(browser, page.tab, { isReload: true });
    await next.autosave.restore();
    expect(next.editor.getState()).toMatchObject({ id: 'ring', graph: { title: 'Mine' } });
    await next.autosave.flush();
    expect(browser.local.length).toBe(0);
    expect(next.copies).toEqual([]);
  });

  test('a reloaded tab has its document back as it was', async () => {
    const page = openTab(browser);
    page.editor.open('ring', ring);
    page.editor.commit('Rename', rename('Mine'));
    await page.autosave.flush();
    page.leave();
    const reloaded = openTab(browser, page.tab, { isReload: true });
    await reloaded.autosave.restore();
    expect(reloaded.editor.getState()).toMatchObject({ id: 'ring', graph: { ...ring, title: 'Mine' } });
  });

  const editTwice = (page: ReturnType<typeof openTab>) => {
    page.editor.open('ring', ring);
    page.editor.commit('Rename', rename('One'));
    page.editor.commit('Rename again', rename('Two'));
    page.editor.undo();
  };
  /** Undone and done again as if there had been no reload. */
  const expectHistory = ({ editor }: ReturnType<typeof openTab>) => {
    expect([undoLabel(editor.getState()), redoLabel(editor.getState())]).toEqual(['Rename', 'Rename again']);
    const seen = [editor.undo, editor.redo, editor.redo].map((turn) => {
      turn();
      return editor.getState().graph;
    });
    expect(seen).toEqual([ring, { ...ring, title: 'One' }, { ...ring, title: 'Two' }]);
  };

  test('undo and redo survive a reload, and the reload after that', async () => {
    let page = openTab(browser);
    editTwice(page);
    await page.autosave.flush();
    for (let i = 0; i < 2; i++) {
      page.leave();
      page = openTab(browser, page.tab, { isReload: true });
      await page.autosave.restore();
      expectHistory(page);
      page.editor.undo();
      await page.autosave.flush();
    }
    expect((await titles()).length).toBe(1);
  });

  test('undo and redo survive where the page went before IndexedDB had them', async () => {
    const page = openTab({ ...browser, documents: { ...documents, save: () => new Promise(() => {}) } });
    editTwice(page);
    page.leave();
    const next = openTab(browser, page.tab, { isReload: true });
    await next.autosave.restore();
    expectHistory(next);
  });

  test('a gesture that a reload cut off is a step that can be undone', async () => {
    const page = openTab(browser);
    page.editor.open('ring', ring);
    page.editor.begin('Type');
    page.editor.preview(rename('Half a wo'));
    await page.autosave.flush();
    page.leave();
    const next = openTab(browser, page.tab, { isReload: true });
    await next.autosave.restore();
    expect(undoLabel(next.editor.getState())).toBe('Type');
    next.editor.undo();
    expect(next.editor.getState().graph).toEqual(ring);
  });

  test('a history of another state, or a damaged one, is no history', async () => {
    const page = openTab(browser);
    editTwice(page);
    await page.autosave.flush();
    page.leave();
    const { revision } = (await documents.list())[0] ?? {};
    const other = { ...ring, title: 'Elsewhere' };
    const { history } = (await documents.load('ring')) ?? {};
    await documents.save({
      id: 'ring',
      graph: other,
      savedAt: 1,
      revision: 'other',
      replaces: [revision ?? ''],
      history: history as KeptHistory,
    });
    const next = openTab(browser, page.tab, { isReload: true });
    await next.autosave.restore();
    expect(next.editor.getState()).toMatchObject({ graph: other, past: [], future: [] });
  });

  test('a reloaded blank document is blank again, whatever else is kept', async () => {
    const other = openTab(browser);
    other.editor.open('ring', ring);
    await other.autosave.flush();
    const page = openTab(browser);
    page.editor.open('blank', emptyGraph());
    page.leave();
    const reloaded = openTab(browser, page.tab, { isReload: true });
    await reloaded.autosave.restore();
    expect(reloaded.editor.getState()).toMatchObject({ id: 'blank', graph: emptyGraph() });
    expect(reloaded.copies).toEqual([]);
  });

  test('a killed tab loses nothing that is older than the delay', async () => {
    const page = openTab(browser);
    page.editor.open('ring', ring);
    page.editor.commit('Rename', rename('Mine'));
    expect(page.autosave.getState().status).toBe('unsaved');
    await vi.waitFor(() => expect(page.autosave.getState().status).toBe('saved'));
    const later = openTab({ ...browser, locks: fakeLocks() });
    await later.autosave.restore();
    expect(later.editor.getState().graph.title).toBe('Mine');
  });

  test('opening another document keeps the one that was open, edits not yet written included', async () => {
    const page = openTab(browser);
    page.editor.open('ring', ring);
    page.editor.commit('Rename', rename('Just now'));
    page.editor.open('other', { ...emptyGraph(), about: 'x' });
    await page.autosave.flush();
    expect(await titles()).toEqual(['Just now', 'Untitled']);
    expect(await page.autosave.openKept('ring')).toBe(true);
    expect(page.editor.getState().graph.title).toBe('Just now');
    expect(await page.autosave.openKept('nowhere')).toBe(false);
    expect(page.editor.getState().id).toBe('ring');
  });

  test('what is opened while another document is still read stays open', async () => {
    const page = openTab(browser);
    page.editor.open('ring', ring);
    await page.autosave.flush();
    page.leave();
    const next = openTab(browser, page.tab);
    const restored = next.autosave.restore();
    next.editor.open('dropped', { ...ring, title: 'Dropped' });
    await restored;
    expect(next.editor.getState().graph.title).toBe('Dropped');
  });

  test('a document is marked as worked on when it is edited or trained, and stays so', async () => {
    const page = openTab(browser);
    const marks = async () => {
      await page.autosave.flush();
      return Object.fromEntries((await documents.list()).map(({ id, isWorked }) => [id, isWorked]));
    };
    page.editor.open('seen', ring);
    expect(await marks()).toEqual({ seen: false });
    page.editor.open('edited', ring);
    page.editor.commit('Rename', rename('Mine'));
    page.editor.open('trained', ring);
    page.autosave.markWorked();
    expect(await marks()).toEqual({ seen: false, edited: true, trained: true });
    await page.autosave.openKept('edited');
    expect(await marks()).toEqual({ seen: false, edited: true, trained: true });
  });

  test('of documents that were only looked at, the newest eight stay beside the open one', async () => {
    const page = openTab(browser);
    page.editor.open('edited', ring);
    page.editor.commit('Rename', rename('Mine'));
    for (let i = 0; i < 12; i++) {
      page.editor.open(`seen-${i}`, ring);
      await page.autosave.flush();
    }
    const kept = (await documents.list()).map(({ id }) => id);
    expect(kept.filter((id) => id.startsWith('seen'))).toHaveLength(9);
    expect(kept).toContain('edited');
    expect(await documents.load('seen-0')).toBeUndefined();
  });

  test('a blank document is not kept until something is done in it', async () => {
    const page = openTab(browser);
    await page.autosave.restore();
    await page.autosave.flush();
    expect(await documents.list()).toEqual([]);
    page.editor.commit('Rename', rename('Begun'));
    await page.autosave.flush();
    expect(await titles()).toEqual(['Begun']);
  });

  test('the first edit by hand is reported, once', async () => {
    const onFirstEdit = vi.fn();
    const page = openTab(browser, memoryStorage(), { onFirstEdit });
    page.editor.open('ring', ring);
    page.autosave.markWorked();
    expect(onFirstEdit).not.toHaveBeenCalled();
    for (const title of ['One', 'Two']) page.editor.commit('Rename', rename(title));
    page.editor.open('other', ring);
    page.editor.commit('Rename', rename('Three'));
    expect(onFirstEdit).toHaveBeenCalledOnce();
  });

  test('a failure is shown, and the next write brings the newest state of every document', async () => {
    let isFull = true;
    const failing: Documents = {
      ...documents,
      save: (write) => (isFull ? Promise.reject(new Error('QuotaExceeded')) : documents.save(write)),
    };
    const page = openTab({ ...browser, documents: failing });
    page.editor.open('ring', ring);
    page.editor.commit('Rename', rename('Not yet'));
    await page.autosave.flush();
    expect(page.autosave.getState()).toMatchObject({ status: 'failed', reason: 'Error: QuotaExceeded' });
    page.editor.commit('Rename', rename('Newest'));
    page.editor.open('other', { ...ring, title: 'Other' });
    await page.autosave.flush();
    isFull = false;
    await page.autosave.flush();
    expect(page.autosave.getState().status).toBe('saved');
    expect(await titles()).toEqual(['Newest', 'Other']);
  });

  test('a kept document that does not parse is passed over', async () => {
    const write = { graph: ring, revision: 'r', replaces: [] };
    const damaged = { ...ring, version: 99 } as unknown as Graph;
    await documents.save({ ...write, id: 'good', savedAt: 1 });
    await documents.save({ ...write, id: 'damaged', graph: damaged, savedAt: 2 });
    const page = openTab(browser);
    await page.autosave.restore();
    expect(page.editor.getState().id).toBe('good');
    expect(await keptTitle('damaged')).toBe(false);
  });
});
