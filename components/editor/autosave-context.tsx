'use client';
import { createContext, type ReactNode, use, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useStores } from '@/components/hooks/stores';
import { showToast, type ToastMessage } from '@/components/ui/toast';
import { type Autosave, createAutosave } from '@/lib/store/autosave';
import type { Copied } from '@/lib/store/copied';
import { createDocumentLock } from '@/lib/store/document-lock';
import { createDocuments, type Documents } from '@/lib/store/documents';
import { createRescue } from '@/lib/store/rescue';
import { assert } from '@/lib/util/assert';

/** The documents that this browser keeps, and the one that is open among them. */
interface Keeping {
  readonly autosave: Autosave;
  readonly documents: Documents;
}

const KeepingContext = createContext<Keeping | null>(null);

/** sessionStorage, or nothing where the browser forbids it. */
const tabStorage = {
  getItem(key: string): string | null {
    try {
      return sessionStorage.getItem(key);
    } catch {
      return null;
    }
  },
  setItem(key: string, value: string): void {
    try {
      sessionStorage.setItem(key, value);
    } catch {
      // Then a reload brings back the newest document instead of this tab's.
    }
  },
};

const isReload = () =>
  performance
    .getEntriesByType('navigation')
    .some((entry) => (entry as PerformanceNavigationTiming).type === 'reload');

/** Without it a browser that runs out of space may clear what it keeps. Refused is as before. */
async function askToPersist(): Promise<void> {
  try {
    if (!(await navigator.storage.persisted())) await navigator.storage.persist();
  } catch {
    // An older browser.
  }
}

const kept = 'Nothing was overwritten: this browser keeps both.';
const messages: Record<Copied['why'], (copied: Copied) => ToastMessage> = {
  open: ({ title }) => ({
    title: `“${title}” is open in another tab`,
    description: 'This tab has a copy, so that neither overwrites the other.',
  }),
  changed: ({ title, copy }) => ({
    title: `“${title}” was changed in another tab`,
    description: `Your work goes on here as “${copy}”. ${kept}`,
  }),
  trained: ({ title, copy }) => ({
    title: `“${title}” is trained in another tab too`,
    description: `Your run goes on here as “${copy}”. ${kept}`,
  }),
  recovered: ({ title, copy }) => ({
    title: `“${title}” was changed in another tab`,
    description: `What was closed before it was saved is “${copy}”, under File, Recent. ${kept}`,
  }),
};

/** Within a StoresProvider. Keeps the document while it is mounted; `restore` brings the last one back. */
export function AutosaveProvider({ children }: { readonly children: ReactNode }) {
  const { editor } = useStores();
  const [keeping] = useState((): Keeping => {
    const documents = createDocuments();
    const autosave = createAutosave({
      editor,
      documents,
      lock: createDocumentLock(typeof navigator === 'undefined' ? undefined : navigator.locks),
      tab: tabStorage,
      rescue: createRescue(() => localStorage),
      isReload: typeof performance !== 'undefined' && isReload(),
      now: () => Date.now(),
      newId: () => crypto.randomUUID(),
      // It stays until it is read: a page that is busy may not show it for seconds.
      onCopy: (copied) =>
        void showToast({ ...messages[copied.why](copied), duration: Number.POSITIVE_INFINITY }),
      onFirstEdit: () => void askToPersist(),
    });
    return { autosave, documents };
  });
  useEffect(() => {
    const { autosave } = keeping;
    const stop = autosave.start();
    const flush = () => autosave.flushAtOnce();
    const flushWhenHidden = () => {
      if (document.visibilityState === 'hidden') flush();
    };
    document.addEventListener('visibilitychange', flushWhenHidden);
    window.addEventListener('pagehide', flush);
    return () => {
      document.removeEventListener('visibilitychange', flushWhenHidden);
      window.removeEventListener('pagehide', flush);
      stop();
    };
  }, [keeping]);
  return <KeepingContext value={keeping}>{children}</KeepingContext>;
}

export function useKeeping(): Keeping {
  const keeping = use(KeepingContext);
  assert(keeping, 'an AutosaveProvider around this component');
  return keeping;
}

/** Whether everything is kept. */
export const useSaveStatus = () => useStore(useKeeping().autosave);
