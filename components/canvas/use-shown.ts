import { useEffect, useRef, useState } from 'react';
import { type ReactFlowState, useStoreApi } from 'reactflow';
import type { Layout } from '@/lib/layout/layout';
import { nothingShown, type Shown, showNext, type Viewport } from '@/lib/layout/shown';

/** The viewport as React Flow's store has it. */
export const viewportOf = ({ transform: [x, y, zoom], width, height }: ReactFlowState): Viewport => ({
  x,
  y,
  zoom,
  width,
  height,
});

/** Follows the viewport of a large document; undefined for one that is mounted whole. */
export function useShown(layout: Layout, isLarge: boolean): Shown | undefined {
  const store = useStoreApi();
  const [shown, setShown] = useState(nothingShown);
  const latest = useRef(shown);
  useEffect(() => {
    if (!isLarge) return;
    let frame = 0;
    let transform: ReactFlowState['transform'] | undefined;
    const update = () => {
      const state = store.getState();
      transform = state.transform;
      if (state.width === 0) return;
      const next = showNext(latest.current, layout, viewportOf(state));
      if (next !== latest.current) setShown(next);
      latest.current = next;
      if (next.complete || frame) return;
      frame = requestAnimationFrame(() => {
        frame = 0;
        update();
      });
    };
    update();
    const stop = store.subscribe((state, before) => {
      const isMoved = state.transform !== transform || state.width !== before.width;
      if (isMoved || state.height !== before.height) update();
    });
    return () => {
      stop();
      cancelAnimationFrame(frame);
    };
  }, [store, layout, isLarge]);
  return isLarge ? shown : undefined;
}
