import { wireKeys } from '@/lib/edit/wire-keys';
import { splitEndpoint } from '@/lib/graph/schema';
import { pathOf } from '@/lib/layout/curve';
import type { WireLine } from '@/lib/layout/wires';
import type { PortType } from '@/lib/nodes/define';
import { formatShape, type Shape } from '@/lib/shapes/shape';
import type { Facts } from './facts';
import type { CardNode, Overlay, WireData, WireEdge } from './flow';
import type { createReuse } from './reuse';
import { MOST_TURNS } from './use-turn';

/** Wires as edges of React Flow, as far as both their ends are on the canvas. */
export function convertWires(
  { graph, checked, networks, wireProblems: problems, lines, turns: allTurns }: Facts,
  overlay: Overlay,
  edges: ReturnType<typeof createReuse<WireEdge>>,
  cards: ReadonlyMap<string, CardNode>,
  shown: Iterable<number> = graph.wires.keys(),
): WireEdge[] {
  const keys = wireKeys(graph.wires);
  const result: WireEdge[] = [];
  for (const index of shown) {
    const wire = graph.wires[index];
    const id = keys[index];
    if (!wire || id === undefined) continue;
    const from = splitEndpoint(wire[0]);
    const to = splitEndpoint(wire[1]);
    const source = cards.get(from.id);
    const target = cards.get(to.id);
    const theta = networks.has(from.id) ? from.id : undefined;
    if (!target || (!source && !theta) || (theta && !overlay.thetaWires)) continue;
    // React Flow draws no edge to a port that is not there; the problem is shown on the node instead.
    const output = source?.data.ports.find((port) => port.end === 'source' && port.name === from.port);
    if (!target.data.ports.some((port) => port.end === 'target' && port.name === to.port)) continue;
    if (source && !output) continue;
    const type: PortType = theta ? 'theta' : (output?.type ?? 'tensor');
    const inGame = source?.parentId === undefined;
    const below = inGame ? 0 : Math.max(source?.height ?? 0, target.height ?? 0);
    const shape: Shape | undefined = checked.wireShapes[index];
    const label = shape && type === 'tensor' ? formatShape(shape) : undefined;
    const line = lines.get(index);
    const way = line && !isDragged(line, overlay) ? wayOf(line) : undefined;
    const problem = problems.get(index);
    const turns =
      allTurns
        .get(index)
        ?.map((turn) => turn % MOST_TURNS)
        .join(' ') ?? '';
    const names = [
      `Wire from ${source ? spoken(source) : networks.get(from.id)?.name}, ${from.port}`,
      `to ${spoken(target)}, ${to.port}`,
    ];
    const ariaLabel = [names.join(' '), label, problem].filter(Boolean).join(', ');
    result.push(
      edges.get(
        id,
        [index, type, problem, label, turns, overlay.wires.has(id), below, way, ariaLabel],
        () => ({
          id,
          type: 'wire',
          source: from.id,
          sourceHandle: from.port,
          target: to.id,
          targetHandle: to.port,
          selected: overlay.wires.has(id),
          ariaLabel,
          data: { index, type, label, problem, turns, theta, below, ...(way ?? bend) },
        }),
      ),
    );
  }
  return result;
}

const spoken = ({ data }: CardNode): string => [data.title, data.caption].filter(Boolean).join(' ');

const bend = { path: undefined, labelX: undefined, labelY: undefined, via: [] };
const ways = new WeakMap<WireLine, Pick<WireData, 'path' | 'labelX' | 'labelY' | 'via'>>();

/** The same object for the same line. */
function wayOf(line: WireLine) {
  const known = ways.get(line);
  if (known) return known;
  const box = line.label?.box;
  const way = {
    path: pathOf(line.curve),
    labelX: box && box.x + box.width / 2,
    labelY: box && box.y + box.height / 2,
    via: line.via,
  };
  ways.set(line, way);
  return way;
}

/** Whether a wire is not where the document has it. */
const isDragged = ({ from, to, frame }: WireLine, { dragged }: Overlay): boolean =>
  dragged.size > 0 && [from, to, frame].some((id) => id !== undefined && dragged.has(id));
