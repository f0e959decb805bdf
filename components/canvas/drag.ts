import { useMemo, useState } from 'react';
import type { OnNodeDrag } from 'reactflow';
import { type Stores, useStores } from '@/components/hooks/stores';
import { checkedOf } from '@/lib/edit/checked-of';
import { duplicateSelection } from '@/lib/edit/clipboard';
import { moveNodes } from '@/lib/edit/move';
import { canSplice } from '@/lib/edit/splice';
import { wireIndex } from '@/lib/edit/wire-keys';
import type { Graph } from '@/lib/graph/schema';
import { frameAt, type Point } from '@/lib/layout/boxes';
import { growFrames, growthFor } from '@/lib/layout/hold';
import { insertIntoWire } from '@/lib/layout/insert';
import { findMisplaced, reparentDropped } from '@/lib/layout/reparent-dropped';
import type { FlowNode } from './flow';
import { wireAt } from './wire-at';

export type Positions = ReadonlyMap<string, { readonly x: number; readonly y: number }>;
const none: Positions = new Map();

type Modifiers = Pick<MouseEvent, 'ctrlKey' | 'metaKey'>;
/** Held, they let layers out of their frame, and nodes with wires into one. */
const letsOut = ({ ctrlKey, metaKey }: Modifiers): boolean => ctrlKey || metaKey;

export interface Drag {
  readonly positions: Positions;
  readonly handlers: {
    readonly onNodeDrag: OnNodeDrag<FlowNode>;
    readonly onNodeDragStop: OnNodeDrag<FlowNode>;
  };
  /** A drag by other means: by how much the selection is moved now, and the drag's end. */
  moveSelection(by: Point): void;
  drop(event?: Modifiers): void;
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
    const { shown: graph } = editor.getState();
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
    session.setState({ dropWire: undefined, dropFrame: undefined });
    const { shown: graph } = editor.getState();
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

  const commit = (single: string | undefined, mayLeave: boolean) => {
    const positions = new Map(
      [...current].map(([id, { x, y }]): [string, Point] => [id, [Math.round(x), Math.round(y)]]),
    );
    move(none);
    const { dropWire } = session.getState();
    session.setState({ dropWire: undefined, dropFrame: undefined });
    const before = editor.getState().shown;
    if (!hasMoved(before, positions)) return;
    const placed = moveNodes(before, positions);
    const index = dropWire === undefined ? -1 : wireIndex(placed, dropWire);
    if (single !== undefined && canSplice(placed, index, single)) {
      editor.commit('Insert on wire', () => insertIntoWire(placed, index, single));
      return;
    }
    const moved = growFrames(reparentDropped(placed, [...positions.keys()], mayLeave), [...positions.keys()]);
    editor.commit(positions.size === 1 ? 'Move' : `Move ${positions.size}`, () => moved);
    const ids = [...positions.keys()];
    const wereMisplaced = new Set(findMisplaced(before, ids));
    const misplaced = findMisplaced(moved, ids).filter((id) => !wereMisplaced.has(id));
    if (misplaced.length > 0) session.setState({ offer: misplaced });
  };

  /** What letting go of a node of a frame past its edge would do. */
  const previewFrame = (event: Modifiers, { id, position }: FlowNode) => {
    const checked = checkedOf(editor.getState().shown);
    const frame = checked.nodes.get(id)?.node.network;
    const growth = growthFor(checked, frame, asPoints(current));
    const [left, top] = checked.networks.get(frame ?? '')?.network.at ?? [0, 0];
    const into = frameAt(checked, [left + position.x + 50, top + position.y + 20]);
    const isOut = growth !== undefined && frame !== undefined;
    const dropFrame = !isOut
      ? undefined
      : letsOut(event)
        ? ({ leaves: frame, into: into === frame ? undefined : into } as const)
        : ({ grows: frame, by: growth } as const);
    if (dropFrame || session.getState().dropFrame) session.setState({ dropFrame });
  };

  return {
    handlers: {
      onNodeDrag(event, node, nodes) {
        const { shown: graph } = editor.getState();
        const { nodes: checked, networks } = checkedOf(graph);
        const at = checked.get(node.id)?.node.at ?? networks.get(node.id)?.network.at ?? [0, 0];
        const by: Point = [node.position.x - at[0], node.position.y - at[1]];
        move(alongside(by, new Map(nodes.map(({ id, position }) => [id, position]))));
        const wire = nodes.length === 1 ? wireAt(event) : undefined;
        const fits = wire !== undefined && canSplice(graph, wireIndex(graph, wire), node.id);
        const over = fits ? wire : undefined;
        if (over !== session.getState().dropWire) session.setState({ dropWire: over });
        previewFrame('ctrlKey' in event ? event : noKeys, node);
      },
      onNodeDragStop: (event, node) =>
        event.altKey ? leaveCopy(node) : commit(node.id, letsOut('ctrlKey' in event ? event : noKeys)),
    },
    moveSelection: (by) => move(alongside(by)),
    drop: (event = noKeys) => commit(undefined, letsOut(event)),
  };
}

const noKeys: Modifiers = { ctrlKey: false, metaKey: false };

const asPoints = (positions: Positions): ReadonlyMap<string, Point> =>
  new Map([...positions].map(([id, { x, y }]) => [id, [x, y]]));

const hasMoved = (graph: Graph, positions: ReadonlyMap<string, Point>): boolean =>
  [...graph.nodes, ...graph.networks].some(({ id, at }) => {
    const position = positions.get(id);
    return position !== undefined && (position[0] !== at[0] || position[1] !== at[1]);
  });
