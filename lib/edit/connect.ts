import { resolve } from '@/lib/check/resolve';
import { type Graph, isPortName, type Params, splitEndpoint, type Wire } from '@/lib/graph/schema';
import { findDefinition } from '@/lib/nodes/registry';
import { addNode } from './add';
import { type Edited, hasRoom, type Point } from './edited';

/** Wires two ends. A wire on an input that takes one is replaced, in its place in the document. */
export function connect(graph: Graph, from: string, to: string): Graph {
  const ends = [from, to].map(splitEndpoint);
  if (!ends.every(({ id, port }) => isPortName(id) && isPortName(port))) return graph;
  const wire: Wire = [from, to];
  const { id, port } = splitEndpoint(to);
  const isMany = resolve(graph)
    .nodes.get(id)
    ?.inputs.find(({ name }) => name === port)?.many;
  const taken = isMany ? -1 : graph.wires.findIndex(([, end]) => end === to);
  if (taken >= 0) return { ...graph, wires: graph.wires.with(taken, wire) };
  return hasRoom(graph, { wires: 1 }) ? { ...graph, wires: [...graph.wires, wire] } : graph;
}

export function disconnect(graph: Graph, wires: readonly number[]): Graph {
  const gone = new Set(wires);
  return { ...graph, wires: graph.wires.filter((_, index) => !gone.has(index)) };
}

/** Puts a new node between the ends of a wire, in their frame: its first tensor input and output are used. */
export function insertOnWire(
  graph: Graph,
  wire: number,
  kind: string,
  options: { readonly params?: Params; readonly at?: Point } = {},
): Edited {
  const none = { graph, ids: [] };
  const [from, to] = graph.wires[wire] ?? [];
  if (from === undefined || to === undefined || !findDefinition(kind)) return none;
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const source = nodes.get(splitEndpoint(from).id);
  const target = nodes.get(splitEndpoint(to).id);
  const middle: Point = [
    ((source?.at[0] ?? 0) + (target?.at[0] ?? 0)) / 2,
    ((source?.at[1] ?? 0) + (target?.at[1] ?? 0)) / 2,
  ];
  const { at = middle, params } = options;
  const added = addNode(graph, kind, at, { network: target?.network, ...(params && { params }) });
  const id = added.ids[0];
  if (id === undefined || !hasRoom(graph, { wires: 1 })) return none;
  const node = resolve(added.graph).nodes.get(id);
  const input = node?.inputs.find(({ type }) => type === 'tensor');
  const output = node?.outputs.find(({ type }) => type === 'tensor');
  if (!input || !output) return none;
  const wires = [...graph.wires];
  wires.splice(wire, 1, [from, `${id}.${input.name}`], [`${id}.${output.name}`, to]);
  return { graph: { ...added.graph, wires }, ids: [id] };
}
