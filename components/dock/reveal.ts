'use client';
import { useCallback } from 'react';
import { useReactFlow } from 'reactflow';
import { useStores } from '@/components/hooks/stores';

/** Selects a node or network and brings it to the middle of the canvas. */
export function useReveal(): (id: string) => void {
  const flow = useReactFlow();
  const { session } = useStores();
  return useCallback(
    (id) => {
      session.select([id]);
      const isStill = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
      void flow.fitView({ nodes: [{ id }], maxZoom: 1.2, padding: 2, duration: isStill ? 0 : 300 });
    },
    [flow, session],
  );
}
