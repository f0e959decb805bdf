import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { emptyGraph, type Graph } from '@/lib/graph/schema';
import { createDocuments, type Documents } from './documents';
import { fakeLocks } from './testing/locks';
import { type Browser, memoryStorage, openTab } from './testing/tab';

const graph: Graph = { ...emptyGraph(), title: 'Shared', about: '.' };
const rename = (title: string) => (before: Graph) => ({ ...before, title });

let databases = 0;
const openBrowser = (locks: LockManager | undefined): Browser => ({
  documents: createDocuments(`tabs-${++databases}`),
  locks,
  local: memoryStorage(),
});
const titlesOf = async (documents: Documents) => (await documents.list()).map(({ title }) => title).sort();
const keptGraph = async (documents: Documents, id: string) => {
  const kept = await documents.load(id);
  return kept?.result.ok ? kept.result.graph : undefined;
};

describe('two tabs with Web Locks', () => {
  let browser: Browser;
  beforeEach(() => {
    browser = openBrowser(fakeLocks());
  });

  test('the second one opens a copy, and the first keeps its own', async () => {
    const first = openTab(browser);
    first.editor.open('a', graph);
    await first.autosave.flush();
    const second = openTab(browser);
    await second.autosave.restore();
    expect(second.copies).toEqual([{ title: 'Shared', copy: 'Shared (copy)', why: 'open' }]);
    expect(second.editor.getState().id).not.toBe('a');
    second.editor.commit('Rename', rename('Theirs'));
    first.editor.commit('Rename', rename('Mine'));
    await Promise.all([first.autosave.flush(), second.autosave.flush()]);
    expect(await titlesOf(browser.documents)).toEqual(['Mine', 'Theirs']);
    expect(first.copies).toEqual([]);
  });

  test('a reload never opens its own document as a copy, even while the page before it still lives', async () => {
    const page = openTab(browser);
    page.editor.open('a', graph);
    page.editor.commit('Rename', rename('Mine'));
    page.autosave.flushAtOnce();
    const reloaded = openTab(browser, page.tab, { isReload: true });
    await reloaded.autosave.restore();
    await page.autosave.flush();
    expect(reloaded.copies).toEqual([]);
    expect(reloaded.editor.getState()).toMatchObject({ id: 'a', graph: { title: 'Mine' } });
    reloaded.editor.commit('Rename', rename('Mine still'));
    await reloaded.autosave.flush();
    expect(await titlesOf(browser.documents)).toEqual(['Mine still']);
    expect(reloaded.copies).toEqual([]);
  });

  test('leaving the editor lets go, so that coming back opens the document itself', async () => {
    const page = openTab(browser);
    page.editor.open('a', graph);
    await page.autosave.flush();
    page.stop();
    const back = openTab(browser, page.tab);
    await back.autosave.restore();
    expect(back.editor.getState().id).toBe('a');
    expect(back.copies).toEqual([]);
  });

  test('a document that is being opened while another tab takes it goes on as a copy', async () => {
    const unhurried = { delay: 60_000 };
    const first = openTab(browser, memoryStorage(), unhurried);
    const second = openTab(browser, memoryStorage(), unhurried);
    first.editor.open('a', graph);
    second.editor.open('a', graph);
    second.editor.commit('Rename', rename('Theirs'));
    await vi.waitFor(() => expect(second.copies).toEqual([expect.objectContaining({ why: 'open' })]));
    expect(second.editor.getState().graph.title).toBe('Theirs (copy)');
    expect(second.editor.getState().past).toHaveLength(1);
    first.editor.commit('Rename', rename('Mine'));
    await Promise.all([first.autosave.flush(), second.autosave.flush()]);
    expect(await titlesOf(browser.documents)).toEqual(['Mine', 'Theirs (copy)']);
  });
});

