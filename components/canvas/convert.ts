import type { Edge, Node, NodeHandle } from 'reactflow';
import { Position } from 'reactflow';
import type { Checked, CheckedNode } from '@/lib/check/checked';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import { type Graph, type GraphNode, type Network, splitEndpoint, type Wire } from '@/lib/graph/schema';
import type { PortType, Role } from '@/lib/nodes/define';
import { formatShape, type Shape } from '@/lib/shapes/shape';
import {
  type CardForm,
  COLLAPSED,
  cardSize,
  FRAME_HEADER,
  type Look,
  lookOf,
  PORT,
  portPlaces,
  type Size,
} from './geometry';
import { captionOf, markdownOf, titleOf } from './words';

/**
 * The document and its check as React Flow's nodes and edges. An object is made anew only when what it shows
 * has changed, so that one edit renders one card: each converter keeps what it made last.
 */
export interface CardPort {
  readonly name: string;
  readonly type: PortType;
  readonly end: 'source' | 'target';
  readonly side: 'left' | 'right';
  readonly y: number;
  readonly wired: boolean;
  readonly help: string | undefined;
  readonly shape: string | undefined;
}

export interface CardData extends Record<string, unknown> {
  readonly kind: string;
  readonly role: Role | undefined;
  readonly look: Look;
  readonly title: string;
  readonly caption: string;
  readonly text: string | undefined;
  /** The network that a call applies, or that a layer belongs to. */
  readonly network: string | undefined;
  readonly color: string | undefined;
  readonly state: GraphNode['state'];
  readonly ports: readonly CardPort[];
  readonly severity: Diagnostic['severity'] | undefined;
  readonly problems: string;
}

export interface FrameData extends Record<string, unknown> {
  readonly name: string;
  readonly color: string;
  readonly ema: number | undefined;
  readonly parameters: number;
  readonly collapsed: boolean;
  readonly nodes: number;
  readonly thetaWired: boolean;
  readonly severity: Diagnostic['severity'] | undefined;
  readonly problems: string;
}

export interface WireData extends Record<string, unknown> {
  readonly index: number;
  readonly type: PortType;
  readonly label: string | undefined;
  readonly problem: string | undefined;
  /** The network whose θ it carries. */
  readonly theta: string | undefined;
  /** Below the cards' lower edge: where a short wire's label finds room. */
  readonly below: number;
}

export type CardNode = Node<CardData, 'card'>;
export type FrameNode = Node<FrameData, 'frame'>;
export type FlowNode = CardNode | FrameNode;
export type WireEdge = Edge<WireData, 'wire'>;

/** What changes without the document: selection, and positions while dragging. */
export interface Overlay {
  readonly selection: ReadonlySet<string>;
  readonly wires: ReadonlySet<string>;
  readonly dragged: ReadonlyMap<string, { readonly x: number; readonly y: number }>;
  readonly sizes: ReadonlyMap<string, Size>;
  readonly thetaWires: boolean;
}

/** A wire's name among edges; the schema allows the same wire twice, so the copies are numbered. */
export const wireKey = ([from, to]: Wire, copy = 0): string =>
  copy > 0 ? `${from}→${to}#${copy}` : `${from}→${to}`;

interface Made<T> {
  readonly inputs: readonly unknown[];
  readonly object: T;
}

/** Reuses an object while everything that it was made of is identical. */
function createReuse<T>() {
  let last = new Map<string, Made<T>>();
  let next = new Map<string, Made<T>>();
  return {
    get(key: string, inputs: readonly unknown[], make: (previous: T | undefined) => T): T {
      const made = last.get(key);
      const fits = made?.inputs.every((input, i) => Object.is(input, inputs[i]));
      const object = made && fits ? made.object : make(made?.object);
      next.set(key, { inputs, object });
      return object;
    },
    done() {
      last = next;
      next = new Map();
    },
  };
}

/** The previous data where the new says the same: cards are told apart by their data's identity. */
const keep = <T extends object>(previous: T | undefined, data: T): T =>
  previous && JSON.stringify(previous) === JSON.stringify(data) ? previous : data;

/** The previous node where the new one is the same in all that React Flow sees. */
function keepNode<T extends FlowNode>(previous: T | undefined, node: T): T {
  const same =
    previous !== undefined &&
    previous.data === node.data &&
    previous.position.x === node.position.x &&
    previous.position.y === node.position.y &&
    previous.width === node.width &&
    previous.height === node.height &&
    previous.selected === node.selected &&
    previous.parentId === node.parentId;
  return same ? previous : node;
}

