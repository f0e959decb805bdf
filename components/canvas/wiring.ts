import { useMemo } from 'react';
import type {
  Connection,
  Edge,
  FinalConnectionState,
  HandleType,
  OnConnectStartParams,
  ReactFlowInstance,
} from 'reactflow';
import { type Stores, useStores } from '@/components/hooks/stores';
import { showToast } from '@/components/ui/toast';
import { nameOf, portName } from '@/lib/check/names';
import { bestWire } from '@/lib/edit/best-port';
import { canConnect } from '@/lib/edit/can-connect';
import { checkedOf } from '@/lib/edit/checked-of';
import { connect, disconnect } from '@/lib/edit/connect';
import type { PortEnd } from '@/lib/edit/edited';
import { wireIndex } from '@/lib/edit/wire-keys';
import { joinEndpoint, type Wire } from '@/lib/graph/schema';
import type { Point } from '@/lib/layout/boxes';
import { callNetwork } from '@/lib/layout/call-network';
import { calledBy, wireBetween, wireProblem } from './fit';
import type { FlowNode, WireEdge } from './flow';
import { offerFixes } from './offer-fixes';

type End = Pick<Connection, 'source' | 'target' | 'sourceHandle' | 'targetHandle'> | WireEdge;

const wireOf = ({ source, target, sourceHandle, targetHandle }: End): Wire => [
  joinEndpoint(source, sourceHandle ?? ''),
  joinEndpoint(target, targetHandle ?? ''),
];

/** The port that an element of the page is. */
function portAt(element: Element): PortEnd | undefined {
  const handle = element.closest<HTMLElement>('.react-flow__handle');
  const { nodeid: id, handleid: port } = handle?.dataset ?? {};
  if (!handle || id === undefined || port === undefined) return undefined;
  return { id, port, side: handle.classList.contains('source') ? 'output' : 'input' };
}

function screenPoint(event: MouseEvent | TouchEvent): Point | undefined {
  const at = 'changedTouches' in event ? event.changedTouches[0] : event;
  return at && [at.clientX, at.clientY];
}

/** Drawing a wire by hand: from a port to a port, to nowhere (search), or off its input. */
export function useWiring(flow: ReactFlowInstance<FlowNode, WireEdge>) {
  const stores = useStores();
  return useMemo(() => wiringHandlers(stores, flow), [stores, flow]);
}

