import { resolveParams } from '@/lib/check/resolve-params';
import { rewriteReferences } from '@/lib/check/rewrite-references';
import { type Graph, joinEndpoint, splitEndpoint, type Wire, withEnds } from '@/lib/graph/schema';
import { findDefinition } from '@/lib/nodes/registry';
import { createPortFinder, type NetworkPort, networkPorts, portKey } from './references';

/** Follows a change of networks' ports: wires where they are applied, and parameters that name the ports. */

/** Renames one port of a network wherever it is meant. */
export function renamePort(graph: Graph, port: NetworkPort, name: string): Graph {
  const portOf = createPortFinder(graph);
  const meant = portKey(port);
  const wires = graph.wires.map((wire): Wire => {
    const [from, to] = wire;
    const end = splitEndpoint(port.side === 'input' ? to : from);
    const found = portOf(end.id, port.side, end.port);
    if (!found || portKey(found) !== meant) return wire;
    const renamed = joinEndpoint(end.id, name);
    return port.side === 'input' ? withEnds(wire, from, renamed) : withEnds(wire, renamed, to);
  });
  const nodes = graph.nodes.map((node) =>
    rewriteReferences(node, (reference, value, network) =>
      reference.to === port.side && network === port.network && value === port.name ? name : undefined,
    ),
  );
  return { ...graph, nodes, wires };
}

/**
 * After a node's own parameters changed: a wire follows the one input that got another name, and goes with an
 * input that went. Where several changed at once nobody knows which is which, and check will say so.
 */
export function followInputs(before: Graph, after: Graph, id: string): Graph {
  const [old, now] = [ownInputs(before, id), ownInputs(after, id)];
  const lost = new Set([...old].filter((name) => !now.has(name)));
  const gained = [...now].filter((name) => !old.has(name));
  if (lost.size === 0 || gained.length > 1 || (gained.length === 1 && lost.size > 1)) return after;
  const wires = after.wires.flatMap((wire): Wire[] => {
    const end = splitEndpoint(wire[1]);
    if (end.id !== id || !lost.has(end.port)) return [wire];
    return gained[0] === undefined ? [] : [withEnds(wire, wire[0], joinEndpoint(id, gained[0]))];
  });
  return { ...after, wires };
}

/** The inputs that a node has by its own parameters, not by the networks that they name. */
function ownInputs(graph: Graph, id: string): ReadonlySet<string> {
  const node = graph.nodes.find((candidate) => candidate.id === id);
  const definition = node && findDefinition(node.kind);
  if (!definition) return new Set();
  const { params } = resolveParams(node, definition);
  const ports = definition.inputs(params as never, { network: () => undefined });
  return new Set(ports.map(({ name }) => name));
}

/** After nodes or networks went: drops wires to ports that are gone, and forgets their names. */
export function dropLostPorts(before: Graph, after: Graph): Graph {
  const left = networkPorts(after);
  const lost = new Map([...networkPorts(before)].filter(([key]) => !left.has(key)));
  if (lost.size === 0) return after;
  const portOf = createPortFinder(before);
  const isLost = (end: string, side: 'input' | 'output') => {
    const { id, port } = splitEndpoint(end);
    const found = portOf(id, side, port);
    return found !== undefined && lost.has(portKey(found));
  };
  const wires = after.wires.filter(([from, to]) => !isLost(from, 'output') && !isLost(to, 'input'));
  const nodes = after.nodes.map((node) =>
    rewriteReferences(node, (reference, value, network) => {
      if ((reference.to !== 'input' && reference.to !== 'output') || network === undefined) return undefined;
      return lost.has(portKey({ network, side: reference.to, name: value })) ? null : undefined;
    }),
  );
  return { ...after, nodes, wires };
}
