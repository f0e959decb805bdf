import { checkGraph } from '@/lib/check/check';
import { isById, readReferences } from '@/lib/check/rewrite-references';
import {
  type Block,
  endsOf,
  type Graph,
  type GraphNode,
  isPortName,
  joinEndpoint,
  limits,
  type Params,
  splitEndpoint,
  USE,
  type Wire,
} from '@/lib/graph/schema';
import {
  clampPoint,
  type Edited,
  freshName,
  nodesIn,
  type Selection,
  shiftRoute,
  subtract,
  takeFreshId,
  takenIds,
  upperLeft,
} from './edited';

/** Making a block of what is selected. */

/** What a selection would put into a block; or why it cannot be one. */
export function blockOf(
  graph: Graph,
  selection: Selection,
): { readonly nodes: readonly GraphNode[]; readonly place: Block['place'] } | { readonly problem: string } {
  const networks = new Set(selection.networks);
  const nodes = nodesIn(graph, selection);
  if (nodes.length === 0) return { problem: 'Select the layers or the nodes that a block should hold.' };
  const frames = new Set(nodes.map(({ network }) => (networks.has(network ?? '') ? undefined : network)));
  if (frames.size > 1)
    return {
      problem: 'A block holds layers of one network, or nodes of the game with whole networks: not both.',
    };
  const [frame] = frames;
  const isInside = graph.blocks.find(({ id }) => id === graph.inside)?.place === 'network';
  const left = namedFromOutside(graph, new Set([...nodes.map(({ id }) => id), ...networks]));
  if (left !== undefined) return { problem: left };
  return { nodes, place: frame !== undefined || isInside ? 'network' : 'game' };
}

/** Something that is left outside and names, by a parameter, what would be inside. */
function namedFromOutside(graph: Graph, inside: ReadonlySet<string>): string | undefined {
  for (const node of graph.nodes) {
    if (inside.has(node.id)) continue;
    const named = readReferences(node, graph.blocks).find(
      ({ reference, value }) => isById(reference) && inside.has(value),
    )?.value;
    if (named === undefined) continue;
    const name = graph.networks.find(({ id }) => id === named)?.name || named;
    return `${name} is used by ${node.title || node.id} too: select that as well, or leave ${name} out.`;
  }
  return undefined;
}

/**
 * Makes a block of a selection and puts a use of it in its place. What was wired into the selection becomes an
 * input, what was wired out an output, and what its nodes name outside a parameter. Ids: the use.
 */
export function makeBlock(graph: Graph, selection: Selection, name = 'Block'): Edited {
  const found = blockOf(graph, selection);
  if ('problem' in found || graph.blocks.length >= limits.blocks) return { graph, ids: [] };
  const networks = graph.networks.filter(({ id }) => selection.networks.includes(id));
  const inside = new Set([...found.nodes, ...networks].map(({ id }) => id));
  const isIn = (end: string) => inside.has(splitEndpoint(end).id);
  const framed = new Set(networks.map(({ id }) => id));
  const free = found.nodes.filter(({ network }) => !framed.has(network ?? ''));
  const corner = upperLeft([...free, ...networks]);
  const frameOf = new Map(found.nodes.map(({ id, network }) => [id, network ?? '']));
  const networkOf = ([, to]: Wire) => frameOf.get(splitEndpoint(to).id) ?? '';
  const frame = free[0]?.network;

  const ports = findPorts(graph, inside, isIn);
  const { params, values } = exposeNames(graph, found.nodes, inside);
  const block: Block = {
    id: takeFreshId(new Set(graph.blocks.map(({ id }) => id)), slug(name)),
    name: name.slice(0, limits.title),
    place: found.place,
    networks: networks.map((each) => ({ ...each, at: clampPoint(subtract(each.at, corner)) })),
    nodes: found.nodes.map((node): GraphNode => {
      if (framed.has(node.network ?? '')) return node;
      const { network: _, ...rest } = node;
      return { ...rest, at: clampPoint(subtract(node.at, corner)) };
    }),
    wires: graph.wires
      .filter((wire) => endsOf(wire).every(isIn))
      .map((wire) => (framed.has(networkOf(wire)) ? wire : shiftRoute(wire, subtract([0, 0], corner)))),
    inputs: ports.inputs.map(({ name, to }) => ({ name, to })),
    outputs: ports.outputs,
    params,
  };
  const use: GraphNode = {
    id: takeFreshId(takenIds(graph), block.id),
    kind: USE,
    block: block.id,
    ...(frame !== undefined && { network: frame }),
    at: clampPoint(corner),
    params: values,
  };
  const first = graph.nodes.findIndex(({ id }) => inside.has(id));
  const nodes = graph.nodes.filter(({ id }) => !inside.has(id));
  return {
    graph: {
      ...graph,
      blocks: [...graph.blocks, block],
      networks: graph.networks.filter(({ id }) => !inside.has(id)),
      nodes: nodes.toSpliced(Math.min(first, nodes.length), 0, use),
      wires: rewire(graph.wires, isIn, use.id, ports),
    },
    ids: [use.id],
  };
}

