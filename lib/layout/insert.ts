import type { Checked } from '@/lib/check/checked';
import { addNode } from '@/lib/edit/add';
import { bestWire } from '@/lib/edit/best-port';
import { checkedOf } from '@/lib/edit/checked-of';
import { connect } from '@/lib/edit/connect';
import type { Edited, PortEnd } from '@/lib/edit/edited';
import { canStandIn, placeOf } from '@/lib/edit/move';
import { canSplice, spliceIntoWire } from '@/lib/edit/splice';
import { type Graph, joinEndpoint, type Params, splitEndpoint } from '@/lib/graph/schema';
import { boxOf, frameAt, freePosition, originOf, type Point } from './boxes';
import { wirePartners } from './partners';
import { shiftRow } from './shift-row';
import { snap } from './snap';

/** Inserting nodes: where they go and what they are wired to. Pure. */
interface Insertion {
  readonly kind: string;
  readonly params?: Params;
  /** Of a use: its block. */
  readonly block?: string;
  /** On the canvas; the frame there takes the node in. */
  readonly at: Point;
  /** A port to wire the new node to. */
  readonly from?: PortEnd | undefined;
}

export function insertNode(graph: Graph, { kind, params, block, at, from }: Insertion): Edited {
  const checked = checkedOf(graph);
  // A wire stays within its frame, so the node that it leads to does too.
  const frame = from ? checked.nodes.get(from.id)?.node.network : frameAt(checked, at);
  const network = canStandIn(kind, placeOf(graph, frame)) ? frame : undefined;
  const [left, top] = originOf(graph, network);
  const [x, y] = from ? snap(checked, network, at) : at;
  const position: Point = [Math.round(x - left), Math.round(y - top)];
  const added = addNode(graph, kind, position, { network, block, ...(params && { params }) });
  const [id] = added.ids;
  return id === undefined || !from ? added : { ...added, graph: wireTo(added.graph, id, from) };
}

/** Room for a node that is to be wired to a port: to the right of an output's node, to the left of an input's. */
export function roomBeside(graph: Graph, { id, side }: PortEnd): Point | undefined {
  const checked = checkedOf(graph);
  const box = boxOf(checked, id);
  if (!box) return undefined;
  const x = side === 'output' ? box.x + box.width + 40 : box.x - 160;
  return freePosition(checked, [x, box.y], checked.nodes.get(id)?.node.network === undefined);
}

/** Wires a port to the port of a node that fits it best, one of a wrong shape if there is no better; and its partners. */
function wireTo(graph: Graph, id: string, from: PortEnd): Graph {
  const wire = bestWire(checkedOf(graph), from, id);
  return wire ? wirePartners(connect(graph, wire[0], wire[1]), id, from) : graph;
}

/**
 * After the selected node, of a network its last: into the one wire that leaves it, or to its right and wired to its
 * free output.
 * Without a node that it could follow, at `at`, or below what is there.
 */
export function insertAfter(
  graph: Graph,
  selected: string | undefined,
  insertion: Omit<Insertion, 'from'>,
): Edited {
  const checked = checkedOf(graph);
  if (checked.networks.has(selected ?? '') && canStandIn(insertion.kind, 'network')) {
    const last = lastIn(checked, selected);
    if (last !== undefined) return insertAfter(graph, last, insertion);
  }
  const node = selected === undefined ? undefined : checked.nodes.get(selected);
  const isOfGame = !canStandIn(insertion.kind, 'network');
  const box = selected === undefined ? undefined : boxOf(checked, selected);
  if (!node || !box || !canStandIn(insertion.kind, placeOf(graph, node.node.network)))
    return insertNode(graph, { ...insertion, at: freePosition(checked, insertion.at, isOfGame) });
  const [left, top] = originOf(graph, node.node.network);
  const add = (at: Point) =>
    addNode(graph, insertion.kind, [at[0] - left, at[1] - top], {
      network: node.node.network,
      block: insertion.block,
      ...(insertion.params && { params: insertion.params }),
    });
  const leaving = graph.wires.flatMap(([from], index) =>
    from.startsWith(`${node.node.id}.`) ? [index] : [],
  );
  const beside: Point = [box.x + box.width + 20, box.y];
  const [only] = leaving;
  if (leaving.length === 1 && only !== undefined && node.node.network !== undefined) {
    const added = add(beside);
    const id = added.ids[0];
    if (id !== undefined && canSplice(added.graph, only, id))
      return { ...added, graph: insertIntoWire(added.graph, only, id) };
  }
  const added = add(freePosition(checked, [beside[0] + 20, beside[1]], isOfGame));
  const output = node.outputs.find(({ name }) => !isRead(graph, joinEndpoint(node.node.id, name)));
  const id = added.ids[0];
  if (id === undefined) return added;
  const wired = output
    ? wireTo(added.graph, id, { id: node.node.id, port: output.name, side: 'output' })
    : added.graph;
  if (wired !== added.graph) return { ...added, graph: wired };
  // What does not follow it stands below it, in its column.
  const below = add(freePosition(checked, [box.x, box.y + box.height + 20], isOfGame));
  return below.ids.length > 0 ? below : added;
}

/** What leads to a network's output: new layers come after it. */
function lastIn({ graph, nodes, networks }: Checked, id: string | undefined): string | undefined {
  if (networks.get(id ?? '')?.network.collapsed) return undefined;
  const wire = graph.wires.find(([, to]) => {
    const end = nodes.get(splitEndpoint(to).id);
    return end?.node.network === id && end?.definition?.role === 'network-output';
  });
  return wire && splitEndpoint(wire[0]).id;
}

/** One of a kind for each cost of a pair, one below the other: the optimizers of both players. */
export function insertForBoth(graph: Graph, insertion: Insertion): Edited {
  const { from, at } = insertion;
  const { nodes } = checkedOf(graph);
  const costs = (from && nodes.get(from.id)?.outputs.filter(({ player }) => player)) ?? [];
  return costs.reduce<Edited>(
    (edited, { name }, i) => {
      const own = from && { ...from, port: name };
      const added = insertNode(edited.graph, { ...insertion, at: [at[0], at[1] + 130 * i], from: own });
      return { graph: added.graph, ids: [...edited.ids, ...added.ids] };
    },
    { graph, ids: [] },
  );
}

const isRead = (graph: Graph, output: string): boolean => graph.wires.some(([from]) => from === output);

/** Puts a node into a wire where it fits one; in a network the row makes room for it. */
export const insertIntoWire = (graph: Graph, wire: number, id: string): Graph =>
  canSplice(graph, wire, id) ? shiftRow(spliceIntoWire(graph, wire, id), id) : graph;
