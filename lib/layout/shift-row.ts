import { checkedOf } from '@/lib/edit/checked-of';
import { moveNodes, resize } from '@/lib/edit/move';
import { type Graph, splitEndpoint } from '@/lib/graph/schema';
import { type Box, boxOf, originOf, type Point } from './boxes';

const GAP = 20;

/**
 * Room for a node that was put between others in a row: it keeps clear of its left neighbour, what is to its
 * right is pushed along, and the frame grows. In the game, where rows are loose, nothing moves.
 */
export function shiftRow(graph: Graph, id: string): Graph {
  const checked = checkedOf(graph);
  const frame = checked.nodes.get(id)?.node.network;
  const box = boxOf(checked, id);
  const network = checked.networks.get(frame ?? '')?.network;
  if (!box || !network) return graph;
  const others = graph.nodes
    .filter((node) => node.network === frame && node.id !== id)
    .flatMap((node) => {
      const other = boxOf(checked, node.id);
      return other ? [{ id: node.id, box: other }] : [];
    });
  const row = others.filter(
    ({ box: other }) => other.y < box.y + box.height && box.y < other.y + other.height,
  );
  const targets = new Set(
    graph.wires.flatMap(([from, to]) => (from.startsWith(`${id}.`) ? [splitEndpoint(to).id] : [])),
  );
  const isRight = (other: { readonly id: string; readonly box: Box }) =>
    other.box.x >= box.x || targets.has(other.id);
  const left = row.filter((other) => !isRight(other));
  const x = Math.max(box.x, ...left.map(({ box: other }) => other.x + other.width + GAP));
  const right = row.filter(isRight);
  const first = Math.min(...right.map(({ box: other }) => other.x));
  const push = Math.max(0, x + box.width + GAP - first);
  const [left0, top0] = originOf(graph, frame);
  const positions = new Map<string, Point>([[id, [x - left0, box.y - top0]]]);
  if (Number.isFinite(first) && push > 0)
    for (const other of others)
      if (other.box.x >= first) positions.set(other.id, [other.box.x + push - left0, other.box.y - top0]);
  const moved = moveNodes(graph, positions);
  const after = checkedOf(moved);
  const edge = Math.max(
    ...[id, ...others.map((other) => other.id)].map((item) => rightEdge(boxOf(after, item))),
  );
  const width = edge - left0 + GAP;
  return width > network.size[0] ? resize(moved, network.id, [width, network.size[1]]) : moved;
}

const rightEdge = (box: Box | undefined): number => (box ? box.x + box.width : 0);
