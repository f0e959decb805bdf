import { useCallback, useMemo, useState } from 'react';
import type { OnNodeDrag } from 'reactflow';
import { checkedOf } from '@/components/hooks/checked';
import { useStores } from '@/components/hooks/stores';
import { canStandIn, moveNodes, reparent } from '@/lib/edit/move';
import type { Graph } from '@/lib/graph/schema';
import { boxOf, centreOf, frameAt, type Point } from './boxes';
import type { FlowNode } from './convert';
import { canSplice, spliceIntoWire } from './insert';
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

/** Nodes that were dropped over another frame, or outside their own, belong there from now on. */
export function settle(graph: Graph, ids: readonly string[]): Graph {
  const checked = checkedOf(graph);
  const chosen = new Set(ids);
  const groups = new Map<string | undefined, string[]>();
  for (const id of ids) {
    const node = checked.nodes.get(id)?.node;
    const box = boxOf(checked, id);
    // A node whose frame moved too stays in it; one that cannot stand there stays where it belongs.
    if (!node || !box || chosen.has(node.network ?? '')) continue;
    const frame = frameAt(checked, centreOf(box));
    if (frame === node.network || !canStandIn(node.kind, frame)) {
      // A layer dragged out of its network is allowed out, and the canvas offers to mend it.
      if (frame !== undefined || node.network === undefined) continue;
    }
    groups.set(frame, [...(groups.get(frame) ?? []), id]);
  }
  return [...groups].reduce((current, [frame, members]) => reparent(current, members, frame), graph);
}

/** Nodes of the game that may stand in networks only. */
export const misplaced = (graph: Graph, ids: readonly string[]): string[] =>
  graph.nodes
    .filter(
      ({ id, kind, network }) => network === undefined && ids.includes(id) && !canStandIn(kind, undefined),
    )
    .map(({ id }) => id);
