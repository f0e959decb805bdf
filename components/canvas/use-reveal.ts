'use client';
import { useCallback } from 'react';

import { useStores } from '@/components/hooks/stores';
import { useView } from './view';

/** Selects a node or network and brings it to the middle of the canvas. */
export function useReveal(): (id: string) => void {
  const view = useView();
  const { session } = useStores();
  return useCallback(
    (id) => {
      session.select([id]);
      const isStill = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
      view.fit({ ids: [id], maxZoom: 1.2, padding: 0.6, duration: isStill ? 0 : 300 });
    },
    [view, session],
  );
}
