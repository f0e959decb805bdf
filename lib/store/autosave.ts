import type { StoreApi } from 'zustand/vanilla';
import { emptyGraph, type Graph } from '@/lib/graph/schema';
import { asCopy, type Copied } from './copied';
import type { DocumentLock } from './document-lock';
import { createDocumentWriter, type SaveState } from './document-writer';
import type { Documents } from './documents';
import { asAnother, type EditorState, type EditorStore } from './editor';
import { unpackHistory } from './kept-history';
import type { KeyValue } from './kept-runs';
import { recover } from './recover';
import type { Rescue } from './rescue';

/**
 * Keeps the open document in this browser: a moment after each edit, at once when the page is hidden or
 * another document is opened; and brings it back. A document that another tab has open is opened as a copy, and
 * work on one that another tab has changed goes on as a copy.
 */
export interface Autosave extends StoreApi<SaveState> {
  /** Begins to keep what is edited; gives a function that ends it. */
  start(): () => void;
  /** The document that this tab, or else any, had open last; a new one if there is none. */
  restore(): Promise<void>;
  /** A kept document; the open one stays among the documents. False where it cannot be opened. */
  openKept(id: string): Promise<boolean>;
  /** The open document goes on as a copy, if it is still this one: another tab trains it too. */
  part(id: string): void;
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
  /** What this tab alone remembers: sessionStorage. */
  readonly tab: Pick<KeyValue, 'getItem' | 'setItem'>;
  readonly rescue: Rescue;
  /** The page takes the place of one of this tab that had the same document open. */
  readonly isReload: boolean;
  readonly now: () => number;
  readonly newId: () => string;
  readonly onCopy?: (copied: Copied) => void;
  /** Once, at the first edit by hand. */
  readonly onFirstEdit?: () => void;
  readonly delay?: number;
}

const TAB_KEY = 'ganvas-open-document';
const DELAY_MS = 400;

/** A document that nothing was put into is not worth keeping. */
const isBlank = ({ nodes, networks, about }: Graph) => nodes.length + networks.length + about.length === 0;

export function createAutosave(options: AutosaveOptions): Autosave {
  const { editor, documents, lock, tab, rescue, isReload, now, newId, delay = DELAY_MS } = options;
  const writer = createDocumentWriter({ documents, rescue, now, newId, delay, onConflict: goOnAsCopy });

  const reportCopy = (from: Graph, to: Graph, why: Copied['why']) =>
    options.onCopy?.({ title: from.title, copy: to.title, why });

  /** Another tab has changed the document meanwhile: both are kept. */
  function goOnAsCopy(state: EditorState, why: Copied['why'] = 'changed'): void {
    const copyId = newId();
    const isOpen = editor.getState().id === state.id;
    if (isOpen) editor.goOnAs(copyId, asCopy);
    const copy = isOpen ? editor.getState() : asAnother(state, copyId, asCopy);
    writer.note(copy, true);
    reportCopy(state.graph, copy.graph, isOpen ? why : 'recovered');
  }

  async function claim(id: string): Promise<void> {
    if ((await lock.claim(id)) || editor.getState().id !== id) return;
    const { graph } = editor.getState();
    writer.drop(id);
    editor.goOnAs(newId(), asCopy);
    reportCopy(graph, editor.getState().graph, 'open');
  }

  const recoverAll = () =>
    recover({ documents, rescue, now, newId, copied: (from, to) => reportCopy(from, to, 'recovered') });

  /** Opens a kept document, as a copy where another tab has it; says whether there is one, and whether it opened. */
  async function open(id: string, isOwn = false): Promise<'opened' | 'none' | 'unreadable'> {
    const before = editor.getState().id;
    // Claimed first: what is read after that nobody else changes.
    const isFree = await lock.claim(id, isOwn);
    const kept = await recoverAll()
      .then(() => documents.load(id))
      .catch((error: unknown) => {
        writer.fail(error);
        return null;
      });
    // Something else was opened meanwhile.
    if (editor.getState().id !== before) return 'opened';
    if (!kept?.result.ok) {
      if (before !== '') void lock.claim(before);
      return kept === undefined ? 'none' : 'unreadable';
    }
    const { graph } = kept.result;
    if (isFree) {
      writer.opened(id, kept.revision);
      editor.open(id, graph, unpackHistory(kept.history, graph));
    } else {
      const copy = asCopy(graph);
      editor.open(newId(), copy);
      reportCopy(graph, copy, 'open');
    }
    return 'opened';
  }

  let isEdited = false;
  function noteEdit(state: EditorState): void {
    if (!isEdited) options.onFirstEdit?.();
    isEdited = true;
    writer.note(state, true);
  }

  function noteOpened(state: EditorState): void {
    const { id } = state;
    void writer.flush();
    tab.setItem(TAB_KEY, id);
    void claim(id);
    if (writer.knows(id)) void documents.touch(id, now()).catch(writer.fail);
    else if (!isBlank(state.graph)) writer.note(state, false);
  }

  return Object.assign(writer, {
    part(id: string) {
      const state = editor.getState();
      if (state.id !== id) return;
      // Edits that were still to be written are the copy's.
      writer.drop(id);
      goOnAsCopy(state, 'trained');
    },
    markWorked() {
      const state = editor.getState();
      if (state.id !== '') writer.note(state, true);
    },
    start() {
      const unsubscribe = editor.subscribe((state, before) => {
        if (state.id === '') return;
        if (state.id !== before.id) noteOpened(state);
        else if (state.graph !== before.graph) noteEdit(state);
      });
      // Mounted again, as development does, it has let go of what is open.
      const { id } = editor.getState();
      if (id !== '') void claim(id);
      return () => {
        unsubscribe();
        void writer.flush();
        lock.release();
      };
    },
    async restore() {
      const own = tab.getItem(TAB_KEY);
      const found = own ? await open(own, isReload) : 'none';
      if (found === 'opened') return;
      if (own && isReload && found === 'none') return editor.open(own, emptyGraph());
      const list = await recoverAll()
        .then(documents.list)
        .catch(() => []);
      for (const { id } of list.slice(0, 3)) if ((await open(id)) === 'opened') return;
      editor.open(newId(), emptyGraph());
    },
    openKept: async (id: string) => id === editor.getState().id || (await open(id)) === 'opened',
  });
}
