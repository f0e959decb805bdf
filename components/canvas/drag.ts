import { useMemo, useState } from 'react';
import type { OnNodeDrag } from 'reactflow';
import { type Stores, useStores } from '@/components/hooks/stores';
import { checkedOf } from '@/lib/edit/checked-of';
import { duplicateSelection } from '@/lib/edit/clipboard';
import { moveNodes } from '@/lib/edit/move';
import { canSplice, spliceIntoWire } from '@/lib/edit/splice';
import { wireIndex } from '@/lib/edit/wire-keys';
import type { Graph } from '@/lib/graph/schema';
import type { Point } from '@/lib/layout/boxes';
import { findMisplaced, reparentDropped } from '@/lib/layout/reparent-dropped';
import type { FlowNode } from './flow';
import { wireAt } from './wire-at';

export type Positions = ReadonlyMap<string, { readonly x: number; readonly y: number }>;
const none: Positions = new Map();

export interface Drag {
  readonly positions: Positions;
  readonly handlers: {
    readonly onNodeDrag: OnNodeDrag<FlowNode>;
    readonly onNodeDragStop: OnNodeDrag<FlowNode>;
  };
  /** A drag by other means: by how much the selection is moved now, and the drag's end. */
  moveSelection(by: Point): void;
  drop(): void;
}

/** Dragging: positions are shown as they change, and committed once, when the drag ends. */
export function useDrag(): Drag {
  const stores = useStores();
  const [positions, setPositions] = useState(none);
  const dragging = useMemo(() => createDragging(stores, setPositions), [stores]);
  return useMemo(() => ({ positions, ...dragging }), [positions, dragging]);
}

function createDragging(
  { editor, session }: Stores,
  show: (positions: Positions) => void,
): Omit<Drag, 'positions'> {
  let current = none;
  const move = (positions: Positions) => {
    current = positions;
    show(positions);
  };

  /** What is selected moves along, on the page or not; nodes of a frame that moves go with it. */
  const alongside = (by: Point, positions = new Map<string, { x: number; y: number }>()): Positions => {
    const { graph } = editor.getState();
    const { selection } = session.getState();
    const { nodes, networks } = checkedOf(graph);
    for (const id of selection) {
      const node = nodes.get(id)?.node;
      const at = node?.at ?? networks.get(id)?.network.at;
      if (!at || positions.has(id) || selection.has(node?.network ?? '')) continue;
      positions.set(id, { x: at[0] + by[0], y: at[1] + by[1] });
    }
    return positions;
  };

  /** With Alt what is dragged stays, and a copy is let go. */
  const leaveCopy = ({ id, position }: FlowNode) => {
    move(none);
    session.setState({ dropWire: undefined });
    const { graph } = editor.getState();
    const { nodes, networks } = checkedOf(graph);
    const at = nodes.get(id)?.node.at ?? networks.get(id)?.network.at ?? [0, 0];
    const { selection } = session.getState();
    const ids = selection.has(id) ? selection : new Set([id]);
    const copied = duplicateSelection(
      graph,
      {
        nodes: [...ids].filter((one) => nodes.has(one)),
        networks: [...ids].filter((one) => networks.has(one)),
      },
      [Math.round(position.x - at[0]), Math.round(position.y - at[1])],
    );
    if (!copied.ok) return session.announce(copied.diagnostics[0]?.message ?? 'Nothing was duplicated');
    editor.commit('Duplicate', () => copied.graph);
    session.select([...copied.selection.networks, ...copied.selection.nodes]);
  };

  const commit = (single: string | undefined) => {
    const positions = new Map(
      [...current].map(([id, { x, y }]): [string, Point] => [id, [Math.round(x), Math.round(y)]]),
    );
    move(none);
    const { dropWire } = session.getState();
    session.setState({ dropWire: undefined });
    const before = editor.getState().graph;
    if (!hasMoved(before, positions)) return;
    const moved = reparentDropped(moveNodes(before, positions), [...positions.keys()]);
    const index = dropWire === undefined ? -1 : wireIndex(moved, dropWire);
    if (single !== undefined && canSplice(moved, index, single)) {
      editor.commit('Insert on wire', () => spliceIntoWire(moved, index, single));
      return;
    }
    editor.commit(positions.size === 1 ? 'Move' : `Move ${positions.size}`, () => moved);
    const ids = [...positions.keys()];
    const wereMisplaced = new Set(findMisplaced(before, ids));
    const misplaced = findMisplaced(moved, ids).filter((id) => !wereMisplaced.has(id));
    if (misplaced.length > 0) session.setState({ offer: misplaced });
  };

  return {
    handlers: {
      onNodeDrag(event, node, nodes) {
        const { graph } = editor.getState();
        const { nodes: checked, networks } = checkedOf(graph);
        const at = checked.get(node.id)?.node.at ?? networks.get(node.id)?.network.at ?? [0, 0];
        const by: Point = [node.position.x - at[0], node.position.y - at[1]];
        move(alongside(by, new Map(nodes.map(({ id, position }) => [id, position]))));
        const wire = nodes.length === 1 ? wireAt(event) : undefined;
        const fits = wire !== undefined && canSplice(graph, wireIndex(graph, wire), node.id);
        const over = fits ? wire : undefined;
        if (over !== session.getState().dropWire) session.setState({ dropWire: over });
      },
      onNodeDragStop: (event, node) => (event.altKey ? leaveCopy(node) : commit(node.id)),
    },
    moveSelection: (by) => move(alongside(by)),
    drop: () => commit(undefined),
  };
}

const hasMoved = (graph: Graph, positions: ReadonlyMap<string, Point>): boolean =>
  [...graph.nodes, ...graph.networks].some(({ id, at }) => {
    const position = positions.get(id);
    return position !== undefined && (position[0] !== at[0] || position[1] !== at[1]);
  });
