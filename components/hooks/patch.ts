import type { Graph, GraphNode, Json, Network, Settings } from '@/lib/graph/schema';
import type { Edit } from '@/lib/store/editor';

/** Small edits of one thing by its id. What spans several things is in lib/edit. */
export const patchNode =
  (id: string, change: Partial<GraphNode> | ((node: GraphNode) => GraphNode)): Edit =>
  (graph) => ({
    ...graph,
    nodes: graph.nodes.map((node) =>
      node.id !== id ? node : typeof change === 'function' ? change(node) : { ...node, ...change },
    ),
  });

export const patchNetwork =
  (id: string, change: Partial<Network>): Edit =>
  (graph) => ({
    ...graph,
    networks: graph.networks.map((network) => (network.id === id ? { ...network, ...change } : network)),
  });

export const patchSettings =
  (change: Partial<Settings>): Edit =>
  (graph) => ({ ...graph, settings: { ...graph.settings, ...change } });

export const patchGraph =
  (change: Partial<Pick<Graph, 'title' | 'about'>>): Edit =>
  (graph) => ({ ...graph, ...change });

/** Sets one parameter. */
export const setParam = (id: string, name: string, value: unknown): Edit =>
  patchNode(id, (node) => ({ ...node, params: { ...node.params, [name]: value as Json } }));

/** Without the keys whose value is undefined: the schema knows absence only. */
export function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as T;
}
