import { createStore, type StoreApi } from 'zustand/vanilla';
import { parseDocument } from '@/lib/check/parse';
import { formatGraph, type ParseResult } from '@/lib/graph/parse';
import { emptyGraph, type Graph } from '@/lib/graph/schema';
import type { DocumentLock } from './document-lock';
import type { Documents } from './documents';
import type { EditorStore } from './editor';
import type { KeyValue } from './kept-runs';

/**
 * Keeps the open document in this browser: a moment after each edit, at once when the page is hidden or
 * another document is opened; and brings it back. A document that another tab has open is opened as a copy.
 */
export interface AutosaveState {
  readonly status: 'saved' | 'unsaved' | 'failed';
  /** Why keeping failed: storage full, or forbidden. */
  readonly reason: string | undefined;
}

export interface Autosave extends StoreApi<AutosaveState> {
  /** Begins to keep what is edited; gives a function that ends it. */
  start(): () => void;
  /** The document that this tab, or else any, had open last; a new one if there is none. */
  restore(): Promise<void>;
  /** A kept document; the open one stays among the documents. False where it cannot be opened. */
  openKept(id: string): Promise<boolean>;
  /** The open document is worth keeping without an edit: it was trained, or came from a file or a link. */
  markWorked(): void;
  /** Writes what is not yet written. */
  flush(): Promise<void>;
  /** The same where the page may be gone before a write ends. */
  flushAtOnce(): void;
}

export interface AutosaveOptions {
  readonly editor: EditorStore;
  readonly documents: Documents;
  readonly lock: DocumentLock;
  /** This tab's own memory: sessionStorage. */
  readonly tab: Pick<KeyValue, 'getItem' | 'setItem'>;
  /** Written at once: holds what a closing page has no time to give to IndexedDB. */
  readonly rescue: KeyValue;
  readonly now: () => number;
  readonly newId: () => string;
  /** Told when a document was opened as a copy, with its title. */
  readonly onCopy?: (title: string) => void;
  readonly delay?: number;
}

const TAB_KEY = 'ganvas-open-document';
const DELAY_MS = 400;
const rescueKey = (id: string) => `ganvas-rescue:${id}`;

export function createAutosave(options: AutosaveOptions): Autosave {
  const { editor, documents, lock, tab, rescue, now, newId, onCopy, delay = DELAY_MS } = options;
  const store = createStore<AutosaveState>()(() => ({ status: 'saved', reason: undefined }));
  let pending: { readonly id: string; readonly graph: Graph; readonly isWorked: boolean } | undefined;
  /** Given to IndexedDB, and not yet known to have arrived. */
  let unconfirmed: typeof pending;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Writes follow each other, so that an older one never lands last. */
  let writing: Promise<void> = Promise.resolve();

  function flush(): Promise<void> {
    clearTimeout(timer);
    const write = pending;
    pending = undefined;
    unconfirmed = write ?? unconfirmed;
    if (write)
      writing = writing
        .then(() => documents.save(write.id, write.graph, now(), write.isWorked))
        .then(
          () => {
            if (unconfirmed === write) unconfirmed = undefined;
            rescue.removeItem(rescueKey(write.id));
            if (!pending) store.setState({ status: 'saved', reason: undefined });
          },
          (error: unknown) => {
            // Tried again at the next edit; until then the newest state is not forgotten.
            pending ??= write;
            store.setState({ status: 'failed', reason: String(error) });
          },
        );
    return writing;
  }

  function note(id: string, graph: Graph, isWorked: boolean): void {
    pending = { id, graph, isWorked: isWorked || (pending?.id === id && pending.isWorked) };
    store.setState({ status: 'unsaved' });
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), delay);
  }

  /** A document that nothing was put into is not worth keeping. */
  const isBlank = ({ nodes, networks, about }: Graph) => nodes.length + networks.length + about.length === 0;

  async function open(id: string, result: ParseResult | undefined): Promise<boolean> {
    if (!result?.ok) return false;
    if (await lock.claim(id)) {
      editor.open(id, result.graph);
      return true;
    }
    const title = `${result.graph.title} (copy)`.slice(0, 200);
    editor.open(newId(), { ...result.graph, title });
    onCopy?.(result.graph.title);
    return true;
  }

  /** Gives the documents what a page that closed could only leave beside them. */
  async function recover(id: string): Promise<void> {
    const text = rescue.getItem(rescueKey(id));
    const result = text === null ? undefined : parseDocument(text);
    if (result?.ok) await documents.save(id, result.graph, now(), true);
    rescue.removeItem(rescueKey(id));
  }

  async function load(id: string): Promise<ParseResult | undefined> {
    try {
      await recover(id);
      return await documents.load(id);
    } catch (error) {
      store.setState({ status: 'failed', reason: String(error) });
      return undefined;
    }
  }

  return Object.assign(store, {
    flush,
    flushAtOnce() {
      const last = pending ?? unconfirmed;
      if (last) rescue.setItem(rescueKey(last.id), formatGraph(last.graph));
      void flush();
    },
    markWorked() {
      const { id, graph } = editor.getState();
      if (id !== '') note(id, graph, true);
    },
    start() {
      const unsubscribe = editor.subscribe((state, before) => {
        if (state.id !== before.id) {
          void flush();
          tab.setItem(TAB_KEY, state.id);
          void lock.claim(state.id);
        }
        if (state.id === '' || (state.id === before.id && state.graph === before.graph)) return;
        if (state.id === before.id || !isBlank(state.graph))
          note(state.id, state.graph, state.id === before.id);
      });
      return () => {
        unsubscribe();
        void flush();
      };
    },
    async restore() {
      const own = tab.getItem(TAB_KEY);
      if (own && (await open(own, await load(own)))) return;
      const list = await documents.list().catch(() => []);
      for (const { id } of list.slice(0, 3)) if (await open(id, await load(id))) return;
      editor.open(newId(), emptyGraph());
    },
    openKept: async (id: string) => (id === editor.getState().id ? true : open(id, await load(id))),
  });
}
