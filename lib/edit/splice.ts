import { endsOf, type Graph, joinEndpoint, type Params, splitEndpoint } from '@/lib/graph/schema';
import { addNode } from './add';
import { checkedOf } from './checked-of';
import { type Edited, hasRoom, type Point } from './edited';
import { canStandIn, placeOf, reparent } from './move';
import { portTypeOf } from './port-type';

/** Putting a node between the ends of a wire. */

/** Where and how a node would stand in a wire: the wire's frame, and the node's first ports of the wire's type. */
function findSplice(graph: Graph, wire: number, id: string) {
  const checked = checkedOf(graph);
  const { nodes } = checked;
  const [from, to] = graph.wires[wire] ?? [];
  const node = nodes.get(id);
  if (from === undefined || to === undefined || !node) return undefined;
  const frame = nodes.get(splitEndpoint(to).id)?.node.network;
  const type = portTypeOf(checked, { ...splitEndpoint(from), side: 'output' });
  const input = node.inputs.find((port) => port.type === type);
  const output = node.outputs.find((port) => port.type === type);
  const isWired = graph.wires.some((wire) => endsOf(wire).some((end) => splitEndpoint(end).id === id));
  if (!input || !output || isWired || !canStandIn(node.node.kind, placeOf(graph, frame))) return undefined;
  return { from, to, frame, input: joinEndpoint(id, input.name), output: joinEndpoint(id, output.name) };
}

/** Whether a node could be put into a wire: nothing is wired to it, and it passes on what the wire carries. */
export const canSplice = (graph: Graph, wire: number, id: string): boolean =>
  hasRoom(graph, { wires: 1 }) && findSplice(graph, wire, id) !== undefined;

/** Puts a node that nothing is wired to into a wire: into its frame, between its ends. */
export function spliceIntoWire(graph: Graph, wire: number, id: string): Graph {
  const splice = findSplice(graph, wire, id);
  if (!splice || !hasRoom(graph, { wires: 1 })) return graph;
  const { from, to, frame, input, output } = splice;
  const moved = reparent(graph, [id], frame);
  return { ...moved, wires: moved.wires.toSpliced(wire, 1, [from, input], [output, to]) };
}

/** Adds a node in a wire, halfway between its ends. */
export function insertOnWire(graph: Graph, wire: number, kind: string, params?: Params): Edited {
  const none = { graph, ids: [] };
  const cut = graph.wires[wire];
  const [source, target] = (cut ? endsOf(cut) : []).map((end) => {
    const { id } = splitEndpoint(end);
    return graph.nodes.find((node) => node.id === id);
  });
  const middle: Point = [
    ((source?.at[0] ?? 0) + (target?.at[0] ?? 0)) / 2,
    ((source?.at[1] ?? 0) + (target?.at[1] ?? 0)) / 2,
  ];
  const added = addNode(graph, kind, middle, { network: target?.network, ...(params && { params }) });
  const [id] = added.ids;
  if (id === undefined || !canSplice(added.graph, wire, id)) return none;
  return { graph: spliceIntoWire(added.graph, wire, id), ids: [id] };
}
