'use client';
import { part } from '@/components/ui/part';
import 'reactflow/dist/style.css';
import { type RefObject, useCallback, useLayoutEffect, useMemo, useRef } from 'react';
import {
  Background,
  BackgroundVariant,
  ReactFlow,
  ReactFlowProvider,
  type ReactFlowState,
  useReactFlow,
  useStore,
  type Viewport,
} from 'reactflow';
import { useEditor, useSession, useStores } from '@/components/hooks/stores';
import { useChecked } from '@/components/hooks/use-checked';
import { Deferred } from '@/components/ui/deferred';
import { prefixOf } from '@/lib/check/blocks/inside';
import type { Checked } from '@/lib/check/checked';
import { isPlayer } from '@/lib/check/game';
import type { Point } from '@/lib/layout/boxes';
import { type Layout, layOut } from '@/lib/layout/layout';
import { MOST_MOUNTED } from '@/lib/layout/shown';
import { Breadcrumb } from './breadcrumb';
import styles from './canvas.module.css';
import { Card } from './card';
import { ConnectionLine } from './connection-line';
import { type Positions, useDrag } from './drag';
import { DropHint } from './drop-hint';
import { Enlarged } from './enlarged';
import { FarKeys } from './far-keys';
import { FarLayer } from './far-layer';
import type { FlowNode, WireEdge } from './flow';
import { Frame } from './frame';
import { Offer } from './offer';
import { SmallMap } from './small-map';
import { TapHint } from './tap-hint';
import { TintLegend } from './tint-legend';
import { Tools } from './tools';
import { lowestZoom, useCanvasView } from './use-canvas-view';
import { useFarPointer } from './use-far-pointer';
import { useFlowItems } from './use-flow-items';
import { useGestures } from './use-gestures';
import { usePinch } from './use-pinch';
import { useHighlight, useSelectionChanges } from './use-selection';
import { useShown } from './use-shown';
import { useTurn } from './use-turn';
import { Wire } from './wire';
import { useWiring } from './wiring';

const nothing = { instead: () => null };
const Finder = part(
  'the search for kinds',
  () => import('./finder').then((module) => module.Finder),
  nothing,
);
const WiringList = part(
  'wiring by keyboard',
  () => import('./wiring-list').then((module) => module.WiringList),
  nothing,
);
const WireOffer = part(
  'what fixes a wire',
  () => import('./wire-offer').then((module) => module.WireOffer),
  nothing,
);
const Blank = part('the start page', () => import('./blank').then((module) => module.Blank), nothing);

const nodeTypes = { card: Card, frame: Frame };
const edgeTypes = { wire: Wire };
/** Below this zoom cards are plain boxes: their text could not be read. */
const PLAIN_BELOW = 0.35;
const HIGHEST_ZOOM = 2.5;
const MAP_FROM = 60;
const multiSelect = ['Meta', 'Control', 'Shift'];

interface CanvasProps {
  /** Enter on a node, or a double click. */
  onInspect?: (() => void) | undefined;
}

/** The graph, drawn and edited by hand. Document in, edits out; React Flow holds no state of its own. */
export function Canvas(props: CanvasProps) {
  // Another inside is another graph: nothing of the one before is kept.
  const prefix = useEditor(({ path }) => prefixOf(path));
  const opened = useRef<string>(undefined);
  return (
    <ReactFlowProvider key={prefix}>
      <Flow {...props} opened={opened} />
    </ReactFlowProvider>
  );
}

interface FlowProps extends CanvasProps {
  /** The document for which panels gave way: entering a block moves none of them. */
  readonly opened: RefObject<string | undefined>;
}

