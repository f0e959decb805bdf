import { type Graph, isId, joinEndpoint, splitEndpoint, type Wire } from '@/lib/graph/schema';
import { takenIds } from './edited';
import { rewriteReferences } from './references';

/** Why an id cannot become another, or undefined if it can. */
export function renameProblem(graph: Graph, from: string, to: string): string | undefined {
  if (!isId(to)) return 'An id has 1 to 64 letters, digits, - or _ and does not start with __.';
  const taken = takenIds(graph);
  if (!taken.has(from)) return `There is no ${from}.`;
  return from !== to && taken.has(to) ? `The id ${to} is taken.` : undefined;
}

/** Gives a node or a network another id; wires, frames and typed references follow. */
export function renameId(graph: Graph, from: string, to: string): Graph {
  if (from === to || renameProblem(graph, from, to) !== undefined) return graph;
  const rename = (id: string) => (id === from ? to : id);
  const renameEnd = (end: string) => {
    const { id, port } = splitEndpoint(end);
    return id === from ? joinEndpoint(to, port) : end;
  };
  return {
    ...graph,
    networks: graph.networks.map((network) => (network.id === from ? { ...network, id: to } : network)),
    nodes: graph.nodes.map((node) => {
      const rewritten = rewriteReferences(node, (reference, value) =>
        (reference.to === 'network' || reference.to === 'node') && value === from ? to : undefined,
      );
      const { id, network } = rewritten;
      if (id !== from && network !== from) return rewritten;
      return { ...rewritten, id: rename(id), ...(network !== undefined && { network: rename(network) }) };
    }),
    wires: graph.wires.map((wire): Wire => {
      const renamed: Wire = [renameEnd(wire[0]), renameEnd(wire[1])];
      return renamed[0] === wire[0] && renamed[1] === wire[1] ? wire : renamed;
    }),
  };
}
