import { useEffect, useRef, useState } from 'react';
import { Panel, type ReactFlowInstance, useStoreApi } from 'reactflow';
import { useTheme } from '@/components/ui/theme';
import type { Layout } from '@/lib/layout/layout';
import { seen } from '@/lib/layout/shown';
import { readInk } from './draw-far';
import { createFingers } from './fingers';
import type { FlowNode, WireEdge } from './flow';
import styles from './small-map.module.css';
import { viewportOf } from './use-shown';

const WIDTH = 150;
const HEIGHT = 100;
const ROOM = 6;

interface SmallMapProps {
  readonly layout: Layout;
  readonly flow: ReactFlowInstance<FlowNode, WireEdge>;
}

/** The whole document in the corner: drawn once per document, with a frame around what is seen that follows. */
export function SmallMap({ layout, flow }: SmallMapProps) {
  const store = useStoreApi();
  const theme = useTheme();
  const canvas = useRef<HTMLCanvasElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const { scale, left, top } = place(layout);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme's colours are read from the page
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!canvas.current || !context) return;
    const ratio = Math.min(2, window.devicePixelRatio);
    Object.assign(canvas.current, { width: WIDTH * ratio, height: HEIGHT * ratio });
    context.setTransform(scale * ratio, 0, 0, scale * ratio, -left * scale * ratio, -top * scale * ratio);
    const ink = readInk();
    const { boxes, colors, ids, frames } = layout;
    for (let i = 0; i < ids.length; i++) {
      const color = colors[i];
      context.globalAlpha = i < frames ? 0.18 : 1;
      context.fillStyle = color === undefined ? ink.edge : ink.net(color);
      const [x = 0, y = 0, width = 0, height = 0] = boxes.subarray(4 * i, 4 * i + 4);
      context.fillRect(x, y, Math.max(width, 1 / scale), Math.max(height, 1 / scale));
    }
  }, [layout, scale, left, top, theme]);

  useEffect(() => {
    const follow = () => {
      const view = seen(viewportOf(store.getState()));
      if (frame.current)
        Object.assign(frame.current.style, {
          transform: `translate(${(view.x - left) * scale}px, ${(view.y - top) * scale}px)`,
          width: `${view.width * scale}px`,
          height: `${view.height * scale}px`,
        });
    };
    follow();
    return store.subscribe((state, before) => {
      if (
        state.transform !== before.transform ||
        state.width !== before.width ||
        state.height !== before.height
      )
        follow();
    });
  }, [store, scale, left, top]);

  const [fingers] = useState(createFingers);
  const go = (event: React.PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const x = (event.clientX - box.x) / scale + left;
    const y = (event.clientY - box.y) / scale + top;
    void flow.setCenter(x, y, { zoom: flow.getZoom() });
  };
  return (
    <Panel position="bottom-right" className={styles.panel}>
      <div
        className={styles.map}
        role="img"
        aria-label="Map of the document"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          fingers.put(event.pointerId, [event.clientX, event.clientY]);
          if (event.isPrimary) go(event);
        }}
        onPointerMove={(event) => {
          const move = fingers.move(event.pointerId, [event.clientX, event.clientY]);
          if (move?.pinch) void flow.zoomTo(flow.getZoom() * move.pinch.factor);
          else if (move) go(event);
        }}
        onPointerUp={(event) => fingers.lift(event.pointerId)}
        onPointerCancel={(event) => fingers.lift(event.pointerId)}
        onWheel={(event) => void (event.deltaY < 0 ? flow.zoomIn() : flow.zoomOut())}
      >
        <canvas ref={canvas} className={styles.canvas} />
        <div ref={frame} className={styles.seen} />
      </div>
    </Panel>
  );
}

function place({ bounds }: Layout) {
  const box = bounds ?? { x: 0, y: 0, width: WIDTH, height: HEIGHT };
  const scale = Math.min((WIDTH - 2 * ROOM) / box.width, (HEIGHT - 2 * ROOM) / box.height);
  return {
    scale,
    left: box.x + box.width / 2 - WIDTH / 2 / scale,
    top: box.y + box.height / 2 - HEIGHT / 2 / scale,
  };
}
