import { wireKeys } from '@/lib/edit/wire-keys';
import { splitEndpoint } from '@/lib/graph/schema';
import type { Box, Point } from '@/lib/layout/boxes';
import type { PortType } from '@/lib/nodes/define';
import { formatShape, type Shape } from '@/lib/shapes/shape';
import type { Facts } from './facts';
import type { CardNode, Overlay, WireEdge } from './flow';
import { labelShare } from './label-position';
import type { createReuse } from './reuse';

/** Wires as edges of React Flow, as far as both their ends are on the canvas. */
export function convertWires(
  { graph, checked, networks, wireProblems: problems }: Facts,
  overlay: Overlay,
  edges: ReturnType<typeof createReuse<WireEdge>>,
  cards: ReadonlyMap<string, CardNode>,
  shown: Iterable<number> = graph.wires.keys(),
): WireEdge[] {
  const keys = wireKeys(graph.wires);
  const obstacles = obstaclesOf(cards);
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
    const share =
      label && source && inGame
        ? labelShare(...endsOf(source, from.port, target, to.port), label, obstacles)
        : 0.5;
    const problem = problems.get(index);
    const names = [
      `Wire from ${source ? spoken(source) : networks.get(from.id)?.name}, ${from.port}`,
      `to ${spoken(target)}, ${to.port}`,
    ];
    const ariaLabel = [names.join(' '), label, problem].filter(Boolean).join(', ');
    result.push(
      edges.get(id, [index, type, problem, label, overlay.wires.has(id), below, share, ariaLabel], () => ({
        id,
        type: 'wire',
        source: from.id,
        sourceHandle: from.port,
        target: to.id,
        targetHandle: to.port,
        selected: overlay.wires.has(id),
        ariaLabel,
        data: { index, type, label, problem, theta, below, share },
      })),
    );
  }
  return result;
}

const spoken = ({ data }: CardNode): string => [data.title, data.caption].filter(Boolean).join(' ');

/** Of so many cards a label no longer looks for a free place. */
const MOST_OBSTACLES = 200;

/** What labels of the game's wires are not to stand on; wires in frames carry theirs below their cards. */
function obstaclesOf(cards: ReadonlyMap<string, CardNode>): readonly Box[] {
  const game = [...cards.values()].filter(({ parentId }) => parentId === undefined);
  if (game.length > MOST_OBSTACLES) return [];
  return game.map(({ position, width = 0, height = 0 }) => ({ ...position, width, height }));
}

function endsOf(source: CardNode, output: string, target: CardNode, input: string): [Point, Point] {
  const [out, into] = [portY(source, 'source', output), portY(target, 'target', input)];
  return [
    [source.position.x + (source.width ?? 0), source.position.y + out],
    [target.position.x, target.position.y + into],
  ];
}

const portY = ({ data }: CardNode, end: 'source' | 'target', port: string): number =>
  data.ports.find((position) => position.end === end && position.name === port)?.y ?? 0;
