import { type RefObject, useEffect } from 'react';
import { type ReactFlowInstance, useStoreApi, type Viewport } from 'reactflow';
import type { FlowNode, WireEdge } from './flow';

/** Two fingers, in pixels of the canvas. */
interface Pair {
  readonly x: number;
  readonly y: number;
  readonly apart: number;
}

/** What was between two fingers stays between them, as much larger as they are further apart. */
export function pinched(
  { x, y, zoom }: Viewport,
  before: Pair,
  now: Pair,
  [least, most]: readonly [number, number],
): Viewport {
  const next = Math.min(most, Math.max(least, (zoom * now.apart) / Math.max(1, before.apart)));
  return {
    x: now.x - ((before.x - x) * next) / zoom,
    y: now.y - ((before.y - y) * next) / zoom,
    zoom: next,
  };
}

/** Two fingers zoom and move the canvas wherever they are. React Flow would drag the cards under them. */
export function usePinch(
  wrapper: RefObject<HTMLElement | null>,
  flow: ReactFlowInstance<FlowNode, WireEdge>,
): void {
  const store = useStoreApi();
  useEffect(() => {
    const element = wrapper.current;
    if (!element) return;
    const listening = new AbortController();
    let before: Pair | undefined;
    const follow = (event: TouchEvent) => {
      const [one, other, third] = Array.from(event.touches);
      if (!one || !other || third || !isOnBoard(one) || !isOnBoard(other)) {
        before = undefined;
        return;
      }
      event.stopPropagation();
      if (event.cancelable) event.preventDefault();
      const { left, top } = element.getBoundingClientRect();
      const now = {
        x: (one.clientX + other.clientX) / 2 - left,
        y: (one.clientY + other.clientY) / 2 - top,
        apart: Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY),
      };
      const { minZoom, maxZoom } = store.getState();
      if (before) void flow.setViewport(pinched(flow.getViewport(), before, now, [minZoom, maxZoom]));
      before = now;
    };
    for (const type of ['touchstart', 'touchmove'] as const)
      element.addEventListener(type, follow, { signal: listening.signal, capture: true, passive: false });
    for (const type of ['touchend', 'touchcancel'] as const)
      element.addEventListener(
        type,
        () => {
          before = undefined;
        },
        { signal: listening.signal, capture: true },
      );
    return () => listening.abort();
  }, [wrapper, flow, store]);
}

const isOnBoard = ({ target }: Touch): boolean =>
  target instanceof Element && target.closest('.react-flow__renderer') !== null;