export function createConverter() {
  const cards = createReuse<CardNode>();
  const frames = createReuse<FrameNode>();
  const edges = createReuse<WireEdge>();
  let lastNodes: FlowNode[] = [];
  let lastEdges: WireEdge[] = [];

  return (graph: Graph, checked: Checked, overlay: Overlay) => {
    const problems = groupProblems(checked.diagnostics);
    const counts = countNodes(graph);
    const thetaWired = new Set(
      graph.wires.flatMap(([from]) => (from.endsWith('.theta') ? [splitEndpoint(from).id] : [])),
    );
    const networks = new Map(graph.networks.map((network) => [network.id, network]));
    const nodes: FlowNode[] = [];
    for (const network of graph.networks) {
      const { id } = network;
      nodes.push(
        frames.get(
          id,
          [
            network,
            checked.networks.get(id)?.parameters,
            counts.get(id),
            thetaWired.has(id),
            problems.get(id)?.key,
            overlay.selection.has(id),
            overlay.dragged.get(id),
            overlay.sizes.get(id),
          ],
          (previous) =>
            makeFrame(
              network,
              {
                name: network.name,
                color: network.color,
                ema: network.ema,
                parameters: checked.networks.get(id)?.parameters ?? 0,
                collapsed: network.collapsed,
                nodes: counts.get(id) ?? 0,
                thetaWired: thetaWired.has(id),
                severity: problems.get(id)?.severity,
                problems: problems.get(id)?.text ?? '',
              },
              overlay,
              previous,
            ),
        ),
      );
    }
    const shown = new Map<string, CardNode>();
    for (const node of graph.nodes) {
      const parent = node.network === undefined ? undefined : networks.get(node.network);
      if (parent?.collapsed) continue;
      const found = checked.nodes.get(node.id);
      if (!found) continue;
      const applied = appliedNetwork(found, networks) ?? parent;
      const card = cards.get(
        node.id,
        [
          found,
          parent,
          applied,
          problems.get(node.id)?.key,
          overlay.selection.has(node.id),
          overlay.dragged.get(node.id),
          overlay.sizes.get(node.id),
        ],
        (previous) => makeCard(found, parent, applied, problems.get(node.id), overlay, previous),
      );
      nodes.push(card);
      shown.set(node.id, card);
    }
    cards.done();
    frames.done();
    const made = convertWires(graph, checked, overlay, edges, shown, networks);
    edges.done();
    lastNodes = sameItems(lastNodes, nodes) ? lastNodes : nodes;
    lastEdges = sameItems(lastEdges, made) ? lastEdges : made;
    return { nodes: lastNodes, edges: lastEdges };
  };
}

const sameItems = <T>(a: readonly T[], b: readonly T[]) =>
  a.length === b.length && a.every((item, i) => item === b[i]);

interface Problems {
  readonly severity: Diagnostic['severity'];
  readonly text: string;
  readonly key: string;
}

/** Per node or network: the worst severity (they come worst first) and all messages. */
function groupProblems(diagnostics: readonly Diagnostic[]): ReadonlyMap<string, Problems> {
  const groups = new Map<string, Problems>();
  for (const { node, severity, message } of diagnostics) {
    if (node === undefined || severity === 'info') continue;
    const group = groups.get(node);
    const text = group ? `${group.text}\n${message}` : message;
    const worst = group?.severity === 'error' ? 'error' : severity;
    groups.set(node, { severity: worst, text, key: `${worst} ${text}` });
  }
  return groups;
}

function countNodes(graph: Graph): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { network } of graph.nodes)
    if (network !== undefined) counts.set(network, (counts.get(network) ?? 0) + 1);
  return counts;
}

/** The network that a node's reference parameter names, for calls. */
function appliedNetwork({ definition, params }: CheckedNode, networks: ReadonlyMap<string, Network>) {
  return definition?.role === 'call' ? networks.get(String(params.network)) : undefined;
}

function makeFrame(
  network: Network,
  data: FrameData,
  overlay: Overlay,
  previous: FrameNode | undefined,
): FrameNode {
  const { id, at, collapsed } = network;
  const size =
    overlay.sizes.get(id) ?? (collapsed ? COLLAPSED : { width: network.size[0], height: network.size[1] });
  const theta = { x: size.width - PORT / 2, y: FRAME_HEADER / 2 - PORT / 2 };
  return keepNode(previous, {
    id,
    type: 'frame',
    position: overlay.dragged.get(id) ?? { x: at[0], y: at[1] },
    data: keep(previous?.data, data),
    ...size,
    measured: size,
    handles: [{ id: 'theta', type: 'source', position: Position.Right, ...theta, width: PORT, height: PORT }],
    selected: overlay.selection.has(id),
    dragHandle: '.frame-header',
    style: { pointerEvents: 'none' },
    ariaLabel: `Network ${network.name}, ${data.parameters.toLocaleString('en')} parameters`,
  });
}

const formOf = (checked: CheckedNode, title: string): CardForm => ({
  role: checked.definition?.role,
  inNetwork: checked.node.network !== undefined,
  inputs: checked.inputs,
  outputs: checked.outputs,
  size: checked.node.size,
  letters: title.length,
});

/** Without the network that a call applies, whose name may make a pill a little wider. */
export const formOfNode = (checked: CheckedNode): CardForm => formOf(checked, titleOf(checked, undefined));

