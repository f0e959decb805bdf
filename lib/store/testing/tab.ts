import { emptyGraph } from '@/lib/graph/schema';
import { type AutosaveOptions, createAutosave } from '../autosave';
import type { Copied } from '../copied';
import { createDocumentLock } from '../document-lock';
import type { Documents } from '../documents';
import { createEditorStore } from '../editor';
import { createRescue, type RescueStorage } from '../rescue';

/** localStorage or sessionStorage in memory. */
export function memoryStorage(): RescueStorage {
  const values = new Map<string, string>();
  return {
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
    key: (i) => [...values.keys()][i] ?? null,
    get length() {
      return values.size;
    },
  };
}

/** What the tabs of one browser share. */
export interface Browser {
  readonly documents: Documents;
  readonly locks: LockManager | undefined;
  readonly local: RescueStorage;
}

let clock = 0;
let ids = 0;

/** One page in one tab, which remembers in `tab` what it had open. */
export function openTab(
  { documents, locks, local }: Browser,
  tab = memoryStorage(),
  options: Partial<AutosaveOptions> = {},
) {
  const lock = createDocumentLock(locks, 20);
  const editor = createEditorStore('', emptyGraph());
  const copies: Copied[] = [];
  const autosave = createAutosave({
    editor,
    documents,
    lock,
    tab,
    rescue: createRescue(() => local),
    isReload: false,
    now: () => ++clock,
    newId: () => `new-${++ids}`,
    onCopy: (copied) => void copies.push(copied),
    delay: 50,
    ...options,
  });
  const stop = autosave.start();
  /** As a page goes that has no time left. */
  const leave = () => {
    autosave.flushAtOnce();
    lock.release();
  };
  return { editor, autosave, copies, tab, lock, stop, leave };
}
