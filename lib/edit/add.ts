import { type Graph, type GraphNode, type Network, type Params, palette } from '@/lib/graph/schema';
import {
  clampPoint,
  type Edited,
  hasRoom,
  kindOfRole,
  nodeSchema,
  type Point,
  takeFreshId,
  takenIds,
} from './edited';

/** A node of a kind, with its defaults, at a place relative to its frame. */
export function addNode(
  graph: Graph,
  kind: string,
  at: Point,
  options: { readonly network?: string | undefined; readonly params?: Params; readonly title?: string } = {},
): Edited {
  const { network, params = {}, title } = options;
  const node: GraphNode = {
    id: takeFreshId(takenIds(graph), kind),
    kind,
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

/** A frame of 360 × 130 with an input wired to an output, and a call above it. Ids: network, input, output, call. */
export function addNetwork(graph: Graph, at: Point, name = 'Network'): Edited {
  if (!hasRoom(graph, { networks: 1, nodes: 3, wires: 1 })) return { graph, ids: [] };
  const taken = takenIds(graph);
  const id = takeFreshId(taken, name.replace(/[^A-Za-z0-9_-]/g, '') || 'network');
  const frame: Network = {
    id,
    name: name.slice(0, 200),
    color: freeColor(graph),
    at: clampPoint(at),
    size: [360, 130],
    collapsed: false,
  };
  const input = takeFreshId(taken, `${id}-in`);
  const output = takeFreshId(taken, `${id}-out`);
  const call = takeFreshId(taken, `${id}-call`);
  const nodes: GraphNode[] = [
    { id: input, kind: kindOfRole('network-input'), network: id, at: [20, 50], params: { name: 'x' } },
    { id: output, kind: kindOfRole('network-output'), network: id, at: [240, 50], params: { name: 'out' } },
    { id: call, kind: kindOfRole('call'), at: clampPoint([at[0], at[1] - 110]), params: { network: id } },
  ];
  return {
    graph: {
      ...graph,
      networks: [...graph.networks, frame],
      nodes: [...graph.nodes, ...nodes],
      wires: [...graph.wires, [`${input}.out`, `${output}.in`]],
    },
    ids: [id, input, output, call],
  };
}
