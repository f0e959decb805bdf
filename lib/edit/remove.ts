import { checkGraph } from '@/lib/check/check';
import { isById, rewriteReferences } from '@/lib/check/rewrite-references';
import { type Graph, splitEndpoint, type Wire } from '@/lib/graph/schema';
import { canConnect } from './can-connect';
import type { Selection } from './edited';
import { dropLostPorts } from './ports-change';
import { roleOf } from './references';

/**
 * Removes nodes, networks with all in them, and wires. References to them are forgotten, ports that they made
 * go with their wires, and where a middle node goes its neighbours are wired to each other if shapes allow.
 */
export function removeSelection(graph: Graph, selection: Selection): Graph {
  const networks = new Set(selection.networks);
  const gone = new Set([...selection.nodes, ...networks]);
  for (const node of graph.nodes)
    if (node.network !== undefined && networks.has(node.network)) gone.add(node.id);
  const goneWires = new Set(selection.wires);
  const isGone = (end: string) => gone.has(splitEndpoint(end).id);
  const nodes = graph.nodes
    .filter(({ id }) => !gone.has(id))
    .map((node) =>
      rewriteReferences(
        node,
        (reference, value, network) => {
          if (isById(reference)) return gone.has(value) ? null : undefined;
          return network !== undefined && networks.has(network) ? null : undefined;
        },
        graph.blocks,
      ),
    );
  const removed = dropLostPorts(graph, {
    ...graph,
    networks: graph.networks.filter(({ id }) => !networks.has(id)),
    nodes,
    wires: graph.wires.filter(([from, to], index) => !goneWires.has(index) && !isGone(from) && !isGone(to)),
  });
  return rejoin(graph, removed, gone, goneWires);
}

/** Wires that lead past layers and ops that are gone from their place, as far as they fit. */
export function rejoin(
  before: Graph,
  after: Graph,
  gone: ReadonlySet<string>,
  goneWires: ReadonlySet<number>,
): Graph {
  const passing = new Map<string, string>();
  const middle = new Set(
    before.nodes
      .filter((node) => gone.has(node.id) && (roleOf(node) === 'layer' || roleOf(node) === 'op'))
      .map(({ id }) => id),
  );
  if (middle.size === 0) return after;
  const inputs = new Map<string, number>();
  before.wires.forEach(([from, to], index) => {
    const { id } = splitEndpoint(to);
    if (!middle.has(id) || goneWires.has(index)) return;
    inputs.set(id, (inputs.get(id) ?? 0) + 1);
    passing.set(id, from);
  });
  const candidates: Wire[] = [];
  before.wires.forEach(([from, to], index) => {
    if (goneWires.has(index) || gone.has(splitEndpoint(to).id)) return;
    let source = from;
    for (let hops = 0; hops <= middle.size; hops++) {
      const { id } = splitEndpoint(source);
      const next = inputs.get(id) === 1 ? passing.get(id) : undefined;
      if (!gone.has(id) || next === undefined) break;
      source = next;
    }
    if (source !== from && !gone.has(splitEndpoint(source).id)) candidates.push([source, to]);
  });
  if (candidates.length === 0) return after;
  const checked = checkGraph(after);
  const fitting = candidates.filter(([from, to]) => canConnect(checked, from, to).ok);
  return { ...after, wires: [...after.wires, ...fitting] };
}
