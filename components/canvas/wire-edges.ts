import type { Checked } from '@/lib/check/checked';
import { type Graph, type Network, splitEndpoint } from '@/lib/graph/schema';
import type { PortType } from '@/lib/nodes/define';
import { formatShape, type Shape } from '@/lib/shapes/shape';
import { type CardNode, type Overlay, type WireEdge, wireKey } from './flow';
import type { createReuse } from './reuse';

/** Wires as edges of React Flow, as far as both their ends are on the canvas. */
export function convertWires(
  graph: Graph,
  checked: Checked,
  overlay: Overlay,
  edges: ReturnType<typeof createReuse<WireEdge>>,
  shown: ReadonlyMap<string, CardNode>,
  networks: ReadonlyMap<string, Network>,
): WireEdge[] {
  const problems = new Map<number, string>();
  for (const { wire, message, hint, severity } of checked.diagnostics)
    if (wire !== undefined && severity !== 'info' && !problems.has(wire))
      problems.set(wire, hint ? `${message} ${hint}` : message);
  const copies = new Map<string, number>();
  const result: WireEdge[] = [];
  graph.wires.forEach((wire, index) => {
    const from = splitEndpoint(wire[0]);
    const to = splitEndpoint(wire[1]);
    const source = shown.get(from.id);
    const target = shown.get(to.id);
    const plain = wireKey(wire);
    const copy = copies.get(plain) ?? 0;
    copies.set(plain, copy + 1);
    const theta = networks.has(from.id) ? from.id : undefined;
    if (!target || (!source && !theta) || (theta && !overlay.thetaWires)) return;
    // React Flow draws no edge to a port that is not there; the problem is told on the node instead.
    const output = source?.data.ports.find((port) => port.end === 'source' && port.name === from.port);
    if (!target.data.ports.some((port) => port.end === 'target' && port.name === to.port)) return;
    if (source && !output) return;
    const id = wireKey(wire, copy);
    const type: PortType = theta ? 'theta' : (output?.type ?? 'tensor');
    const below = Math.max(source?.height ?? 0, target.height ?? 0);
    const shape: Shape | undefined = checked.wireShapes[index];
    result.push(
      edges.get(
        id,
        [index, type, problems.get(index), shape && formatShape(shape), overlay.wires.has(id), below],
        () => ({
          id,
          type: 'wire',
          source: from.id,
          sourceHandle: from.port,
          target: to.id,
          targetHandle: to.port,
          // Its input's end can be drawn elsewhere; a drag from an output starts another wire.
          reconnectable: 'target',
          selected: overlay.wires.has(id),
          ariaLabel: `Wire from ${wire[0]} to ${wire[1]}`,
          data: {
            index,
            type,
            label: shape && type === 'tensor' ? formatShape(shape) : undefined,
            problem: problems.get(index),
            theta,
            below,
          },
        }),
      ),
    );
  });
  return result;
}
