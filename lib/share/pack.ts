import * as z from 'zod';
import type { Block, Graph, GraphNode, Json, Network, Wire } from '@/lib/graph/schema';
import { emptyGraph, endsOf, joinEndpoint, splitEndpoint } from '@/lib/graph/schema';
import { findDefinition } from '@/lib/nodes/registry';

/**
 * A graph as columns, which deflate to two thirds of what its JSON does: what equals a default is left out,
 * positions are whole and given as differences, wires name nodes by index (networks first, then nodes, in
 * document order). The form is frozen with its codec: 1, and 2 for documents
 * with blocks or with points on wires, as more columns. What it holds is checked by the document's schema, not here.
 */
const indexOrId = z.union([z.int(), z.string()]);
const fields = z.record(z.string(), z.unknown());
/** A wire's index, and the points that it runs through. */
const viaColumn = z.array(z.tuple([z.int().min(0), z.array(z.tuple([z.int(), z.int()]))]));

const plainSchema = z.tuple([
  z.int(), // version of the document
  z.string(), // title
  z.string(), // about
  fields, // settings
  z.array(z.array(z.unknown()).min(7).max(8)), // networks: id, name, color, x, y, width, height, other fields
  z.string(), // ids of nodes
  z.string(), // kinds of nodes
  z.array(indexOrId), // network of each node: 0 for none, its index from 1, or an id that names none
  z.array(z.int()), // x of each node, less that of the one before
  z.array(z.int()), // y
  z.array(z.union([z.literal(0), fields])), // params of each node, 0 for none
  z.array(z.tuple([z.int().min(0), fields])), // a node's index among nodes, and its other fields
  z.string(), // ports of each wire: `out.in`
  z.array(indexOrId), // the node it leaves: its index less that of the wire before, or an id that names nothing
  z.array(indexOrId), // the node it enters: its index less that of the node it leaves, or an id that names nothing
]);
const [, , , , ...drawnColumns] = plainSchema.def.items;
const blocksColumn = z.array(
  z.tuple([
    z.string(), // id
    z.string(), // name
    z.union([z.literal(0), z.literal(1)]), // place: in a network, in the game
    z.string(), // ports and exposed parameters: inputs; outputs; parameters, each `name end end`, between commas
    fields, // other fields
    viaColumn,
    ...drawnColumns, // its networks, nodes and wires, in the columns of a graph
  ]),
);
const extendedSchema = z.tuple([...plainSchema.def.items, blocksColumn, viaColumn]);
export const packedSchema = z.union([plainSchema, extendedSchema]);
/** Of codec 1. */
export const PLAIN_COLUMNS = plainSchema.def.items.length;
type Plain = z.infer<typeof plainSchema>;
type Packed = z.infer<typeof packedSchema>;

/** The columns of a graph: those of codec 1 where they hold all of it. */
export function pack(graph: Graph): Packed {
  const vias = packVias(graph.wires);
  if (graph.blocks.length === 0 && vias.length === 0) return packPlain(graph);
  return [...packPlain(graph), graph.blocks.map(packBlock), vias];
}

function packBlock(block: Block): z.infer<typeof blocksColumn>[number] {
  const { id, name, place, networks, nodes, wires, inputs, outputs, params, ...others } = block;
  const labels = Object.fromEntries(params.flatMap(({ name, label }) => (label ? [[name, label]] : [])));
  const ports = [
    inputs.map((port) => [port.name, ...port.to]),
    outputs.map((port) => [port.name, port.from]),
    params.map((param) => [param.name, ...param.to]),
  ].map((entries) => entries.map((words) => words.join(' ')).join(','));
  const [, , , , ...drawn] = packPlain({ ...emptyGraph(), networks, nodes, wires });
  const rest = { ...others, ...(isEmpty(labels) ? {} : { labels }) };
  return [id, name, place === 'network' ? 0 : 1, ports.join(';'), rest, packVias(wires), ...drawn];
}

