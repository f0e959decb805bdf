'use client';
import 'reactflow/dist/style.css';
import { lazy, useCallback, useEffect, useMemo, useRef } from 'react';
import {
  Background,
  BackgroundVariant,
  ConnectionLineType,
  type EdgeChange,
  MiniMap,
  type NodeChange,
  ReactFlow,
  useReactFlow,
  type Viewport,
} from 'reactflow';
import { useChecked } from '@/components/hooks/checked';
import { useEditor, useSession, useStores } from '@/components/hooks/stores';
import { ENTRY_TYPE, readEntry } from '@/components/palette/drag-entry';
import { Deferred } from '@/components/ui/deferred';
import type { Checked } from '@/lib/check/checked';
import styles from './canvas.module.css';
import { Card } from './card';
import { createConverter } from './convert';
import { useDrag } from './drag';
import { wholeView } from './fit-view';
import type { FlowNode, WireEdge } from './flow';
import { Frame } from './frame';
import { Offer } from './offer';
import { Tools } from './tools';
import { useInsert } from './use-insert';
import { Wire } from './wire';
import { wireAt } from './wire-at';
import { useWiring } from './wiring';

const Finder = lazy(() => import('./finder').then((module) => ({ default: module.Finder })));
const WiringList = lazy(() => import('./wiring-list').then((module) => ({ default: module.WiringList })));
const Blank = lazy(() => import('./blank').then((module) => ({ default: module.Blank })));

const nodeTypes = { card: Card, frame: Frame };
const edgeTypes = { wire: Wire };
/** Below this zoom cards are plain boxes: their text could not be read. */
const FAR = 0.35;
/** Up to this many nodes all are mounted, which keeps panning free of mounting. */
const MANY = 300;
const MAP_FROM = 60;
const noSizes = new Map();
const multiSelect = ['Meta', 'Control', 'Shift'];

export interface CanvasProps {
  /** Enter on a node, or a double click. */
  onInspect?: (() => void) | undefined;
}

