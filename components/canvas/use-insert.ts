import { useCallback } from 'react';
import { useReactFlow } from 'reactflow';
import { useStores } from '@/components/hooks/stores';
import type { Entry } from '@/components/palette/entries';
import type { PortEnd } from '@/lib/store/session';
import type { Point } from './boxes';
import { canSplice, insertAfter, insertNode, spliceIntoWire } from './insert';
import { makeRoom } from './make-room';
import { misplaced } from './settle';
import { wireIndex } from './wire-at';

/** Inserts an entry of the palette: at a point, at the end of a wire, into a wire, or after what is selected. */
export function useInsert() {
  const { editor, session } = useStores();
  const flow = useReactFlow();
  return useCallback(
    (entry: Pick<Entry, 'kind' | 'params' | 'title'>, at?: Point, from?: PortEnd, wire?: string) => {
      const { graph } = editor.getState();
      const { selection } = session.getState();
      const insertion = { kind: entry.kind, ...(entry.params && { params: entry.params }) };
      const only = selection.size === 1 ? [...selection][0] : undefined;
      const added = at
        ? insertNode(graph, { ...insertion, at, from })
        : insertAfter(graph, only, { ...insertion, at: middleOf(flow) });
      const [id] = added.ids;
      if (id === undefined) {
        session.announce('The document is full.');
        return;
      }
      const index = wire === undefined ? -1 : wireIndex(added.graph, wire);
      const spliced =
        index >= 0 && canSplice(added.graph, id)
          ? makeRoom(spliceIntoWire(added.graph, index, id), id)
          : added.graph;
      editor.commit(`Add ${entry.title}`, () => spliced);
      session.select([id]);
      session.announce(`Added ${entry.title}`);
      if (misplaced(spliced, [id]).length > 0) session.setState({ offer: [id] });
    },
    [editor, session, flow],
  );
}

/** The middle of what is seen of the canvas. */
export function middleOf(flow: Pick<ReturnType<typeof useReactFlow>, 'screenToFlowPosition'>): Point {
  const pane = document.querySelector('.react-flow')?.getBoundingClientRect();
  if (!pane) return [0, 0];
  const { x, y } = flow.screenToFlowPosition({ x: pane.x + pane.width / 2, y: pane.y + pane.height / 2 });
  return [x - 60, y - 20];
}