function unpackBlock(row: z.infer<typeof blocksColumn>[number]): Record<string, unknown> | undefined {
  const [id, name, place, portText, { labels, ...others }, vias, ...drawn] = row;
  const inside = unpackWith([0, '', '', {}, ...drawn], vias);
  if (!inside) return undefined;
  const [inputs = [], outputs = [], params = []] = portText
    .split(';')
    .map((part) => (part === '' ? [] : part.split(',').map((entry) => entry.split(' '))));
  const labelOf = (param: string | undefined) =>
    (labels as Record<string, unknown> | undefined)?.[param ?? ''];
  return {
    ...others,
    id,
    name,
    place: place === 0 ? 'network' : 'game',
    networks: inside.networks,
    nodes: inside.nodes,
    wires: inside.wires,
    inputs: inputs.map(([port, ...to]) => ({ name: port, to })),
    outputs: outputs.map(([port, from]) => ({ name: port, from })),
    params: params.map(([param, ...to]) => {
      const label = labelOf(param);
      return { name: param, ...(label !== undefined && { label }), to };
    }),
  };
}

const packVias = (wires: readonly Wire[]): z.infer<typeof viaColumn> =>
  wires.flatMap(([, , route], index) =>
    route ? [[index, route.via.map(([x, y]): [number, number] => [Math.round(x), Math.round(y)])]] : [],
  );

function packPlain(graph: Graph): Plain {
  const { networks, nodes } = graph;
  const networkIndices = new Map(networks.map(({ id }, index) => [id, index + 1]));
  return [
    graph.version,
    graph.title,
    graph.about,
    withoutEqual(graph.settings, emptyGraph().settings),
    networks.map(packNetwork),
    nodes.map((node) => node.id).join(' '),
    nodes.map((node) => node.kind).join(' '),
    nodes.map(({ network }) => (network === undefined ? 0 : (networkIndices.get(network) ?? network))),
    toDifferences(nodes.map((node) => Math.round(node.at[0]))),
    toDifferences(nodes.map((node) => Math.round(node.at[1]))),
    nodes.map((node) => {
      const params = withoutEqual(node.params, defaultsOf(node.kind));
      return isEmpty(params) ? 0 : params;
    }),
    nodes.flatMap((node, index) => packRest(node, index)),
    ...packWires(graph),
  ];
}

function packNetwork({ id, name, color, at, size, collapsed, ...others }: Network): unknown[] {
  const rest = { ...(collapsed && { collapsed }), ...others };
  return [id, name, color, ...at.map(Math.round), ...size.map(Math.round), ...(isEmpty(rest) ? [] : [rest])];
}

function packRest(node: GraphNode, index: number): [number, Record<string, unknown>][] {
  const { id, kind, network, at, params, size, ...others } = node;
  const rest = { ...(size && { size: size.map(Math.round) }), ...others };
  return isEmpty(rest) ? [] : [[index, rest]];
}

function packWires({ networks, nodes, wires }: Graph): [string, (number | string)[], (number | string)[]] {
  const indices = new Map([...networks, ...nodes].map(({ id }, index) => [id, index]));
  const ports: string[] = [];
  const froms: (number | string)[] = [];
  const tos: (number | string)[] = [];
  let base = 0;
  for (const wire of wires) {
    const [from, to] = endsOf(wire).map(splitEndpoint) as [Endpoint, Endpoint];
    const fromIndex = indices.get(from.id);
    const toIndex = indices.get(to.id);
    froms.push(fromIndex === undefined ? from.id : fromIndex - base);
    base = fromIndex ?? base;
    tos.push(toIndex === undefined ? to.id : toIndex - base);
    ports.push(joinEndpoint(from.port, to.port));
  }
  return [ports.join(' '), froms, tos];
}

type Endpoint = ReturnType<typeof splitEndpoint>;

/** The document that was packed, not yet validated; undefined where the columns contradict each other. */
export function unpack(packed: Packed): Record<string, unknown> | undefined {
  if (packed.length === PLAIN_COLUMNS) return unpackPlain(packed);
  const plain = packed.slice(0, PLAIN_COLUMNS) as Plain;
  const [rows, vias] = packed.slice(plain.length) as [
    z.infer<typeof blocksColumn>,
    z.infer<typeof viaColumn>,
  ];
  const blocks = rows.map(unpackBlock);
  const document = unpackWith(plain, vias);
  return document && blocks.every((block) => block !== undefined) ? { ...document, blocks } : undefined;
}

