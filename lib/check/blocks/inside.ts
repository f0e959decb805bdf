import { type Block, endsOf, type Graph, splitEndpoint } from '@/lib/graph/schema';

/**
 * The inside of a block as a graph of its own, which every edit of a graph works on, and back into the document.
 * A path names the uses that were entered, the outermost first.
 */
export type Path = readonly string[];

/** How a path is written before the ids of what is there: `use/use/`. */
export const prefixOf = (path: Path): string => path.map((id) => `${id}/`).join('');

/** The block that a path leads into; undefined at the top, and where the path leads nowhere. */
function blockAt(document: Graph, path: Path): Block | undefined {
  let block: Block | undefined;
  for (const id of path) {
    const use = (block ?? document).nodes.find((node) => node.id === id);
    block = use?.block === undefined ? undefined : document.blocks.find((each) => each.id === use.block);
    if (!block) return undefined;
  }
  return block;
}

/** As much of a path as still leads somewhere. */
export function validPath(document: Graph, path: Path): Path {
  for (let length = path.length; length > 0; length--)
    if (blockAt(document, path.slice(0, length)))
      return length === path.length ? path : path.slice(0, length);
  return [];
}

/** Where a graph was taken from, of those that are the inside of a block. */
const origins = new WeakMap<Graph, { readonly document: Graph; readonly path: Path }>();
export const originOfInside = (graph: Graph) => origins.get(graph);

/** The document itself at the top; else the inside of the block, with the document's settings and blocks. */
export function graphAt(document: Graph, path: Path): Graph {
  const block = blockAt(document, path);
  if (!block) return document;
  const { id, networks, nodes, wires } = block;
  const inside = { ...document, networks, nodes, wires, inside: id };
  origins.set(inside, { document, path });
  return inside;
}

/** The document with the graph at a path replaced. Ports and parameters of a block go with what they stood for. */
export function putBack(document: Graph, graph: Graph): Graph {
  const { inside, networks, nodes, wires, ...rest } = graph;
  const block = graph.blocks.find(({ id }) => id === inside);
  if (inside === undefined || !block) return graph;
  const changed = withoutLost({ ...block, networks, nodes, wires });
  const before = document.blocks.find(({ id }) => id === inside) ?? block;
  const { networks: ownNetworks, nodes: ownNodes, wires: ownWires } = document;
  const blocks = rest.blocks.map((each) => (each === block ? changed : each));
  return withoutLostWires(
    { ...rest, blocks, networks: ownNetworks, nodes: ownNodes, wires: ownWires },
    before,
    changed,
  );
}

function withoutLost(block: Block): Block {
  const ids = new Set([...block.networks, ...block.nodes].map(({ id }) => id));
  const isHere = (end: string) => ids.has(splitEndpoint(end).id);
  const kept = <T extends { readonly to: readonly string[] }>(entries: readonly T[]): readonly T[] =>
    entries.every(({ to }) => to.every(isHere))
      ? entries
      : entries.map((entry) => ({ ...entry, to: entry.to.filter(isHere) })).filter(({ to }) => to.length > 0);
  const outputs = block.outputs.every(({ from }) => isHere(from))
    ? block.outputs
    : block.outputs.filter(({ from }) => isHere(from));
  return { ...block, inputs: kept(block.inputs), outputs, params: kept(block.params) };
}

/** Wires to ports that a block no longer has, in the document and in every block that uses it. */
function withoutLostWires(document: Graph, before: Block, after: Block): Graph {
  const names = (block: Block) => [...block.inputs, ...block.outputs].map(({ name }) => name);
  const left = new Set(names(after));
  if (names(before).every((name) => left.has(name))) return document;
  const inputs = new Set(after.inputs.map(({ name }) => name));
  const outputs = new Set(after.outputs.map(({ name }) => name));
  const keep = <T extends Pick<Graph, 'nodes' | 'wires'>>(graph: T): T => {
    const uses = new Set(graph.nodes.filter(({ block }) => block === after.id).map(({ id }) => id));
    if (uses.size === 0) return graph;
    const wires = graph.wires.filter((wire) => {
      const [from, to] = endsOf(wire).map(splitEndpoint) as [Endpoint, Endpoint];
      return !(uses.has(from.id) && !outputs.has(from.port)) && !(uses.has(to.id) && !inputs.has(to.port));
    });
    return wires.length === graph.wires.length ? graph : { ...graph, wires };
  };
  return { ...keep(document), blocks: document.blocks.map(keep) };
}

type Endpoint = ReturnType<typeof splitEndpoint>;
