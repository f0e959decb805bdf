'use client';
import { useCallback } from 'react';
import { useStores } from '@/components/hooks/stores';
import { prefixOf } from '@/lib/check/blocks/inside';
import { partsOf } from '@/lib/check/blocks/plain-id';
import { useView } from './view';

/** Selects a node or network and brings it to the middle of the canvas, by its plain id: its block is entered. */
export function useReveal(): (id: string) => void {
  const view = useView();
  const { editor, session } = useStores();
  return useCallback(
    (id) => {
      const { path, own } = partsOf(id);
      session.select([own]);
      if (prefixOf(path) !== prefixOf(editor.getState().path)) {
        // The canvas opens at what is selected.
        editor.enter(path);
        return;
      }
      const isStill = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
      view.fit({ ids: [own], maxZoom: 1.2, padding: 0.6, duration: isStill ? 0 : 300 });
    },
    [view, editor, session],
  );
}
