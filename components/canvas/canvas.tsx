'use client';
import 'reactflow/dist/style.css';
import { lazy, useCallback, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import {
  Background,
  BackgroundVariant,
  ConnectionLineType,
  type EdgeChange,
  type NodeChange,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStore,
  useStoreApi,
  type Viewport,
} from 'reactflow';
import { useEditor, useSession, useStores } from '@/components/hooks/stores';
import { useChecked } from '@/components/hooks/use-checked';
import { ENTRY_TYPE, readEntry } from '@/components/palette/drag-entry';
import { Deferred } from '@/components/ui/deferred';
import type { Checked } from '@/lib/check/checked';
import type { Point } from '@/lib/layout/boxes';
import { type Layout, layOut } from '@/lib/layout/layout';
import styles from './canvas.module.css';
import { Card } from './card';
import { createConverter } from './convert';
import { type Positions, useDrag } from './drag';
import { useFarHands } from './far-hands';
import { FarKeys } from './far-keys';
import { FarLayer } from './far-layer';
import type { FlowNode, WireEdge } from './flow';
import { Frame } from './frame';
import { Offer } from './offer';
import { SmallMap } from './small-map';
import { Tools } from './tools';
import { lowestZoom, useCanvasView } from './use-canvas-view';
import { useInsert } from './use-insert';
import { useShown } from './use-shown';
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
const HIGHEST_ZOOM = 2.5;
const MAP_FROM = 60;
const noSizes = new Map();
const multiSelect = ['Meta', 'Control', 'Shift'];

export interface CanvasProps {
  /** Enter on a node, or a double click. */
  onInspect?: (() => void) | undefined;
}

/** The graph, drawn and edited by hand. Document in, edits out; React Flow holds no state of its own. */
export function Canvas(props: CanvasProps) {
  return (
    <ReactFlowProvider>
      <Flow {...props} />
    </ReactFlowProvider>
  );
}

function Flow({ onInspect }: CanvasProps) {
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
  const store = useStoreApi();
  const wrapper = useRef<HTMLDivElement>(null);
  const drag = useDrag();
  const wiring = useWiring(flow);
  const insert = useInsert();
  const layout = useMemo(() => layOut(graph, checked, thetaWires), [graph, checked, thetaWires]);
  const view = useCanvasView(flow, layout);
  const isLarge = graph.nodes.length > MANY;
  const shown = useShown(layout, isLarge);
  const isDrawn = shown !== undefined && (shown.far || !shown.complete);
  useFarHands(wrapper, flow, shown?.far ? layout : undefined, drag);
  const moving = useMemo(
    () => movedItems(layout, checked, drag.positions),
    [layout, checked, drag.positions],
  );
  const converter = useRef<ReturnType<typeof createConverter>>(null);
  converter.current ??= createConverter();
  const convert = converter.current;
  const [held] = drag.positions.keys();
  const { nodes, edges } = useMemo(() => {
    const overlay = { selection, wires, dragged: drag.positions, sizes: noSizes, thetaWires };
    // What is held stays an element where the view moves away under it.
    const isHeld = shown && !shown.far && held !== undefined && !shown.nodes.has(held);
    const items = shown && { nodes: isHeld ? [...shown.nodes, held] : shown.nodes, wires: shown.wires };
    return convert(graph, checked, overlay, items);
  }, [convert, graph, checked, selection, wires, drag.positions, held, thetaWires, shown]);

  // A document is seen whole when it is opened.
  const shownDocument = useRef<string>(undefined);
  const isReady = useStore(({ panZoom, width }) => panZoom !== null && width > 0);
  useLayoutEffect(() => {
    if (!isReady || shownDocument.current === documentId) return;
    shownDocument.current = documentId;
    view.fit();
  }, [isReady, documentId, view]);

  const lit = litBy(checked, selection, edges, wires);
  useEffect(() => session.setState({ lit }), [session, lit]);

  const onNodesChange = useCallback(
    (changes: NodeChange<FlowNode>[]) => {
      const next = applySelection(session.getState().selection, changes);
      if (!next) return;
      const { multiSelectionActive, nodeLookup } = store.getState();
      // React Flow deselects those that it knows.
      if (!multiSelectionActive) for (const id of next) if (!nodeLookup.has(id)) next.delete(id);
      session.select(next, session.getState().wires);
    },
    [session, store],
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
      const far = !isLarge && zoom < FAR;
      if (far !== session.getState().far) session.setState({ far });
    },
    [session, isLarge],
  );
  const toFlow = (event: React.MouseEvent) => {
    const { x, y } = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
    return [Math.round(x), Math.round(y)] as const;
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the canvas' own nodes are what is focused
    <div
      ref={wrapper}
      className={styles.wrapper}
      onDoubleClick={(event) => {
        if (!(event.target instanceof Element)) return;
        // The pane holds all that is drawn on it.
        if (event.target.closest('.react-flow__node-card') || wrapper.current?.dataset.under) onInspect?.();
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
        onMoveStart={() => {
          if (isLarge) wrapper.current?.setAttribute('data-moving', '');
        }}
        onMoveEnd={(_, viewport) => {
          wrapper.current?.removeAttribute('data-moving');
          session.setState({ viewport });
        }}
        {...drag.handlers}
        {...wiring}
        reconnectRadius={14}
        connectionRadius={24}
        connectionLineType={ConnectionLineType.Bezier}
        onlyRenderVisibleElements={isLarge}
        onPaneClick={() => session.select([])}
        minZoom={lowestZoom(layout)}
        maxZoom={HIGHEST_ZOOM}
        deleteKeyCode={null}
        multiSelectionKeyCode={multiSelect}
        disableKeyboardA11y
        zoomOnDoubleClick={false}
        elevateNodesOnSelect={false}
        aria-label="Canvas"
      >
        {shown?.far ? null : (
          <Background variant={BackgroundVariant.Dots} gap={20} size={1.4} color="var(--dots)" />
        )}
        {isDrawn ? <FarLayer layout={layout} selection={selection} moving={moving} /> : null}
        {shown?.far ? <FarKeys layout={layout} onInspect={onInspect} /> : null}
        <Tools />
        {map ? <SmallMap layout={layout} flow={flow} /> : null}
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

const nowhere: ReadonlyMap<number, Point> = new Map();

/** How far each card and frame is from its position in the document, by item of the layout. */
function movedItems(layout: Layout, checked: Checked, positions: Positions): ReadonlyMap<number, Point> {
  if (positions.size === 0) return nowhere;
  const moved = new Map<number, Point>();
  for (const [id, { x, y }] of positions) {
    const item = layout.itemOf.get(id);
    const at = checked.nodes.get(id)?.node.at ?? checked.networks.get(id)?.network.at;
    if (item !== undefined && at) moved.set(item, [x - at[0], y - at[1]]);
  }
  const frames = [...moved.keys()].filter((item) => item < layout.frames);
  for (const frame of frames)
    layout.parents.forEach((parent, item) => {
      if (parent === frame && item < layout.ids.length) moved.set(item, moved.get(frame) as Point);
    });
  return moved;
}

/** A set with the selection changes applied, or undefined where there were none. */
function applySelection(
  current: ReadonlySet<string>,
  changes: readonly (NodeChange<FlowNode> | EdgeChange<WireEdge>)[],
): Set<string> | undefined {
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
