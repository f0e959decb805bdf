import { type RefObject, useEffect } from 'react';
import { type ReactFlowInstance, useStoreApi } from 'reactflow';
import { useStores } from '@/components/hooks/stores';
import type { Point } from '@/lib/layout/boxes';
import { cardAt, cardsIn, type Layout } from '@/lib/layout/layout';
import type { Drag } from './drag';
import type { FlowNode, WireEdge } from './flow';

/** Pixels that a pointer may miss a card by, and that a hand trembles. */
const SLACK = 2;
const TREMBLE = 3;

/**
 * Cards that are drawn take part as if they were elements: a press selects, a drag moves, a rectangle encloses.
 * Listens before React Flow does, which would pan.
 */
export function useFarPointer(
  wrapper: RefObject<HTMLElement | null>,
  flow: ReactFlowInstance<FlowNode, WireEdge>,
  layout: Layout | undefined,
  drag: Pick<Drag, 'moveSelection' | 'drop'>,
): void {
  const { session } = useStores();
  const store = useStoreApi();
  const { moveSelection, drop } = drag;

  useEffect(() => {
    const element = wrapper.current;
    if (!element || !layout) return;
    const position = (event: MouseEvent): Point => {
      const { x, y } = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
      return [x, y];
    };
    const cardUnder = (event: MouseEvent): string | undefined => {
      if (!(event.target instanceof Element) || !event.target.matches('.react-flow__pane')) return undefined;
      return cardAt(layout, position(event), SLACK / flow.getZoom());
    };
    /** The press that is ours: where it began, and whether it has become a drag. */
    let press: { readonly from: Point; readonly pointer: number; isDrag: boolean } | undefined;
    let isOurs = false;

    const onDown = (event: PointerEvent) => {
      if (!event.isPrimary) {
        // A second finger zooms: the first one drags no more.
        if (press?.isDrag) drop(event);
        press = undefined;
        return;
      }
      const id = cardUnder(event);
      element.dataset.under = id ?? '';
      isOurs = id !== undefined && event.button === 0 && event.isPrimary && !event.shiftKey;
      if (!isOurs || id === undefined) return;
      event.stopPropagation();
      const { selection } = session.getState();
      if (event.ctrlKey || event.metaKey) session.toggle(id);
      else if (!selection.has(id)) session.select([id]);
      press = { from: position(event), pointer: event.pointerId, isDrag: false };
      element.setPointerCapture(event.pointerId);
    };
    const onMove = (event: PointerEvent) => {
      if (press?.pointer !== event.pointerId) return;
      const [x, y] = position(event);
      const by: Point = [x - press.from[0], y - press.from[1]];
      press.isDrag ||= Math.hypot(...by) * flow.getZoom() > TREMBLE;
      if (press.isDrag) moveSelection(by);
    };
    const onUp = (event: PointerEvent) => {
      if (press?.pointer !== event.pointerId) return;
      if (press.isDrag) drop(event);
      press = undefined;
    };
    /** React Flow pans by mouse and touch events, and clears the selection by the click. */
    const swallow = (event: Event) => {
      if (isOurs && (event.type !== 'click' || !(event.target as Element).closest('button')))
        event.stopPropagation();
    };
    const onMenu = (event: MouseEvent) => {
      element.dataset.under = cardUnder(event) ?? '';
    };
    const stopRectangle = store.subscribe(({ userSelectionRect, transform: [x, y, zoom] }, before) => {
      if (!userSelectionRect || userSelectionRect === before.userSelectionRect) return;
      const { width, height } = userSelectionRect;
      const view = {
        x: (userSelectionRect.x - x) / zoom,
        y: (userSelectionRect.y - y) / zoom,
        width: width / zoom,
        height: height / zoom,
      };
      if (width > 0 && height > 0) session.select(cardsIn(layout, view).map((i) => layout.ids[i] as string));
    });

    const listeners = [
      ['pointerdown', onDown],
      ['pointermove', onMove],
      ['pointerup', onUp],
      ['pointercancel', onUp],
      ['mousedown', swallow],
      ['touchstart', swallow],
      ['click', swallow],
      ['contextmenu', onMenu],
    ] as const;
    for (const [type, listener] of listeners)
      element.addEventListener(type, listener as EventListener, { capture: true });
    return () => {
      stopRectangle();
      delete element.dataset.under;
      if (press?.isDrag) drop();
      for (const [type, listener] of listeners)
        element.removeEventListener(type, listener as EventListener, { capture: true });
    };
  }, [wrapper, flow, layout, session, store, moveSelection, drop]);
}