function unpackWith(plain: Plain, vias: z.infer<typeof viaColumn>): ReturnType<typeof unpackPlain> {
  const document = unpackPlain(plain);
  const wires: unknown[] | undefined = document?.wires.map(([from, to]) => [from, to]);
  for (const [index, via] of vias) {
    const wire = document?.wires[index];
    if (!wire || !wires) return undefined;
    wires[index] = [...endsOf(wire), { via }];
  }
  return document && { ...document, wires: wires as unknown as Wire[] };
}

function unpackPlain(packed: Plain) {
  const [version, title, about, settings, networks, idText, kindText, owners, dx, dy, params, rest] = packed;
  const ids = splitWords(idText);
  const kinds = splitWords(kindText);
  if ([kinds, owners, dx, dy, params].some((column) => column.length !== ids.length)) return undefined;
  const networkIds = networks.map((row) => row[0]);
  const [xs, ys] = [fromDifferences(dx), fromDifferences(dy)];
  const nodes = ids.map((id, index): Record<string, unknown> => {
    const owner = owners[index];
    return {
      id,
      kind: kinds[index],
      ...(owner !== 0 && { network: typeof owner === 'number' ? networkIds[owner - 1] : owner }),
      at: [xs[index], ys[index]],
      params: params[index] === 0 ? {} : params[index],
    };
  });
  for (const [index, others] of rest) {
    const node = nodes[index];
    if (!node) return undefined;
    nodes[index] = { ...node, ...others };
  }
  const wires = unpackWires(packed, [...networkIds, ...ids]);
  if (!wires) return undefined;
  return {
    format: 'ganvas',
    version,
    title,
    about,
    settings,
    networks: networks.map(unpackNetwork),
    nodes,
    wires,
  };
}

function unpackNetwork(row: readonly unknown[]): Record<string, unknown> {
  const [id, name, color, x, y, width, height, rest] = row;
  return { id, name, color, at: [x, y], size: [width, height], ...(rest as object | undefined) };
}

function unpackWires(packed: Plain, ids: readonly unknown[]): Wire[] | undefined {
  const [portText, froms, tos] = [splitWords(packed[12]), packed[13], packed[14]];
  if (froms.length !== portText.length || tos.length !== portText.length) return undefined;
  const wires: Wire[] = [];
  let base = 0;
  for (const [index, ports] of portText.entries()) {
    const from = froms[index] ?? 0;
    const to = tos[index] ?? 0;
    if (typeof from === 'number') base += from;
    const fromId = typeof from === 'number' ? ids[base] : from;
    const toId = typeof to === 'number' ? ids[base + to] : to;
    if (fromId === undefined || toId === undefined) return undefined;
    const { id: fromPort, port: toPort } = splitEndpoint(ports);
    wires.push([joinEndpoint(String(fromId), fromPort), joinEndpoint(String(toId), toPort)]);
  }
  return wires;
}

const defaults = new Map<string, Record<string, unknown>>();

/** The parameters of a kind that has them all left out; none of a kind that this version does not know. */
function defaultsOf(kind: string): Record<string, unknown> {
  const known = defaults.get(kind);
  if (known) return known;
  const found: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(findDefinition(kind)?.params.shape ?? {})) {
    const result = z.safeParse(field, undefined);
    if (result.success && result.data !== undefined) found[name] = result.data;
  }
  defaults.set(kind, found);
  return found;
}

function withoutEqual(values: { readonly [name: string]: Json }, standard: Record<string, unknown>) {
  const isOwn = (name: string) => Object.hasOwn(standard, name);
  const differs = ([name, value]: [string, Json]) =>
    !isOwn(name) || JSON.stringify(value) !== JSON.stringify(standard[name]);
  return Object.fromEntries(Object.entries(values).filter(differs));
}

const isEmpty = (value: object): boolean => Object.keys(value).length === 0;
const splitWords = (text: string): string[] => (text === '' ? [] : text.split(' '));
const toDifferences = (values: readonly number[]): number[] =>
  values.map((value, index) => value - (values[index - 1] ?? 0));

function fromDifferences(differences: readonly number[]): number[] {
  let sum = 0;
  return differences.map((difference) => (sum += difference));
}