describe('two tabs without Web Locks', () => {
  let browser: Browser;
  beforeEach(() => {
    browser = openBrowser(undefined);
  });

  async function openBoth() {
    const first = openTab(browser);
    first.editor.open('a', graph);
    await first.autosave.flush();
    const second = openTab(browser);
    await second.autosave.restore();
    expect(second.editor.getState().id).toBe('a');
    return { first, second };
  }

  test('opening and looking changes nothing for the other', async () => {
    const { first, second } = await openBoth();
    await second.autosave.flush();
    first.editor.commit('Rename', rename('Mine'));
    await first.autosave.flush();
    expect(first.copies).toEqual([]);
    expect(await titlesOf(browser.documents)).toEqual(['Mine']);
  });

  test('the second writer gets a message, and its work goes on as a copy with its history', async () => {
    const { first, second } = await openBoth();
    second.editor.commit('Rename', rename('Theirs'));
    first.editor.commit('Rename', rename('Mine'));
    await first.autosave.flush();
    await second.autosave.flush();
    expect(second.copies).toEqual([{ title: 'Theirs', copy: 'Theirs (copy)', why: 'changed' }]);
    const { id, graph: copy } = second.editor.getState();
    expect(id).not.toBe('a');
    expect(copy.title).toBe('Theirs (copy)');
    await second.autosave.flush();
    second.editor.undo();
    expect(second.editor.getState().graph.title).toBe('Shared (copy)');
    second.editor.redo();
    await second.autosave.flush();
    expect(await titlesOf(browser.documents)).toEqual(['Mine', 'Theirs (copy)']);
    expect(second.autosave.getState().status).toBe('saved');
    // From then on they are two documents.
    first.editor.commit('Rename', rename('Mine still'));
    second.editor.commit('Rename', rename('Theirs still'));
    await Promise.all([first.autosave.flush(), second.autosave.flush()]);
    expect(await titlesOf(browser.documents)).toEqual(['Mine still', 'Theirs still']);
    expect([first.copies.length, second.copies.length]).toEqual([0, 1]);
  });

  test('P15: work that is trained in the other tab too goes on as a copy, with its edits', async () => {
    const { first, second } = await openBoth();
    second.editor.commit('Rename', rename('Theirs'));
    second.autosave.part('another');
    expect(second.copies).toEqual([]);
    second.autosave.part('a');
    await Promise.all([first.autosave.flush(), second.autosave.flush()]);
    expect(second.copies).toEqual([{ title: 'Theirs', copy: 'Theirs (copy)', why: 'trained' }]);
    expect(second.editor.getState()).toMatchObject({ copyOf: 'a', graph: { title: 'Theirs (copy)' } });
    expect(await titlesOf(browser.documents)).toEqual(['Shared', 'Theirs (copy)']);
  });

  test('a gesture under way goes on in the copy', async () => {
    const { first, second } = await openBoth();
    first.editor.commit('Rename', rename('Mine'));
    await first.autosave.flush();
    const append = (text: string) => (before: Graph) => ({ ...before, about: before.about + text });
    second.editor.begin('Type');
    second.editor.preview(append('x'));
    await second.autosave.flush();
    second.editor.preview(append('xy'));
    second.editor.end();
    expect(second.editor.getState().graph).toMatchObject({ title: 'Shared (copy)', about: '.xy' });
    expect(second.editor.getState().past).toHaveLength(1);
  });

  test('edits of a document that is no longer open are kept as a copy', async () => {
    const { first, second } = await openBoth();
    first.editor.commit('Rename', rename('Mine'));
    await first.autosave.flush();
    second.editor.commit('Rename', rename('Theirs'));
    second.editor.open('b', { ...graph, title: 'Another' });
    await second.autosave.flush();
    await second.autosave.flush();
    expect(second.editor.getState().id).toBe('b');
    // Not “your work goes on here”: something else is open.
    expect(second.copies).toEqual([{ title: 'Theirs', copy: 'Theirs (copy)', why: 'recovered' }]);
    expect(await titlesOf(browser.documents)).toEqual(['Another', 'Mine', 'Theirs (copy)']);
  });

  test('what a closed page left does not overwrite what another tab wrote after it', async () => {
    const { first, second } = await openBoth();
    const never = { ...browser.documents, save: () => new Promise<boolean>(() => undefined) };
    const closing = openTab({ ...browser, documents: never }, second.tab);
    await closing.autosave.restore();
    closing.editor.commit('Rename', rename('Last words'));
    closing.leave();
    first.editor.commit('Rename', rename('Mine'));
    await first.autosave.flush();
    const next = openTab(browser, closing.tab);
    await next.autosave.restore();
    expect(next.copies).toEqual([{ title: 'Last words', copy: 'Last words (recovered)', why: 'recovered' }]);
    expect(await titlesOf(browser.documents)).toEqual(['Last words (recovered)', 'Mine']);
    expect((await keptGraph(browser.documents, 'a'))?.title).toBe('Mine');
    expect(browser.local.length).toBe(0);
  });

  test('what a closed page left is found although another document is opened', async () => {
    const never = { ...browser.documents, save: () => new Promise<boolean>(() => undefined) };
    const closing = openTab({ ...browser, documents: never });
    closing.editor.open('fresh', { ...graph, title: 'Fresh' });
    closing.leave();
    const next = openTab(browser);
    next.editor.open('b', { ...graph, title: 'Another' });
    await next.autosave.openKept('nowhere');
    await next.autosave.flush();
    expect(await titlesOf(browser.documents)).toEqual(['Another', 'Fresh']);
  });

  test('whatever two tabs do, and in whatever order, no edit is missing from what is kept', async () => {
    const step = fc.record({
      tab: fc.constantFrom(0, 1),
      act: fc.constantFrom('edit', 'edit', 'flush', 'send', 'reload', 'close', 'kill'),
    });
    /** A page that can be killed: what it has begun to write then never arrives, and it never hears of it. */
    const openPage = (tab = memoryStorage(), isReload = false) => {
      let isAlive = true;
      const save: Documents['save'] = (write) =>
        isAlive ? browser.documents.save(write) : new Promise(() => undefined);
      const page = openTab({ ...browser, documents: { ...browser.documents, save } }, tab, { isReload });
      return {
        ...page,
        kill() {
          isAlive = false;
        },
      };
    };
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        browser = openBrowser(undefined);
        const [first, second] = [openPage(), openPage()];
        first.editor.open('a', graph);
        await first.autosave.flush();
        await second.autosave.restore();
        const tabs = [first, second];
        let edits = 0;
        for (const { tab, act } of steps) {
          const page = tabs[tab] as typeof first;
          if (act === 'edit') {
            const mark = `[${++edits}]`;
            page.editor.commit('Write', (before) => ({ ...before, about: before.about + mark }));
          } else if (act === 'flush') await page.autosave.flush();
          else if (act === 'send') void page.autosave.flush();
          else {
            if (act === 'kill') page.kill();
            page.autosave.flushAtOnce();
            page.stop();
            const next = openPage(page.tab, act === 'reload');
            await next.autosave.restore();
            tabs[tab] = next;
          }
        }
        for (const page of tabs) for (let i = 0; i < 3; i++) await page.autosave.flush();
        const kept = await Promise.all(
          (await browser.documents.list()).map(({ id }) => keptGraph(browser.documents, id)),
        );
        const texts = kept.map((one) => one?.about ?? '').join('\n');
        for (let i = 1; i <= edits; i++) expect(texts).toContain(`[${i}]`);
      }),
      { numRuns: 60 },
    );
  });
});
