import { useEffect, useMemo, useRef } from 'react';
import { type ReactFlowInstance, useStoreApi } from 'reactflow';
import { useStores } from '@/components/hooks/stores';
import { isMedium } from '@/components/ui/window-widths';
import type { Checked } from '@/lib/check/checked';
import { boundsOfItems, type Layout } from '@/lib/layout/layout';
import { openingOf } from '@/lib/layout/opening';
import { MOST_MOUNTED } from '@/lib/layout/shown';
import type { FlowNode, WireEdge } from './flow';
import { useView, type View } from './view';

/** Clear of the tools at the lower edge; in pixels. */
const ROOM = { x: 24, top: 20, bottom: 56 };
const MAX_ZOOM = 1;
const LOWEST_ZOOM = 0.05;
/** What folding the palette frees (editor.module.css). */
const FOLDED_FREES = 140;
/** How wide the inspector is, and room beside it to draw a wire into. */
const INSPECTOR = { width: 272, clear: 100 };

/** The canvas' view of a layout, given to those who ask for one. */
export function useCanvasView(
  flow: ReactFlowInstance<FlowNode, WireEdge>,
  layout: Layout,
  checked: Checked,
): View {
  const store = useStoreApi();
  const { session } = useStores();
  const latest = useRef({ layout, checked });
  latest.current = { layout, checked };
  const view = useMemo((): View => {
    // As React Flow measured it: asking the page would lay it out once more while a document opens.
    const size = () => store.getState();
    return {
      open({ mayFold } = { mayFold: false }) {
        const { width, height } = size();
        const { checked, layout } = latest.current;
        if (width === 0) return;
        const isOpen = session.getState().panels.palette;
        const seen = (opens: boolean) =>
          openingOf(checked, { width: width + (Number(isOpen) - Number(opens)) * FOLDED_FREES, height });
        const folds = mayFold && isMedium();
        const opens = folds ? (seen(true)?.whole ?? true) : isOpen;
        if (opens !== isOpen) session.setPanel('palette', opens);
        const opening = seen(opens);
        // A large document is seen as a whole first: none of its parts is known to matter most.
        if (opening && layout.ids.length <= MOST_MOUNTED) void flow.setViewport(opening);
        else this.fit();
      },
      fit({ ids, maxZoom = MAX_ZOOM, padding, duration = 0 } = {}) {
        const box = boundsOfItems(latest.current.layout, ids);
        const { width, height } = size();
        if (!box || width === 0) return;
        const room =
          padding === undefined
            ? ROOM
            : { x: (width * padding) / 2, top: (height * padding) / 2, bottom: (height * padding) / 2 };
        const free = { width: width - 2 * room.x, height: height - room.top - room.bottom };
        const zoom = Math.min(maxZoom, free.width / box.width, free.height / box.height);
        void flow.setViewport(
          {
            zoom,
            x: width / 2 - zoom * (box.x + box.width / 2),
            y: room.top + free.height / 2 - zoom * (box.y + box.height / 2),
          },
          { duration },
        );
      },
      show(ids) {
        const box = boundsOfItems(latest.current.layout, ids);
        if (!box) return;
        const { x, y, zoom } = flow.getViewport();
        const { width, height } = size();
        const { panels, selection } = session.getState();
        const isCovered = panels.inspector || selection.size > 0;
        const covered = isCovered && isMedium() ? INSPECTOR.width + INSPECTOR.clear : 0;
        const [left, top] = [box.x * zoom + x, box.y * zoom + y];
        const [right, bottom] = [left + box.width * zoom, top + box.height * zoom];
        void flow.setViewport({
          x: x + intoView(left, right, width - covered),
          y: y + intoView(top, bottom, height),
          zoom,
        });
      },
      zoomIn: () => void flow.zoomIn({ duration: 100 }),
      zoomOut: () => void flow.zoomOut({ duration: 100 }),
      middle() {
        const { x, y, zoom } = flow.getViewport();
        const { width, height } = size();
        return [(width / 2 - x) / zoom, (height / 2 - y) / zoom];
      },
      at(screen) {
        const { x, y } = flow.screenToFlowPosition({ x: screen[0], y: screen[1] });
        return [Math.round(x), Math.round(y)];
      },
    };
  }, [store, flow, session]);
  const shared = useView();
  useEffect(() => shared.attach(view), [shared, view]);
  return view;
}

/** How far what is cut or out of sight is moved: no farther than to the edge, so that what stands beside it stays. */
function intoView(from: number, to: number, length: number): number {
  if (from >= 0 && to <= length) return 0;
  if (to - from > length - 2 * ROOM.bottom) return (length - from - to) / 2;
  return from < 0 ? ROOM.bottom - from : length - ROOM.bottom - to;
}

/** Small enough to see all of a large document at once. */
export function lowestZoom({ bounds }: Layout): number {
  if (!bounds) return LOWEST_ZOOM;
  return Math.min(LOWEST_ZOOM, 400 / bounds.width, 300 / bounds.height);
}
