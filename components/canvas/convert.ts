import type { Checked, CheckedNode } from '@/lib/check/checked';
import { titleOf } from '@/lib/check/names';
import { cardReadings } from '@/lib/check/readings';
import { averageCaption } from '@/lib/graph/average';
import type { Graph, Network } from '@/lib/graph/schema';
import { formOf } from '@/lib/layout/card-size';
import { captionOf } from '@/lib/layout/card-text';
import { createWireLines } from '@/lib/layout/wires';
import { callParams } from '@/lib/nodes/role-params';
import { makeCard } from './card-node';
import { type Facts, gatherFacts } from './facts';
import type { CardNode, FlowNode, FrameData, FrameNode, Overlay, WireEdge } from './flow';
import { makeFrame } from './frame-node';
import { createReuse } from './reuse';
import { convertWires } from './wire-edges';

/**
 * The document and its check as React Flow's nodes and edges. An object is made anew only when what it shows
 * has changed, so that one edit renders one card: each converter keeps what it made last. Of a large document
 * only what is shown is made, so that a frame costs what is seen and not what there is.
 */
export function createConverter() {
  const cards = createReuse<CardNode>();
  const frames = createReuse<FrameNode>();
  const edges = createReuse<WireEdge>();
  const wireLines = createWireLines();
  let facts: Facts | undefined;
  let lastNodes: FlowNode[] = [];
  let lastEdges: WireEdge[] = [];

  return (graph: Graph, checked: Checked, overlay: Overlay, shown?: ShownItems) => {
    if (facts?.checked !== checked) facts = gatherFacts(graph, checked, wireLines);
    const { problems, counts, theta, networks, rooms } = facts;
    const nodes: FlowNode[] = [];
    for (const network of graph.networks) {
      const { id } = network;
      const data: FrameData = {
        name: network.name,
        color: network.color,
        ema: network.ema === undefined ? undefined : averageCaption(network.ema),
        parameters: checked.networks.get(id)?.parameters ?? 0,
        rate: theta.get(id),
        collapsed: network.collapsed,
        nodes: counts.get(id) ?? 0,
        thetaWired: theta.has(id),
        severity: problems.get(id)?.severity,
        problems: problems.get(id)?.text ?? '',
      };
      const own = [overlay.selection.has(id), overlay.dragged.get(id)];
      const said = [data.parameters, JSON.stringify(data.rate), data.nodes, data.thetaWired];
      const inputs = [network, ...said, problems.get(id)?.key, ...own];
      nodes.push(frames.get(id, inputs, (previous) => makeFrame(network, data, overlay, previous)));
    }
    const made = new Map<string, CardNode>();
    for (const id of shown?.nodes ?? checked.nodes.keys()) {
      const found = checked.nodes.get(id);
      const parent = found && networks.get(found.node.network ?? '');
      if (!found || parent?.collapsed) continue;
      const applied = appliedNetwork(found, networks) ?? parent;
      const own = [overlay.selection.has(id), overlay.dragged.get(id)];
      const title = titleOf(found, checked);
      const caption = captionOf(found, checked);
      const form = formOf(found, title, checked, overlay.drawn);
      const readings = cardReadings(found, checked);
      const shape = [form.thetaSide, form.inputs.length, form.outputs.length, JSON.stringify(readings)];
      const room = rooms.get(id);
      shape.push(room && [...room.values()].join());
      const inputs = [found, parent, applied, title, caption, problems.get(id)?.key, ...shape, ...own];
      const card = cards.get(id, inputs, (previous) =>
        makeCard(
          found,
          parent,
          applied,
          { title, caption, readings },
          form,
          room,
          problems.get(id),
          overlay,
          previous,
        ),
      );
      nodes.push(card);
      made.set(id, card);
    }
    cards.done();
    frames.done();
    const wires = convertWires(facts, overlay, edges, made, shown?.wires);
    edges.done();
    lastNodes = sameItems(lastNodes, nodes) ? lastNodes : nodes;
    lastEdges = sameItems(lastEdges, wires) ? lastEdges : wires;
    return { nodes: lastNodes, edges: lastEdges };
  };
}

/** Which cards and wires are given to React Flow; all where it is left out. */
interface ShownItems {
  readonly nodes: Iterable<string>;
  readonly wires: Iterable<number>;
}

const sameItems = <T>(a: readonly T[], b: readonly T[]) =>
  a.length === b.length && a.every((item, i) => item === b[i]);

/** The network that a node's reference parameter names, for calls. */
function appliedNetwork(node: CheckedNode, networks: ReadonlyMap<string, Network>) {
  const call = callParams(node);
  return call && (networks.get(call.network) ?? node.inBlock?.call?.network);
}
