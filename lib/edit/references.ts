import { referencesOf } from '@/lib/check/definition-facts';
import { resolveParams } from '@/lib/check/resolve-params';
import type { Graph, GraphNode, Params } from '@/lib/graph/schema';
import type { Reference } from '@/lib/nodes/params';
import { findDefinition } from '@/lib/nodes/registry';

/** What a reference becomes: another name, `null` to forget it (its default again), undefined to leave it. */
export type Rewrite = (
  reference: Reference,
  value: string,
  network: string | undefined,
) => string | null | undefined;

/** Rewrites the typed references among a node's parameters; the same node where none changes. */
export function rewriteReferences(node: GraphNode, rewrite: Rewrite): GraphNode {
  const definition = findDefinition(node.kind);
  if (!definition) return node;
  let params: Record<string, Params[string]> | undefined;
  for (const { param, reference } of referencesOf(definition)) {
    const value = node.params[param];
    if (typeof value !== 'string') continue;
    const of = 'of' in reference ? node.params[reference.of] : undefined;
    const next = rewrite(reference, value, typeof of === 'string' ? of : undefined);
    if (next === undefined) continue;
    params ??= { ...node.params };
    if (next === null) delete params[param];
    else params[param] = next;
  }
  return params ? { ...node, params } : node;
}

/** A parameter with its default filled in. */
export function paramOf(node: GraphNode, name: string): unknown {
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

/** Ids of calls by the network that they apply. */
export function callsByNetwork(graph: Graph): Map<string, string> {
  const calls = new Map<string, string>();
  for (const node of graph.nodes)
    if (roleOf(node) === 'call') calls.set(node.id, String(paramOf(node, 'network')));
  return calls;
}