function Flow({ onInspect, opened }: FlowProps) {
  const { session } = useStores();
  const documentId = useEditor((state) => state.id);
  const copyOf = useEditor((state) => state.copyOf);
  const graph = useEditor((state) => state.shown);
  const checked = useChecked();
  const selection = useSession((state) => state.selection);
  const map = useSession((state) => state.minimap) ?? graph.nodes.length > MAP_FROM;
  const thetaChoice = useSession((state) => state.thetaWires);
  const thetaWires = thetaChoice ?? graph.networks.length <= 6;
  const flow = useReactFlow<FlowNode, WireEdge>();
  const wrapper = useRef<HTMLDivElement>(null);
  const drag = useDrag();
  const wiring = useWiring(flow);
  const layout = useMemo(() => layOut(graph, checked, thetaWires), [graph, checked, thetaWires]);
  const view = useCanvasView(flow, layout, checked);
  const isLarge = graph.nodes.length > MOST_MOUNTED;
  const shown = useShown(layout, isLarge);
  const isDrawn = shown !== undefined && (shown.far || !shown.complete);
  useFarPointer(wrapper, flow, shown?.far ? layout : undefined, drag);
  const moving = useMemo(
    () => movedItems(layout, checked, drag.positions),
    [layout, checked, drag.positions],
  );
  const { nodes, edges } = useFlowItems(drag.positions, thetaWires, shown);
  const selectionChanges = useSelectionChanges();
  const gestures = useGestures(wrapper, flow, onInspect);
  usePinch(wrapper, flow);
  useHighlight(edges);
  useTurn(
    wrapper,
    useMemo(() => [...checked.nodes.values()].filter(isPlayer).length, [checked]),
  );

  // A document opens where its text can be read.
  const shownDocument = useRef<string>(undefined);
  const isReady = useStore(({ panZoom, width }) => panZoom !== null && width > 0);
  useLayoutEffect(() => {
    if (!isReady || shownDocument.current === documentId) return;
    const isGoingOn = shownDocument.current !== undefined && shownDocument.current === copyOf;
    shownDocument.current = documentId;
    if (isGoingOn) return;
    const mayFold = opened.current !== documentId;
    opened.current = documentId;
    const { selection } = session.getState();
    if (selection.size > 0) view.fit({ ids: [...selection], maxZoom: 1, padding: 0.6 });
    else view.open({ mayFold });
  }, [isReady, documentId, copyOf, view, session, opened]);

  const units = useStore(unitsPerPixel);
  const onMove = useCallback(
    (_: unknown, { zoom }: Viewport) => {
      const far = !isLarge && zoom < PLAIN_BELOW;
      if (far !== session.getState().far) session.setState({ far });
    },
    [session, isLarge],
  );
  return (
    <div
      ref={wrapper}
      className={styles.wrapper}
      style={{ '--units': units } as React.CSSProperties}
      {...gestures}
    >
      <ReactFlow<FlowNode, WireEdge>
        className={styles.canvas}
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        {...selectionChanges}
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
        reconnectRadius={14 * units}
        connectionRadius={24 * units}
        connectionLineComponent={ConnectionLine}
        onlyRenderVisibleElements={isLarge}
        onPaneClick={() => session.select([])}
        minZoom={lowestZoom(layout)}
        maxZoom={HIGHEST_ZOOM}
        deleteKeyCode={null}
        selectNodesOnDrag={!isCoarse()}
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
        <Breadcrumb />
        <Tools />
        {map ? <SmallMap layout={layout} flow={flow} /> : null}
      </ReactFlow>
      <TintLegend />
      {documentId !== '' && graph.inside === undefined && graph.nodes.length + graph.networks.length === 0 ? (
        <Deferred until="mounted">
          <Blank />
        </Deferred>
      ) : null}
      <Deferred>
        <Finder />
        <WiringList />
        <WireOffer />
      </Deferred>
      <Offer />
      <DropHint />
      <TapHint />
      <Enlarged />
    </div>
  );
}

/** A finger that drags a card does not ask for its fields. */
const isCoarse = (): boolean => window.matchMedia('(pointer: coarse)').matches;

/** Of the canvas' units at least a pixel, in steps, so that few zooms draw anything anew. */
const unitsPerPixel = ({ transform: [, , zoom] }: ReactFlowState): number =>
  2 ** Math.max(0, Math.ceil(-2 * Math.log2(zoom)) / 2);

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
