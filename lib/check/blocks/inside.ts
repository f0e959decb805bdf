import { type Block, type Graph, joinEndpoint, splitEndpoint, type Wire, withEnds } from '@/lib/graph/schema';
import { insideOf } from './plain-id';

/**
 * The inside of a block as a graph of its own, which every edit of a graph works on, and back into the document.
 * A path names the uses that were entered, the outermost first.
 */
export type Path = readonly string[];

/** How a path is written before the ids of what is there: `use:use:`. */
export const prefixOf = (path: Path): string => path.map(insideOf).join('');

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

/**
 * The document with the graph at a path replaced. Ports and parameters of a block go with what they stood for, and
 * wires follow its ports.
 */
export function putBack(document: Graph, graph: Graph): Graph {
  const { inside, networks, nodes, wires, ...rest } = graph;
  const block = graph.blocks.find(({ id }) => id === inside);
  if (inside === undefined || !block) return followPorts(document.blocks, graph);
  const changed = withoutLost({ ...block, networks, nodes, wires });
  const blocks = rest.blocks.map((each) => (each === block ? changed : each));
  const { networks: ownNetworks, nodes: ownNodes, wires: ownWires } = document;
  const after = { ...rest, blocks, networks: ownNetworks, nodes: ownNodes, wires: ownWires };
  return followPorts(document.blocks, after);
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

/** Wires at ports of blocks, after the blocks changed: a port of another name is followed, one that is gone is not. */
function followPorts(before: readonly Block[], graph: Graph): Graph {
  if (before === graph.blocks) return graph;
  const renamed = new Map(
    graph.blocks.flatMap((block): [string, Renamed][] => {
      const old = before.find(({ id }) => id === block.id);
      return old && old !== block ? [[block.id, renamedPorts(old, block)]] : [];
    }),
  );
  const follow = <T extends Pick<Graph, 'nodes' | 'wires'>>(inside: T): T => {
    const uses = new Map(
      inside.nodes.flatMap(({ id, block }) => {
        const ports = block === undefined ? undefined : renamed.get(block);
        return ports ? [[id, ports] as const] : [];
      }),
    );
    if (uses.size === 0) return inside;
    const wires = inside.wires.flatMap((wire): Wire[] => {
      const [from, to] = wire;
      const start = followed(from, (id) => uses.get(id)?.outputs);
      const end = followed(to, (id) => uses.get(id)?.inputs);
      if (start === undefined || end === undefined) return [];
      return start === from && end === to ? [wire] : [withEnds(wire, start, end)];
    });
    const isSame = wires.length === inside.wires.length && wires.every((wire, i) => wire === inside.wires[i]);
    return isSame ? inside : { ...inside, wires };
  };
  return { ...follow(graph), blocks: graph.blocks.map(follow) };
}

/** Each port that was there, by its name: the name that it has now, or undefined where it is gone. */
interface Renamed {
  readonly inputs: ReadonlyMap<string, string | undefined>;
  readonly outputs: ReadonlyMap<string, string | undefined>;
}

function renamedPorts(before: Block, after: Block): Renamed {
  const follow = <T extends { readonly name: string }>(
    old: readonly T[],
    ports: readonly T[],
    meaning: (port: T) => string,
  ) => {
    const names = new Set(ports.map(({ name }) => name));
    const find = (port: T) =>
      names.has(port.name) ? port.name : ports.find((each) => meaning(each) === meaning(port))?.name;
    return new Map(old.map((port) => [port.name, find(port)]));
  };
  return {
    inputs: follow(before.inputs, after.inputs, ({ to }) => to.join()),
    outputs: follow(before.outputs, after.outputs, ({ from }) => from),
  };
}

/** An end after a change of ports; what was no port of the block stays as wrong as it is. */
function followed(end: string, portsOf: (id: string) => ReadonlyMap<string, string | undefined> | undefined) {
  const { id, port } = splitEndpoint(end);
  const ports = portsOf(id);
  if (!ports?.has(port)) return end;
  const name = ports.get(port);
  return name === undefined ? undefined : joinEndpoint(id, name);
}
