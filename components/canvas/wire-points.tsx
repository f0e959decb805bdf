import { useRef } from 'react';
import { useReactFlow } from 'reactflow';
import { useStores } from '@/components/hooks/stores';
import { wireIndex } from '@/lib/edit/wire-keys';
import type { Point } from '@/lib/layout/boxes';
import { movePoint, removePoint } from '@/lib/layout/via';
import styles from './wire-points.module.css';

const arrows: Readonly<Record<string, Point>> = {
  ArrowLeft: [-5, 0],
  ArrowRight: [5, 0],
  ArrowUp: [0, -5],
  ArrowDown: [0, 5],
};

/** The points of a selected wire: dragged, moved by the arrow keys, deleted by a key or a double click. */
export function WirePoints({ wire, via }: { readonly wire: string; readonly via: readonly Point[] }) {
  const { editor } = useStores();
  const flow = useReactFlow();
  const isDrag = useRef(false);
  const edit = (label: string, change: typeof removePoint, i: number) =>
    editor.commit(label, (graph) => change(graph, wireIndex(graph, wire), i));
  const moveTo = (i: number, at: Point) => (graph: Parameters<typeof movePoint>[0]) =>
    movePoint(graph, wireIndex(graph, wire), i, at);
  return via.map(([x, y], i) => (
    <button
      key={i}
      type="button"
      className={`${styles.point} nodrag nopan`}
      style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}
      aria-label={`Point ${i + 1} of the wire`}
      title="Drag to move. Double-click or Delete removes it."
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
        editor.begin('Move a point');
        isDrag.current = true;
      }}
      onPointerMove={(event) => {
        if (!isDrag.current) return;
        const at = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
        editor.preview(moveTo(i, [at.x, at.y]));
      }}
      onLostPointerCapture={() => {
        if (isDrag.current) editor.end();
        isDrag.current = false;
      }}
      onDoubleClick={(event) => {
        event.stopPropagation();
        edit('Remove a point', removePoint, i);
      }}
      onKeyDown={(event) => {
        const by = arrows[event.key];
        const isDelete = event.key === 'Delete' || event.key === 'Backspace';
        if (!by && !isDelete) return;
        event.preventDefault();
        event.stopPropagation();
        if (by) editor.commit('Move a point', moveTo(i, [x + by[0], y + by[1]]));
        else edit('Remove a point', removePoint, i);
      }}
    />
  ));
}
