import type { Checked, CheckedNode } from '@/lib/check/checked';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import { type Graph, type Network, splitEndpoint } from '@/lib/graph/schema';
import { makeCard } from './card-node';
import type { CardNode, FlowNode, FrameNode, Overlay, Problems, WireEdge } from './flow';
import { makeFrame } from './frame-node';
import { createReuse } from './reuse';
import { convertWires } from './wire-edges';

/**
 * The document and its check as React Flow's nodes and edges. An object is made anew only when what it shows
 * has changed, so that one edit renders one card: each converter keeps what it made last.
 */
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
