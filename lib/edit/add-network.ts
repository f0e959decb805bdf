import { type Graph, joinEndpoint, type Network } from '@/lib/graph/schema';
import { freeColor } from './add';
import { clampPoint, type Edited, hasRoom, kindOfRole, type Point, takeFreshId, takenIds } from './edited';

export const NETWORK_SIZE = { width: 460, height: 120 };

/** An empty network at a place: its frame, an input and an output, wired, so that layers go in between. */
export function addNetwork(graph: Graph, at: Point): Edited {
  if (!hasRoom(graph, { networks: 1, nodes: 2, wires: 1 })) return { graph, ids: [] };
  const taken = takenIds(graph);
  const id = takeFreshId(taken, 'Network');
  const network: Network = {
    id,
    name: id.replace('-', ' '),
    color: freeColor(graph),
    at: clampPoint(at),
    size: [NETWORK_SIZE.width, NETWORK_SIZE.height],
    collapsed: false,
  };
  const end = (role: 'network-input' | 'network-output', name: string, x: number) => ({
    id: takeFreshId(taken, `${id}-${name}`),
    kind: kindOfRole(role),
    network: id,
    at: [x, 56] as [number, number],
    params: { name },
  });
  const [input, output] = [
    end('network-input', 'x', 20),
    end('network-output', 'out', NETWORK_SIZE.width - 84 - 20),
  ];
  return {
    graph: {
      ...graph,
      networks: [...graph.networks, network],
      nodes: [...graph.nodes, input, output],
      wires: [...graph.wires, [joinEndpoint(input.id, 'out'), joinEndpoint(output.id, 'in')]],
    },
    ids: [id],
  };
}
