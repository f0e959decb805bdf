import { resolveParams } from '@/lib/check/resolve-params';
import type { Graph, GraphNode } from '@/lib/graph/schema';
import { findDefinition } from '@/lib/nodes/registry';
import { appliesOf } from '@/lib/nodes/role-params';

/** A parameter with its default filled in. */
function paramOf(node: GraphNode, name: string): unknown {
  const definition = findDefinition(node.kind);
  return definition ? resolveParams(node, definition).params[name] : node.params[name];
}

export const roleOf = (node: GraphNode) => findDefinition(node.kind)?.role;

/** A port of a network: its side, and the node that makes it. */
export interface NetworkPort {
  readonly network: string;
  readonly side: 'input' | 'output';
  readonly name: string;
}

/** The port that a node makes on its network's calls, if it makes one. */
export function networkPortOf(node: GraphNode): NetworkPort | undefined {
  const role = roleOf(node);
  if (node.network === undefined || (role !== 'network-input' && role !== 'network-output')) return undefined;
  const name = paramOf(node, 'name');
  if (typeof name !== 'string') return undefined;
  return { network: node.network, side: role === 'network-input' ? 'input' : 'output', name };
}

/** `network.side.name`, to look ports up by. */
export const portKey = ({ network, side, name }: NetworkPort): string => `${network}.${side}.${name}`;

/** Every port of every network, by key. */
export function networkPorts(graph: Graph): Map<string, NetworkPort> {
  const ports = new Map<string, NetworkPort>();
  for (const node of graph.nodes) {
    const port = networkPortOf(node);
    if (port) ports.set(portKey(port), port);
  }
  return ports;
}

/** Finds the port of a network that a wire's end means: on a call, or on a kind that applies a network. */
export function createPortFinder(
  graph: Graph,
): (id: string, side: NetworkPort['side'], name: string) => NetworkPort | undefined {
  const appliers = new Map<string, { network: string; hidden?: string }>();
  for (const node of graph.nodes) {
    const definition = findDefinition(node.kind);
    if (definition?.role === 'call') appliers.set(node.id, { network: String(paramOf(node, 'network')) });
    const applied = definition && appliesOf({ definition, params: resolveParams(node, definition).params });
    if (!applied) continue;
    const { network, input } = applied;
    // The input that it looks at is no port: it is fed by ports of the kind's own.
    appliers.set(node.id, { network, hidden: input });
  }
  return (id, side, name) => {
    const found = appliers.get(id);
    if (!found || found.hidden === name || (side === 'output' && found.hidden !== undefined))
      return undefined;
    return { network: found.network, side, name };
  };
}