const slug = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40) || USE;

interface Ports {
  /** `from` is what feeds it where the block is made; undefined for an end that nothing was wired to. */
  readonly inputs: readonly {
    readonly name: string;
    readonly to: string[];
    readonly from: string | undefined;
  }[];
  readonly outputs: readonly { readonly name: string; readonly from: string }[];
}

function findPorts(graph: Graph, inside: ReadonlySet<string>, isIn: (end: string) => boolean): Ports {
  const [inNames, outNames] = [new Set<string>(), new Set<string>()];
  const inputs = new Map<string, Ports['inputs'][number]>();
  const outputs = new Map<string, Ports['outputs'][number]>();
  for (const [from, to] of graph.wires) {
    if (isIn(to) && !isIn(from)) {
      const port = inputs.get(from);
      if (port) port.to.push(to);
      else inputs.set(from, { name: freshName(inNames, splitEndpoint(to).port), to: [to], from });
    }
    if (isIn(from) && !isIn(to) && !outputs.has(from))
      outputs.set(from, { name: freshName(outNames, splitEndpoint(from).port), from });
  }
  const loose = looseEnds(graph, inside);
  const looseInputs = inputs.size > 0 ? [] : loose.inputs;
  const looseOutputs = outputs.size > 0 ? [] : loose.outputs;
  return {
    inputs: [
      ...inputs.values(),
      ...looseInputs.map((end) => ({
        name: freshName(inNames, splitEndpoint(end).port),
        to: [end],
        from: undefined,
      })),
    ],
    outputs: [
      ...outputs.values(),
      ...looseOutputs.map((from) => ({ name: freshName(outNames, splitEndpoint(from).port), from })),
    ],
  };
}

/** Ports inside that nothing is wired to: what a block without wires needs to be of use. */
function looseEnds(graph: Graph, inside: ReadonlySet<string>) {
  const used = new Set(graph.wires.flatMap(endsOf));
  const { nodes } = checkGraph(graph);
  const inputs: string[] = [];
  const outputs: string[] = [];
  for (const id of inside) {
    const node = nodes.get(id);
    for (const { name, type, optional } of node?.inputs ?? [])
      if (type === 'tensor' && !optional && !used.has(joinEndpoint(id, name)))
        inputs.push(joinEndpoint(id, name));
    for (const { name, type, idle } of node?.outputs ?? [])
      if (type !== 'player' && !idle && !used.has(joinEndpoint(id, name)))
        outputs.push(joinEndpoint(id, name));
  }
  return { inputs: inputs.slice(0, limits.blockPorts), outputs: outputs.slice(0, limits.blockPorts) };
}

/** Parameters by which inner nodes name what stays outside: a use may name something else. */
function exposeNames(graph: Graph, nodes: readonly GraphNode[], inside: ReadonlySet<string>) {
  const byValue = new Map<string, { name: string; to: string[] }>();
  const names = new Set<string>();
  for (const node of nodes)
    for (const { param, reference, value } of readReferences(node, graph.blocks)) {
      if (!isById(reference) || inside.has(value)) continue;
      const known = byValue.get(value);
      if (known) known.to.push(joinEndpoint(node.id, param));
      else if (isPortName(param))
        byValue.set(value, { name: freshName(names, param), to: [joinEndpoint(node.id, param)] });
    }
  const params = [...byValue.values()];
  const values: Params = Object.fromEntries([...byValue].map(([value, { name }]) => [name, value]));
  return { params, values };
}

function rewire(
  wires: readonly Wire[],
  isIn: (end: string) => boolean,
  use: string,
  { inputs, outputs }: Ports,
): readonly Wire[] {
  const done = new Set<string>();
  return wires.flatMap((wire): Wire[] => {
    const [from, to] = wire;
    if (isIn(from) && isIn(to)) return [];
    if (!isIn(from) && !isIn(to)) return [wire];
    const port = isIn(to)
      ? inputs.find((each) => each.from === from)
      : outputs.find((each) => each.from === from);
    if (!port) return [];
    const end = joinEndpoint(use, port.name);
    const next: Wire = isIn(to) ? [from, end] : [end, to];
    if (done.has(endsOf(next).join())) return [];
    done.add(endsOf(next).join());
    return [next];
  });
}