/** A card's size as the document has it. */
export const sizeOfNode = (checked: CheckedNode): Size => cardSize(formOfNode(checked));

function makeCard(
  checked: CheckedNode,
  parent: Network | undefined,
  applied: Network | undefined,
  problems: Problems | undefined,
  overlay: Overlay,
  previous: CardNode | undefined,
): CardNode {
  const { node, definition } = checked;
  const title = titleOf(checked, applied);
  const form = formOf(checked, title);
  const size = overlay.sizes.get(node.id) ?? cardSize(form);
  const ports = describePorts(checked, form);
  const data: CardData = {
    kind: node.kind,
    role: definition?.role,
    look: lookOf(definition?.role),
    title,
    caption: captionOf(checked),
    text: markdownOf(checked),
    network: applied?.id,
    color: applied?.color,
    state: node.state,
    ports,
    severity: problems?.severity,
    problems: problems?.text ?? '',
  };
  return keepNode(previous, {
    id: node.id,
    type: 'card',
    ...(parent && { parentId: parent.id }),
    position: overlay.dragged.get(node.id) ?? { x: node.at[0], y: node.at[1] },
    data: keep(previous?.data, data),
    ...size,
    measured: size,
    handles: ports.map((port) => toHandle(port, size)),
    selected: overlay.selection.has(node.id),
    ariaLabel: [data.title, definition?.title ?? node.kind, data.caption, data.problems]
      .filter(Boolean)
      .join(', '),
  });
}

function describePorts(checked: CheckedNode, form: CardForm): CardPort[] {
  const { inputs, outputs, wiredFrom, outputShapes } = checked;
  return portPlaces(form).flatMap((place) => {
    const port = (place.end === 'target' ? inputs : outputs).find(({ name }) => name === place.name);
    if (!port) return [];
    const shape = place.end === 'source' ? outputShapes.get(port.name) : undefined;
    return [
      {
        ...place,
        type: port.type,
        wired: wiredFrom.has(port.name) || (place.end === 'target' && 'optional' in port && !!port.optional),
        help: port.help,
        shape: shape && port.type === 'tensor' ? formatShape(shape) : undefined,
      },
    ];
  });
}

const toHandle = ({ name, end, side, y }: CardPort, { width }: Size): NodeHandle => ({
  id: name,
  type: end,
  position: side === 'left' ? Position.Left : Position.Right,
  x: (side === 'left' ? 0 : width) - PORT / 2,
  y: y - PORT / 2,
  width: PORT,
  height: PORT,
});

function convertWires(
  graph: Graph,
  checked: Checked,
  overlay: Overlay,
  edges: ReturnType<typeof createReuse<WireEdge>>,
  shown: ReadonlyMap<string, CardNode>,
  networks: ReadonlyMap<string, Network>,
): WireEdge[] {
  const problems = new Map<number, string>();
  for (const { wire, message, hint, severity } of checked.diagnostics)
    if (wire !== undefined && severity === 'error' && !problems.has(wire))
      problems.set(wire, hint ? `${message} ${hint}` : message);
  const copies = new Map<string, number>();
  const result: WireEdge[] = [];
  graph.wires.forEach((wire, index) => {
    const from = splitEndpoint(wire[0]);
    const to = splitEndpoint(wire[1]);
    const source = shown.get(from.id);
    const target = shown.get(to.id);
    const plain = wireKey(wire);
    const copy = copies.get(plain) ?? 0;
    copies.set(plain, copy + 1);
    const theta = networks.has(from.id) ? from.id : undefined;
    if (!target || (!source && !theta) || (theta && !overlay.thetaWires)) return;
    // React Flow draws no edge to a port that is not there; the problem is told on the node instead.
    const output = source?.data.ports.find((port) => port.end === 'source' && port.name === from.port);
    if (!target.data.ports.some((port) => port.end === 'target' && port.name === to.port)) return;
    if (source && !output) return;
    const id = wireKey(wire, copy);
    const type: PortType = theta ? 'theta' : (output?.type ?? 'tensor');
    const below = Math.max(source?.height ?? 0, target.height ?? 0);
    const shape: Shape | undefined = checked.wireShapes[index];
    result.push(
      edges.get(
        id,
        [index, type, problems.get(index), shape && formatShape(shape), overlay.wires.has(id), below],
        () => ({
          id,
          type: 'wire',
          source: from.id,
          sourceHandle: from.port,
          target: to.id,
          targetHandle: to.port,
          // Its input's end can be drawn elsewhere; a drag from an output starts another wire.
          reconnectable: 'target',
          selected: overlay.wires.has(id),
          ariaLabel: `Wire from ${wire[0]} to ${wire[1]}`,
          data: {
            index,
            type,
            label: shape && type === 'tensor' ? formatShape(shape) : undefined,
            problem: problems.get(index),
            theta,
            below,
          },
        }),
      ),
    );
  });
  return result;
}
