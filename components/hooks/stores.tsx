'use client';
import { createContext, type ReactNode, use, useState } from 'react';
import { useStore } from 'zustand';
import { emptyGraph } from '@/lib/graph/schema';
import { createEditorStore, type EditorState, type EditorStore } from '@/lib/store/editor';
import { createKeptData, type KeptDataStore } from '@/lib/store/kept-data';
import { createMyBlocks, type MyBlocks } from '@/lib/store/my-blocks';
import { createSessionStore, type SessionState, type SessionStore } from '@/lib/store/session';
import { assert } from '@/lib/util/assert';

/** The stores of one page, from factories, given by context. */
export interface Stores {
  readonly editor: EditorStore;
  readonly session: SessionStore;
  /** Blocks that the user keeps in this browser. */
  readonly mine: MyBlocks;
  /** Data of the user's own that this browser keeps. */
  readonly data: KeptDataStore;
}

const StoresContext = createContext<Stores | null>(null);

const createStores = (): Stores => ({
  editor: createEditorStore('', emptyGraph()),
  session: createSessionStore(),
  mine: createMyBlocks(),
  data: createKeptData(),
});

export function StoresProvider({ stores, children }: { stores?: Stores; children: ReactNode }) {
  const [own] = useState(() => stores ?? createStores());
  return <StoresContext value={own}>{children}</StoresContext>;
}

export function useStores(): Stores {
  const stores = use(StoresContext);
  assert(stores, 'a StoresProvider around this component');
  return stores;
}

export const useEditor = <T,>(select: (state: EditorState) => T): T => useStore(useStores().editor, select);
export const useSession = <T,>(select: (state: SessionState) => T): T =>
  useStore(useStores().session, select);
