import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Documents, DocumentWrite } from './documents';
import type { EditorState } from './editor';
import { packHistory } from './kept-history';
import type { Rescue } from './rescue';

/**
 * Gives edited documents to the browser, a moment after each edit or at once. Every write names what it may
 * replace; one that would overwrite another tab's work is handed back.
 */
export interface SaveState {
  readonly status: 'saved' | 'unsaved' | 'failed';
  /** Why keeping failed: storage full, or forbidden. */
  readonly reason: string | undefined;
}

interface DocumentWriter extends StoreApi<SaveState> {
  /** A document as it is now, to be written with its history. */
  note(state: EditorState, isWorked: boolean): void;
  /** It was opened in this revision, so a write may replace that one. */
  opened(id: string, revision: string): void;
  /** Whether it was opened or written here. */
  knows(id: string): boolean;
  /** What is not yet written is not to be. */
  drop(id: string): void;
  /** Writes what is not yet written. */
  flush(): Promise<void>;
  /** The same where the page may be gone before a write ends. */
  flushAtOnce(): void;
  fail(error: unknown): void;
}

interface WriterOptions {
  readonly documents: Documents;
  readonly rescue: Rescue;
  readonly now: () => number;
  /** A word that nothing was called before. */
  readonly newId: () => string;
  readonly delay: number;
  /** Another tab has written the document; this is what was to be written. */
  readonly onConflict: (state: EditorState) => void;
}

interface Noted {
  readonly state: EditorState;
  readonly isWorked: boolean;
}

interface Sent extends Noted {
  readonly write: DocumentWrite;
}

export function createDocumentWriter(options: WriterOptions): DocumentWriter {
  const { documents, rescue, now, newId, delay, onConflict } = options;
  const store = createStore<SaveState>()(() => ({ status: 'saved', reason: undefined }));
  const noted = new Map<string, Noted>();
  /** Given to IndexedDB, and not yet known to have arrived: the newest of each document. */
  const sent = new Map<string, Sent>();
  /** The revision that is kept as far as is known, and those that may have taken its place. */
  const revisions = new Map<string, readonly string[]>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Writes follow each other, so that an older one is never written last. */
  let writing: Promise<void> = Promise.resolve();

  const fail = (error: unknown) => store.setState({ status: 'failed', reason: String(error) });

  function note(state: EditorState, isWorked: boolean): void {
    const { id } = state;
    const wasWorked = (noted.get(id) ?? sent.get(id))?.isWorked ?? false;
    noted.set(id, { state, isWorked: isWorked || wasWorked });
    store.setState({ status: 'unsaved' });
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), delay);
  }

  function drop(id: string): void {
    noted.delete(id);
    sent.delete(id);
  }

  function flush(): Promise<void> {
    clearTimeout(timer);
    for (const [id, { state, isWorked }] of noted) {
      const revision = newId();
      const replaces = revisions.get(id) ?? [];
      const { graph } = state;
      const history = packHistory(state);
      const write = { id, graph, history, isWorked, savedAt: now(), revision, replaces };
      revisions.set(id, [...replaces, revision]);
      const given = { state, isWorked, write };
      sent.set(id, given);
      writing = writing.then(() => send(given));
    }
    noted.clear();
    return writing;
  }

  function flushAtOnce(): void {
    void flush();
    for (const { write } of sent.values()) rescue.put(write);
  }

  async function send(given: Sent): Promise<void> {
    const { state, isWorked, write } = given;
    const { id, revision } = write;
    const isNewest = () => sent.get(id) === given;
    if (!isNewest()) return;
    try {
      if (!(await documents.save(write))) {
        // A newer one meets the same; one that was dropped has become a copy already.
        if (!isNewest()) return;
        const last = noted.get(id) ?? given;
        drop(id);
        onConflict(last.state);
        flushAtOnce();
        rescue.remove(id);
        return;
      }
    } catch (error) {
      // Tried again at the next edit; until then the newest state is not forgotten.
      if (isNewest()) sent.delete(id);
      if (!noted.has(id) && !sent.has(id)) noted.set(id, { state, isWorked });
      fail(error);
      return;
    }
    const known = revisions.get(id) ?? [];
    revisions.set(id, known.slice(known.indexOf(revision)));
    if (!isNewest()) return;
    sent.delete(id);
    rescue.remove(id);
    if (noted.size + sent.size === 0) store.setState({ status: 'saved', reason: undefined });
  }

  return Object.assign(store, {
    note,
    opened: (id: string, revision: string) => void revisions.set(id, [revision]),
    knows: (id: string) => revisions.has(id),
    drop,
    flush,
    flushAtOnce,
    fail,
  });
}
