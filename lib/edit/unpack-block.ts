import { exposedBy } from '@/lib/check/blocks/exposed';
import { isById, rewriteReferences } from '@/lib/check/rewrite-references';
import {
  type Block,
  endsOf,
  type Graph,
  type GraphNode,
  joinEndpoint,
  type Params,
  splitEndpoint,
  type Wire,
  withEnds,
} from '@/lib/graph/schema';
import { add, clampPoint, type Edited, hasRoom, shiftRoute, takeFreshId, takenIds } from './edited';

/** Puts the nodes of its block in the place of a use. Ids: what came out. */
export function unpackBlock(graph: Graph, id: string): Edited {
  const use = graph.nodes.find((node) => node.id === id);
  const block = graph.blocks.find((each) => each.id === use?.block);
  const more = block && {
    nodes: block.nodes.length,
    networks: block.networks.length,
    wires: block.wires.length + block.inputs.reduce((sum, { to }) => sum + to.length, 0),
  };
  if (!use || !block || !hasRoom(graph, more ?? {})) return { graph, ids: [] };
  const taken = takenIds(graph);
  taken.delete(id);
  const fresh = new Map(
    [...block.networks, ...block.nodes].map((item) => [item.id, takeFreshId(taken, item.id)]),
  );
  const followed = (end: string) => {
    const { id: inner, port } = splitEndpoint(end);
    return joinEndpoint(fresh.get(inner) ?? inner, port);
  };
  const given = valuesOf(graph, use, block);
  const nodes = block.nodes.map((node): GraphNode => {
    const named = rewriteReferences(
      node,
      (reference, value) => (isById(reference) ? fresh.get(value) : undefined),
      graph.blocks,
    );
    const own = {
      ...named,
      id: fresh.get(node.id) ?? node.id,
      params: { ...named.params, ...given.get(node.id) },
    };
    if (node.network !== undefined) return { ...own, network: fresh.get(node.network) ?? node.network };
    const at = clampPoint(add(use.at, node.at));
    return { ...own, at, ...(use.network !== undefined && { network: use.network }) };
  });
  const inputs = new Map(block.inputs.map(({ name, to }) => [joinEndpoint(id, name), to.map(followed)]));
  const outputs = new Map(block.outputs.map(({ name, from }) => [joinEndpoint(id, name), followed(from)]));
  const wires = graph.wires.flatMap((wire): Wire[] => {
    const [from, to] = endsOf(wire);
    const start = splitEndpoint(from).id === id ? outputs.get(from) : from;
    const ends = splitEndpoint(to).id === id ? inputs.get(to) : [to];
    if (start === from && ends?.[0] === to) return [wire];
    return start === undefined ? [] : (ends ?? []).map((end): Wire => [start, end]);
  });
  const framed = new Set(block.nodes.flatMap((node) => (node.network === undefined ? [] : [node.id])));
  const inner = block.wires.map((wire): Wire => {
    const moved = framed.has(splitEndpoint(wire[1]).id) ? wire : shiftRoute(wire, use.at);
    return withEnds(moved, followed(wire[0]), followed(wire[1]));
  });
  const at = graph.nodes.indexOf(use);
  return {
    graph: {
      ...graph,
      networks: [
        ...graph.networks,
        ...block.networks.map((each) => ({
          ...each,
          id: fresh.get(each.id) ?? each.id,
          at: clampPoint(add(use.at, each.at)),
        })),
      ],
      nodes: graph.nodes.toSpliced(at, 1, ...nodes),
      wires: [...wires, ...inner],
    },
    ids: [...block.networks, ...block.nodes.filter(({ network }) => network === undefined)].map(
      (item) => fresh.get(item.id) ?? item.id,
    ),
  };
}

/** The values that a use gives to inner nodes. */
function valuesOf(graph: Graph, use: GraphNode, block: Block): ReadonlyMap<string, Params> {
  const known = new Set(exposedBy(graph.blocks, block).map(({ name }) => name));
  const values = new Map<string, Params>();
  for (const { name, to } of block.params) {
    const value = use.params[name];
    if (value === undefined || !known.has(name)) continue;
    for (const end of to) {
      const { id, port } = splitEndpoint(end);
      values.set(id, { ...values.get(id), [port]: value });
    }
  }
  return values;
}
