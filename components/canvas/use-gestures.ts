import { type DragEvent, type KeyboardEvent, type MouseEvent, type RefObject, useMemo } from 'react';
import type { ReactFlowInstance } from 'reactflow';
import { useStores } from '@/components/hooks/stores';
import { blockEntries, myBlockEntries } from '@/components/palette/block-entries';
import { ENTRY_TYPE, readEntry } from '@/components/palette/drag-entry';
import { enterUse } from './enter-use';
import type { FlowNode, WireEdge } from './flow';
import { useAddPoint } from './use-add-point';
import { useInsert } from './use-insert';
import { wireAt } from './wire-at';

/** Double click and Enter to inspect, search or lead a wire through a point, and entries of the palette dropped on the canvas. */
export function useGestures(
  wrapper: RefObject<HTMLElement | null>,
  flow: ReactFlowInstance<FlowNode, WireEdge>,
  onInspect: (() => void) | undefined,
) {
  const stores = useStores();
  const { session } = stores;
  const insert = useInsert();
  const addPointTo = useAddPoint();
  return useMemo(() => {
    const toFlow = (event: MouseEvent) => {
      const { x, y } = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
      return [Math.round(x), Math.round(y)] as const;
    };
    return {
      onDoubleClick(event: MouseEvent) {
        if (!(event.target instanceof Element)) return;
        // The pane holds all that is drawn on it.
        const card = event.target.closest<HTMLElement>('.react-flow__node-card');
        if (enterUse(stores, card?.dataset.id)) return;
        if (card || wrapper.current?.dataset.under) onInspect?.();
        else if (event.target.closest('.react-flow__edge')) {
          const wire = wireAt(event);
          if (wire !== undefined) addPointTo(wire, toFlow(event));
        } else if (event.target.closest('.react-flow__node, .react-flow__panel')) return;
        else if (event.target.closest('.react-flow__pane'))
          session.setState({ finder: { at: toFlow(event) } });
      },
      onKeyDown(event: KeyboardEvent) {
        const id = event.target instanceof Element ? event.target.getAttribute('data-id') : null;
        if (event.key !== 'Enter' || id === null || !event.target) return;
        if ((event.target as Element).classList.contains('react-flow__edge')) session.select([], [id]);
        else session.select([id]);
        onInspect?.();
      },
      onDragOver(event: DragEvent) {
        if (!event.dataTransfer.types.includes(ENTRY_TYPE)) return;
        event.preventDefault();
        const over = wireAt(event);
        if (over !== session.getState().dropWire) session.setState({ dropWire: over });
      },
      onDragLeave: () => session.setState({ dropWire: undefined }),
      onDrop(event: DragEvent) {
        if (!event.dataTransfer.types.includes(ENTRY_TYPE)) return;
        event.preventDefault();
        const { dropWire } = session.getState();
        session.setState({ dropWire: undefined });
        const blocks = [
          ...blockEntries(stores.editor.getState().shown),
          ...myBlockEntries(stores.mine.getState()),
        ];
        const entry = readEntry(event.dataTransfer, blocks);
        const [x, y] = toFlow(event);
        if (entry) insert(entry, [x - 50, y - 20], undefined, dropWire);
      },
    };
  }, [wrapper, flow, onInspect, stores, session, insert, addPointTo]);
}
