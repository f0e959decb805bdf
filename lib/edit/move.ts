import { type Graph, type GraphNode, type Network, splitEndpoint } from '@/lib/graph/schema';
import type { Place } from '@/lib/nodes/define';
import { findDefinition } from '@/lib/nodes/registry';
import { add, clampPoint, networkSchema, type Point, type Selection, subtract } from './edited';
import { dropLostPorts } from './ports-change';
import { changeNode } from './set';

/** New positions of nodes (relative to their frames) and networks, several at once. */
export function moveNodes(graph: Graph, positions: ReadonlyMap<string, Point>): Graph {
  const move = <T extends GraphNode | Network>(item: T): T => {
    const at = positions.get(item.id);
    return at ? { ...item, at: clampPoint(at) } : item;
  };
  return { ...graph, networks: graph.networks.map(move), nodes: graph.nodes.map(move) };
}

/** Moves a selection by a distance; nodes of a network that moves go with its frame. */
export function moveBy(graph: Graph, selection: Selection, by: Point): Graph {
  const networks = new Set(selection.networks);
  const nodes = new Set(selection.nodes);
  const moved = [
    ...graph.networks.filter(({ id }) => networks.has(id)),
    ...graph.nodes.filter(
      ({ id, network }) => nodes.has(id) && (network === undefined || !networks.has(network)),
    ),
  ];
  return moveNodes(graph, new Map(moved.map(({ id, at }) => [id, add(at, by)])));
}

/** What a frame's inside is, or the graph outside all frames: the inside of a block of layers is a network's too. */
export const placeOf = ({ blocks, inside }: Graph, network: string | undefined): Place =>
  network === undefined ? (blocks.find(({ id }) => id === inside)?.place ?? 'game') : 'network';

/** Whether a kind may stand in a network, or in the game. */
export const canStandIn = (kind: string, place: Place): boolean =>
  findDefinition(kind)?.place.includes(place) ?? true;

/** Where a frame's inside begins; the game's at the origin. */
export const originOf = (graph: Graph, network: string | undefined): Point =>
  graph.networks.find(({ id }) => id === network)?.at ?? [0, 0];

/**
 * Moves nodes into another frame, or out of all. They stay where they are on the canvas, so their positions
 * become relative to the new frame. Wires that would cross a frame go.
 */
export function reparent(graph: Graph, ids: readonly string[], network: string | undefined): Graph {
  if (network !== undefined && !graph.networks.some(({ id }) => id === network)) return graph;
  const moving = new Set(ids);
  const to = originOf(graph, network);
  const nodes = graph.nodes.map((node): GraphNode => {
    if (!moving.has(node.id) || node.network === network) return node;
    const { network: from, ...rest } = node;
    const at = clampPoint(subtract(add(node.at, originOf(graph, from)), to));
    return network === undefined ? { ...rest, at } : { ...rest, network, at };
  });
  const frames = new Map(nodes.map(({ id, network: frame }) => [id, frame]));
  const crosses = (from: string, end: string) =>
    frames.get(splitEndpoint(from).id) !== frames.get(splitEndpoint(end).id);
  const wires = graph.wires.filter(
    ([from, end]) =>
      !(moving.has(splitEndpoint(from).id) || moving.has(splitEndpoint(end).id)) || !crosses(from, end),
  );
  return dropLostPorts(graph, { ...graph, nodes, wires });
}

/** A new size of a node or a network, and its position where it was dragged by the upper left. */
export function resize(graph: Graph, id: string, size: Point, at?: Point): Graph {
  const position = at && { at: clampPoint(at) };
  const index = graph.networks.findIndex((network) => network.id === id);
  const network = graph.networks[index];
  if (!network) return changeNode(graph, id, (node) => ({ ...node, size, ...position }));
  const resized: Network = { ...network, size, ...position };
  return networkSchema.safeParse(resized).success
    ? { ...graph, networks: graph.networks.with(index, resized) }
    : graph;
}
