import { resolve } from '@/lib/check/resolve';
import {
  endsOf,
  type Graph,
  type GraphNode,
  joinEndpoint,
  type Network,
  splitEndpoint,
  type Wire,
} from '@/lib/graph/schema';
import { freeColor } from './add';
import {
  clampPoint,
  type Edited,
  freshName,
  hasRoom,
  kindOfRole,
  type Point,
  shiftRoute,
  subtract,
  takeFreshId,
  takenIds,
} from './edited';
import { canStandIn, placeOf } from './move';

/** Space in the frame for the input at its left, the output at its right, and the header. */
const MARGIN: Point = [144, 50];
const CARD: Point = [100, 60];
/** From the frame's edge to the output at its right. */
const OUTPUT = 104;

/** The nodes of a selection that a new network could take in: those of the game that may stand in networks. */
export const nodesForNetwork = (graph: Graph, ids: readonly string[]): readonly GraphNode[] => {
  const chosen = new Set(ids);
  return graph.nodes.filter(
    ({ id, kind, network }) =>
      chosen.has(id) && placeOf(graph, network) === 'game' && canStandIn(kind, 'network'),
  );
};

/**
 * Makes a network around nodes of the game. Each output that was wired into them becomes an input, each of
 * theirs that was wired out an output, and a call takes their place in the game. Ids: network, call.
 */
export function makeNetworkAround(graph: Graph, ids: readonly string[], name = 'Network'): Edited {
  const inner = nodesForNetwork(graph, ids);
  const inside = new Set(inner.map(({ id }) => id));
  const isIn = (end: string) => inside.has(splitEndpoint(end).id);
  const entering = new Set(graph.wires.filter(([from, to]) => !isIn(from) && isIn(to)).map(([from]) => from));
  const leaving = new Set(graph.wires.filter(([from, to]) => isIn(from) && !isIn(to)).map(([from]) => from));
  const extra = {
    networks: 1,
    nodes: entering.size + leaving.size + 3,
    wires: entering.size + leaving.size + 2,
  };
  if (inner.length === 0 || !hasRoom(graph, extra)) return { graph, ids: [] };

  const taken = takenIds(graph);
  const frame = frameAround(
    graph,
    inner,
    takeFreshId(taken, name.replace(/[^A-Za-z0-9_-]/g, '') || 'network'),
    name,
  );
  const { id } = frame;
  const call = takeFreshId(taken, `${id}-call`);
  const right = frame.size[0] - OUTPUT;
  const ports = new Boundary(taken, id, right);
  const inputs = new Map([...entering].map((from) => [from, ports.add('network-input', 'x')]));
  const outputs = new Map([...leaving].map((from) => [from, ports.add('network-output', 'out')]));

  // Wires in, through and out; `replaced` holds what already leads into the call or an output.
  const replaced = new Set<string>();
  const once = (wire: Wire): Wire[] => {
    if (replaced.has(endsOf(wire).join())) return [];
    replaced.add(endsOf(wire).join());
    return [wire];
  };
  const wires = graph.wires.flatMap((wire): Wire[] => {
    const [from, to] = wire;
    if (isIn(from) && isIn(to)) return [shiftRoute(wire, subtract([0, 0], frame.at))];
    if (!isIn(from) && !isIn(to)) return [wire];
    const port = (isIn(to) ? inputs : outputs).get(from);
    if (!port) return [wire];
    if (isIn(to)) return [...once([from, joinEndpoint(call, port.name)]), [joinEndpoint(port.id, 'out'), to]];
    return [...once([from, joinEndpoint(port.id, 'in')]), [joinEndpoint(call, port.name), to]];
  });
  const loose = wireLooseEnds(graph, inside, ports, {
    hasInput: entering.size > 0,
    hasOutput: leaving.size > 0,
  });
  const callNode: GraphNode = {
    id: call,
    kind: kindOfRole('call'),
    at: clampPoint([frame.at[0], frame.at[1] - 110]),
    params: { network: id },
  };
  const moved = graph.nodes.map((node) =>
    inside.has(node.id)
      ? { ...node, network: id, at: clampPoint([node.at[0] - frame.at[0], node.at[1] - frame.at[1]]) }
      : node,
  );
  return {
    graph: {
      ...graph,
      networks: [...graph.networks, frame],
      nodes: [...moved, ...ports.nodes, callNode],
      wires: [...wires, ...loose],
    },
    ids: [id, call],
  };
}

/** The input and output nodes that a new network gets. */
class Boundary {
  readonly nodes: GraphNode[] = [];
  private readonly names = new Set<string>();

  constructor(
    private readonly taken: Set<string>,
    private readonly network: string,
    private readonly right: number,
  ) {}

  add(role: 'network-input' | 'network-output', wanted: string): { id: string; name: string } {
    const isInput = role === 'network-input';
    const name = freshName(this.names, wanted);
    const id = takeFreshId(this.taken, `${this.network}-${isInput ? 'in' : 'out'}`);
    const row = this.nodes.filter(({ kind }) => kind === kindOfRole(role)).length;
    this.nodes.push({
      id,
      kind: kindOfRole(role),
      network: this.network,
      at: clampPoint([isInput ? 20 : this.right, MARGIN[1] + 70 * row]),
      params: { name },
    });
    return { id, name };
  }
}

/** A network that nothing is wired to gets an input before its first layer, and an output after its last. */
function wireLooseEnds(
  graph: Graph,
  inside: ReadonlySet<string>,
  ports: Boundary,
  { hasInput, hasOutput }: { hasInput: boolean; hasOutput: boolean },
): Wire[] {
  const wires: Wire[] = [];
  const { nodes } = resolve(graph);
  const used = new Set(graph.wires.flatMap(endsOf));
  const inner = [...inside].flatMap((id) => nodes.get(id) ?? []);
  const find = (side: 'inputs' | 'outputs', among: typeof inner) => {
    for (const node of among)
      for (const { name, type } of node[side]) {
        const end = joinEndpoint(node.node.id, name);
        if (type === 'tensor' && !used.has(end)) return end;
      }
    return undefined;
  };
  const first = hasInput ? undefined : find('inputs', inner);
  if (first) wires.push([joinEndpoint(ports.add('network-input', 'x').id, 'out'), first]);
  const last = hasOutput ? undefined : find('outputs', inner.toReversed());
  if (last) wires.push([last, joinEndpoint(ports.add('network-output', 'out').id, 'in')]);
  return wires;
}

function frameAround(graph: Graph, inner: readonly GraphNode[], id: string, name: string): Network {
  const xs = inner.map(({ at }) => at[0]);
  const ys = inner.map(({ at }) => at[1]);
  const left = Math.min(...xs) - MARGIN[0];
  const top = Math.min(...ys) - MARGIN[1];
  const width = Math.max(...xs) + CARD[0] + MARGIN[0] - left;
  const height = Math.max(...ys) + CARD[1] + 20 - top;
  return {
    id,
    name: name.slice(0, 200),
    color: freeColor(graph),
    at: clampPoint([left, top]),
    size: [Math.min(width, 100_000), Math.min(height, 100_000)],
    collapsed: false,
  };
}
