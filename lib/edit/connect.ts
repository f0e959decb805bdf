import { resolve } from '@/lib/check/resolve';
import { type Graph, isPortName, splitEndpoint, type Wire } from '@/lib/graph/schema';
import { hasRoom } from './edited';

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
