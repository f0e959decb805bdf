import { type Graph, type GraphNode, type Network, type Params, palette } from '@/lib/graph/schema';
import { clampPoint, type Edited, hasRoom, nodeSchema, type Point, takeFreshId, takenIds } from './edited';

/** A node of a kind, with its defaults, at a place relative to its frame. */
export function addNode(
  graph: Graph,
  kind: string,
  at: Point,
  options: {
    readonly network?: string | undefined;
    readonly block?: string | undefined;
    readonly params?: Params;
    readonly title?: string;
  } = {},
): Edited {
  const { network, block, params = {}, title } = options;
  const node: GraphNode = {
    id: takeFreshId(takenIds(graph), block ?? kind),
    kind,
    ...(block !== undefined && { block }),
    ...(network !== undefined && { network }),
    at: clampPoint(at),
    ...(title && { title }),
    params,
  };
  if (!hasRoom(graph, { nodes: 1 }) || !nodeSchema.safeParse(node).success) return { graph, ids: [] };
  return { graph: { ...graph, nodes: [...graph.nodes, node] }, ids: [node.id] };
}

/** The first colour that no network has. */
export function freeColor(graph: Graph): Network['color'] {
  const used = new Set(graph.networks.map(({ color }) => color));
  return (
    palette.find((color) => !used.has(color)) ?? palette[graph.networks.length % palette.length] ?? 'slate'
  );
}
