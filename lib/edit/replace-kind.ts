import { checkGraph } from '@/lib/check/check';
import { type Graph, type GraphNode, splitEndpoint } from '@/lib/graph/schema';
import type { NodeDefinition } from '@/lib/nodes/define';
import { findDefinition, registry } from '@/lib/nodes/registry';
import { acceptedOf, changeNode } from './set';

/** Kinds that can take a kind's place, itself among them: of its role, under its heading of the palette. */
export function kindsLike({ role, category }: NodeDefinition): readonly NodeDefinition[] {
  if (role === 'call' || role === 'network-input' || role === 'network-output') return [];
  return registry.filter((other: NodeDefinition) => other.role === role && other.category === category);
}

/**
 * Another kind in a node's place: it keeps the id, the parameters that the new kind takes too, and the wires
 * whose ports it has. Minimax for non-saturating, SGD for Adam.
 */
export function replaceKind(graph: Graph, id: string, kind: string): Graph {
  const definition = findDefinition(kind);
  const before = graph.nodes.find((node) => node.id === id);
  if (!definition || !before || before.kind === kind) return graph;
  const replaced = changeNode(graph, id, (node) => withKind(node, definition));
  const node = checkGraph(replaced).nodes.get(id);
  const has = (end: string, ports: readonly { readonly name: string }[] = []) => {
    const { id: at, port } = splitEndpoint(end);
    return at !== id || ports.some(({ name }) => name === port);
  };
  const wires = replaced.wires.filter(([from, to]) => has(from, node?.outputs) && has(to, node?.inputs));
  return { ...replaced, wires };
}

function withKind(node: GraphNode, definition: NodeDefinition): GraphNode {
  const params = acceptedOf(node.params, definition.params);
  const { title, ...rest } = node;
  const old = findDefinition(node.kind)?.title;
  // “Adam · D” becomes “SGD · D”; a name of the user's own stays.
  const renamed = title && old && title.startsWith(old) ? definition.title + title.slice(old.length) : title;
  return { ...rest, ...(renamed && { title: renamed }), kind: definition.kind, params };
}
