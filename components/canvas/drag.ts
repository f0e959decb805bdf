import { useCallback, useMemo, useState } from 'react';
import type { OnNodeDrag } from 'reactflow';
import { useStores } from '@/components/hooks/stores';
import { moveNodes, reparent } from '@/lib/edit/move';
import type { Graph } from '@/lib/graph/schema';
import type { Point } from './boxes';
import type { FlowNode } from './flow';
import { canSplice, spliceIntoWire } from './insert';
import { misplaced, settle } from './settle';
import { wireAt, wireIndex } from './wire-at';

type Positions = ReadonlyMap<string, { readonly x: number; readonly y: number }>;
const none: Positions = new Map();

/** Dragging: positions are shown as they change, and committed once, when the drag ends. */
export function useDrag() {
  const { editor, session } = useStores();
  const [positions, setPositions] = useState(none);

  const onNodeDrag: OnNodeDrag<FlowNode> = useCallback(
    (event, node, nodes) => {
      setPositions(new Map(nodes.map(({ id, position }) => [id, position])));
      const { graph } = editor.getState();
      const over = nodes.length === 1 && canSplice(graph, node.id) ? wireAt(event) : undefined;
      if (over !== session.getState().dropWire) session.setState({ dropWire: over });
    },
    [editor, session],
  );

  const onNodeDragStop: OnNodeDrag<FlowNode> = useCallback(
    (_event, node, nodes) => {
      setPositions(none);
      const { dropWire } = session.getState();
      session.setState({ dropWire: undefined });
      const places = new Map(
        nodes.map(({ id, position }): [string, Point] => [
          id,
          [Math.round(position.x), Math.round(position.y)],
        ]),
      );
      const before = editor.getState().graph;
      if (!hasMoved(before, places)) return;
      const moved = settle(moveNodes(before, places), [...places.keys()]);
      const index = dropWire === undefined ? -1 : wireIndex(moved, dropWire);
      const wire = moved.wires[index];
      if (wire) {
        const frame = moved.nodes.find(({ id }) => wire[1].startsWith(`${id}.`))?.network;
        const inFrame = reparent(moved, [node.id], frame);
        editor.commit('Insert on wire', () => spliceIntoWire(inFrame, index, node.id));
        return;
      }
      editor.commit(places.size === 1 ? 'Move' : `Move ${places.size}`, () => moved);
      const strays = misplaced(moved, [...places.keys()]).filter((id) => !misplaced(before, [id]).length);
      if (strays.length > 0) session.setState({ offer: strays });
    },
    [editor, session],
  );

  return useMemo(
    () => ({ positions, handlers: { onNodeDrag, onNodeDragStop } }),
    [positions, onNodeDrag, onNodeDragStop],
  );
}

const hasMoved = (graph: Graph, places: ReadonlyMap<string, Point>): boolean =>
  [...graph.nodes, ...graph.networks].some(({ id, at }) => {
    const place = places.get(id);
    return place !== undefined && (place[0] !== at[0] || place[1] !== at[1]);
  });