/** The graph, drawn and edited by hand. Document in, edits out; React Flow holds no state of its own. */
export function Canvas({ onInspect }: CanvasProps) {
  const { session } = useStores();
  const documentId = useEditor((state) => state.id);
  const graph = useEditor((state) => state.graph);
  const checked = useChecked();
  const selection = useSession((state) => state.selection);
  const wires = useSession((state) => state.wires);
  const map = useSession((state) => state.minimap) ?? graph.nodes.length > MAP_FROM;
  const thetaChoice = useSession((state) => state.thetaWires);
  const thetaWires = thetaChoice ?? graph.networks.length <= 6;
  const flow = useReactFlow<FlowNode, WireEdge>();
  const drag = useDrag();
  const wiring = useWiring(flow);
  const insert = useInsert();
  const converter = useRef<ReturnType<typeof createConverter>>(null);
  converter.current ??= createConverter();
  const convert = converter.current;
  const { nodes, edges } = useMemo(
    () => convert(graph, checked, { selection, wires, dragged: drag.positions, sizes: noSizes, thetaWires }),
    [convert, graph, checked, selection, wires, drag.positions, thetaWires],
  );

  // Another document is seen whole.
  const shownDocument = useRef(documentId);
  useEffect(() => {
    if (shownDocument.current === documentId) return;
    shownDocument.current = documentId;
    requestAnimationFrame(() => void flow.fitView(wholeView));
  }, [documentId, flow]);

  const lit = litBy(checked, selection, edges, wires);
  useEffect(() => session.setState({ lit }), [session, lit]);

  const onNodesChange = useCallback(
    (changes: NodeChange<FlowNode>[]) => {
      const next = applySelection(session.getState().selection, changes);
      if (next) session.select(next, session.getState().wires);
    },
    [session],
  );
  const onEdgesChange = useCallback(
    (changes: EdgeChange<WireEdge>[]) => {
      const next = applySelection(session.getState().wires, changes);
      if (next) session.select(session.getState().selection, next);
    },
    [session],
  );
  const onMove = useCallback(
    (_: unknown, { zoom }: Viewport) => {
      if (zoom < FAR !== session.getState().far) session.setState({ far: zoom < FAR });
    },
    [session],
  );
  const toFlow = (event: React.MouseEvent) => {
    const { x, y } = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
    return [Math.round(x), Math.round(y)] as const;
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the canvas' own nodes are what is focused
    <div
      className={styles.wrapper}
      onDoubleClick={(event) => {
        if (!(event.target instanceof Element)) return;
        // The pane holds all that is drawn on it.
        if (event.target.closest('.react-flow__node-card')) onInspect?.();
        else if (event.target.closest('.react-flow__node, .react-flow__edge, .react-flow__panel')) return;
        else if (event.target.closest('.react-flow__pane'))
          session.setState({ finder: { at: toFlow(event) } });
      }}
      onKeyDown={(event) => {
        const id = event.target instanceof Element ? event.target.getAttribute('data-id') : null;
        if (event.key !== 'Enter' || id === null || !event.target) return;
        if ((event.target as Element).classList.contains('react-flow__edge')) session.select([], [id]);
        else session.select([id]);
        onInspect?.();
      }}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes(ENTRY_TYPE)) return;
        event.preventDefault();
        const over = wireAt(event);
        if (over !== session.getState().dropWire) session.setState({ dropWire: over });
      }}
      onDragLeave={() => session.setState({ dropWire: undefined })}
      onDrop={(event) => {
        if (!event.dataTransfer.types.includes(ENTRY_TYPE)) return;
        event.preventDefault();
        const { dropWire } = session.getState();
        session.setState({ dropWire: undefined });
        const entry = readEntry(event.dataTransfer);
        const [x, y] = toFlow(event);
        if (entry) insert(entry, [x - 50, y - 20], undefined, dropWire);
      }}
    >
      <ReactFlow<FlowNode, WireEdge>
        className={styles.canvas}
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdgesChange}
        onMove={onMove}
        onMoveEnd={(_, viewport) => session.setState({ viewport })}
        {...drag.handlers}
        {...wiring}
        reconnectRadius={14}
        connectionRadius={24}
        connectionLineType={ConnectionLineType.Bezier}
        onlyRenderVisibleElements={nodes.length > MANY}
        minZoom={0.05}
        maxZoom={2.5}
        fitView
        fitViewOptions={wholeView}
        deleteKeyCode={null}
        multiSelectionKeyCode={multiSelect}
        disableKeyboardA11y
        zoomOnDoubleClick={false}
        elevateNodesOnSelect={false}
        aria-label="Canvas"
      >
        <Background variant={BackgroundVariant.Dots} gap={20} size={1.4} color="var(--dots)" />
        <Tools />
        {map ? <MiniMap pannable zoomable className={styles.minimap} /> : null}
      </ReactFlow>
      {documentId !== '' && graph.nodes.length + graph.networks.length === 0 ? (
        <Deferred until="mounted">
          <Blank />
        </Deferred>
      ) : null}
      <Deferred>
        <Finder />
        <WiringList />
      </Deferred>
      <Offer />
    </div>
  );
}

/** A set with the selection changes applied, or undefined where there were none. */
function applySelection(
  current: ReadonlySet<string>,
  changes: readonly (NodeChange<FlowNode> | EdgeChange<WireEdge>)[],
): ReadonlySet<string> | undefined {
  let next: Set<string> | undefined;
  for (const change of changes) {
    if (change.type !== 'select') continue;
    next ??= new Set(current);
    if (change.selected) next.add(change.id);
    else next.delete(change.id);
  }
  return next;
}

/** The network of the one call, frame or θ wire that is selected. */
function litBy(
  checked: Checked,
  selection: ReadonlySet<string>,
  edges: readonly WireEdge[],
  wires: ReadonlySet<string>,
): string | undefined {
  const [id] = selection;
  if (selection.size === 0 && wires.size === 1) return edges.find((edge) => wires.has(edge.id))?.data?.theta;
  if (selection.size !== 1 || id === undefined) return undefined;
  if (checked.networks.has(id)) return id;
  const node = checked.nodes.get(id);
  return node?.definition?.role === 'call' ? String(node.params.network) : undefined;
}