function wiringHandlers(stores: Stores, flow: ReactFlowInstance<FlowNode, WireEdge>) {
  const { editor, session } = stores;
  const begin = (_: unknown, { nodeId, handleId, handleType }: OnConnectStartParams) => {
    if (nodeId === null || handleId === null) return;
    const side = handleType === 'source' ? 'output' : 'input';
    session.setState({ wiring: { id: nodeId, port: handleId, side }, wiringList: false });
  };
  const stop = () => session.setState({ wiring: undefined, tapping: false });
  const point = (event: MouseEvent | TouchEvent) => {
    const at = screenPoint(event);
    return at && flow.screenToFlowPosition({ x: at[0], y: at[1] });
  };
  let wasReconnected = false;

  return {
    onConnectStart: begin,
    onClickConnectStart: (event: unknown, params: OnConnectStartParams) => {
      begin(event, params);
      session.setState({ tapping: true });
    },
    onClickConnectEnd: (event: MouseEvent | TouchEvent | React.MouseEvent) => {
      const { wiring } = session.getState();
      stop();
      const port = event.target instanceof Element ? portAt(event.target) : undefined;
      if (!wiring || !port) return;
      const { shown } = editor.getState();
      const reason = wireProblem(checkedOf(shown), wiring, port);
      if (reason !== undefined) showToast({ title: reason });
      const wire = wireBetween(wiring, port);
      if (wire) offerFixes(stores, wire, screenPoint(event as MouseEvent));
    },
    /** The second press may be on a card: the wire goes to the port of it that it means. */
    onNodeClick: (event: React.MouseEvent, { id, type }: FlowNode) => {
      const { wiring, tapping } = session.getState();
      const isOnPort = event.target instanceof Element && portAt(event.target) !== undefined;
      // A finger on a port draws a wire; it does not ask for the card's fields.
      if (isOnPort && (event.nativeEvent as PointerEvent).pointerType === 'touch') session.select([]);
      if (!wiring || !tapping || isOnPort || id === wiring.id) return;
      stop();
      if (type === 'frame') callFrom(wiring, id);
      else wireToCard(wiring, id, [event.clientX, event.clientY]);
    },
    /** A wire of a wrong shape may be drawn, and is shown as wrong; one that means nothing may not. */
    isValidConnection: (end: End): boolean => {
      const [from, to] = wireOf(end);
      const fit = canConnect(checkedOf(editor.getState().shown), from, to);
      return fit.ok || fit.why === 'shape';
    },
    onConnect: (connection: Connection) => {
      const [from, to] = wireOf(connection);
      editor.commit('Wire', (graph) => connect(graph, from, to));
    },
    onConnectEnd: (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
      const { wiring } = session.getState();
      stop();
      const at = point(event);
      const card = event.target instanceof Element && event.target.closest('.react-flow__node-card');
      const id = card ? card.getAttribute('data-id') : null;
      if (!state.toHandle && wiring && id !== null && id !== wiring.id) {
        wireToCard(wiring, id, screenPoint(event));
        return;
      }
      const network =
        wiring && at ? calledBy(checkedOf(editor.getState().shown), wiring, [at.x, at.y]) : undefined;
      if (!state.toHandle && wiring && network !== undefined) {
        callFrom(wiring, network);
        return;
      }
      if (state.isValid && state.toHandle && wiring && state.toHandle.id) {
        const { type, nodeId, id: port } = state.toHandle;
        const wire = wireBetween(wiring, { id: nodeId, port, side: type === 'source' ? 'output' : 'input' });
        if (wire) offerFixes(stores, wire, screenPoint(event));
      }
      const isOverPane =
        event.target instanceof Element &&
        event.target.closest('.react-flow__pane') !== null &&
        event.target.closest('.react-flow__node') === null;
      if (state.isValid || state.toHandle || !wiring || !at || !isOverPane) {
        if (state.toHandle && !state.isValid && state.fromHandle) announceWireProblem(state);
        return;
      }
      session.setState({ finder: { at: [at.x, at.y], from: wiring } });
    },
    onReconnectStart: (_: unknown, edge: Edge, handleType: HandleType) => {
      wasReconnected = false;
      // The wire's other end stays: it is from there that the wire is being drawn.
      const side = handleType === 'source' ? 'input' : 'output';
      const [id, port] =
        side === 'output' ? [edge.source, edge.sourceHandle] : [edge.target, edge.targetHandle];
      session.setState({ wiring: { id, port: port ?? '', side }, wiringList: false });
    },
    onReconnect: (edge: WireEdge, connection: Connection) => {
      wasReconnected = true;
      const [from, to] = wireOf(connection);
      editor.commit('Rewire', (graph) => {
        const index = wireIndex(graph, edge.id);
        const old = graph.wires[index];
        if (old?.[0] === from && old[1] === to) return graph;
        return connect(index < 0 ? graph : disconnect(graph, [index]), from, to);
      });
    },
    onReconnectEnd: (_: unknown, edge: WireEdge) => {
      stop();
      if (wasReconnected) return;
      editor.commit('Remove wire', (graph) => {
        const index = wireIndex(graph, edge.id);
        return index < 0 ? graph : disconnect(graph, [index]);
      });
    },
  };

  /** A wire that is let go over a card goes to the port of it that fits best. */
  function wireToCard(from: PortEnd, id: string, at: Point | undefined): void {
    const checked = checkedOf(editor.getState().shown);
    const wire = bestWire(checked, from, id);
    if (wire) {
      editor.commit('Wire', (graph) => connect(graph, wire[0], wire[1]));
      offerFixes(stores, wire, at);
    } else session.announce(`${nameOf(checked, id)} has no port for ${portName(checked, from)}.`);
  }

  /** A wire that is let go over a network's frame goes to a new call of it. */
  function callFrom(from: PortEnd, network: string): void {
    const called = callNetwork(editor.getState().shown, network, from);
    const [id] = called.ids;
    if (id === undefined) return;
    editor.commit('Call network', () => called.graph);
    session.select([id]);
    session.announce(`Added ${nameOf(checkedOf(called.graph), id)}`);
  }

  function announceWireProblem({ fromHandle, toHandle }: FinalConnectionState) {
    if (!fromHandle || !toHandle) return;
    const [out, into] = fromHandle.type === 'source' ? [fromHandle, toHandle] : [toHandle, fromHandle];
    const fit = canConnect(
      checkedOf(editor.getState().shown),
      joinEndpoint(out.nodeId, out.id ?? ''),
      joinEndpoint(into.nodeId, into.id ?? ''),
    );
    session.announce(fit.ok ? 'Not wired.' : fit.reason);
  }
}
