import { type NodeHandle, Position } from 'reactflow';
import type { CheckedNode } from '@/lib/check/checked';
import type { Network } from '@/lib/graph/schema';
import { markdownOf } from '@/lib/layout/card-text';
import { type CardForm, cardSize, lookOfForm, PORT, portPositions, type Size } from '@/lib/layout/geometry';
import { readOptimizer } from '@/lib/nodes/role-params';
import { drawnSign } from '@/lib/nodes/sign-of';
import { formatShape } from '@/lib/shapes/shape';
import type { CardData, CardNode, CardPort, Overlay, Problems } from './flow';
import { keep, keepNode } from './reuse';

/** A node of the graph as a node of React Flow, with its size and ports known ahead of rendering. */
export function makeCard(
  checked: CheckedNode,
  parent: Network | undefined,
  applied: Network | undefined,
  { title, caption, readings }: Pick<CardData, 'title' | 'caption' | 'readings'>,
  form: CardForm,
  rooms: ReadonlyMap<string, number> | undefined,
  problems: Problems | undefined,
  overlay: Overlay,
  previous: CardNode | undefined,
): CardNode {
  const { node, definition } = checked;
  const size = cardSize(form);
  const ports = describePorts(checked, form, rooms);
  const data: CardData = {
    kind: node.kind,
    role: definition?.role,
    look: lookOfForm(form),
    isUse: checked.use !== undefined,
    title,
    caption,
    text: markdownOf(checked),
    category: definition?.category ?? (checked.use ? 'Blocks' : ''),
    sign: definition && drawnSign(definition, checked.params),
    readings,
    rate: definition?.role === 'optimizer' ? readOptimizer(checked.params).learningRate : undefined,
    network: applied?.id,
    color: applied?.color,
    state: node.state,
    ports,
    severity: problems?.severity,
    problems: problems?.text ?? '',
  };
  return keepNode(previous, {
    id: node.id,
    type: 'card',
    ...(parent && { parentId: parent.id }),
    position: overlay.dragged.get(node.id) ?? { x: node.at[0], y: node.at[1] },
    data: keep(previous?.data, data),
    ...size,
    measured: size,
    handles: ports.map((port) => toHandle(port, size)),
    selected: overlay.selection.has(node.id),
    ariaLabel: [
      data.title,
      checked.use ? 'Block' : (definition?.title ?? node.kind),
      data.caption,
      data.problems,
    ]
      .filter(Boolean)
      .join(', '),
  });
}

function describePorts(
  checked: CheckedNode,
  form: CardForm,
  rooms: ReadonlyMap<string, number> | undefined,
): CardPort[] {
  const { inputs, outputs, wiredFrom, outputShapes, inBlock } = checked;
  const positions = portPositions(form);
  return positions.flatMap((position) => {
    const beside = positions.filter(({ side }) => side === position.side);
    const port = (position.end === 'target' ? inputs : outputs).find(({ name }) => name === position.name);
    if (!port) return [];
    const shape = position.end === 'source' ? outputShapes.get(port.name) : undefined;
    const ofBlock = (position.end === 'target' ? inBlock?.inputs : inBlock?.outputs)?.get(port.name);
    return [
      {
        ...position,
        isBelow: beside.some(({ y }) => y < position.y),
        isAbove: beside.some(({ y }) => y > position.y),
        room: rooms?.get(`${position.end}.${position.name}`),
        type: port.type,
        ofBlock,
        wired:
          wiredFrom.has(port.name) ||
          ofBlock !== undefined ||
          (position.end === 'target' && 'optional' in port && !!port.optional),
        help: port.help,
        shape: shape && port.type === 'tensor' ? formatShape(shape) : undefined,
      },
    ];
  });
}

const toHandle = ({ name, end, side, y }: CardPort, { width }: Size): NodeHandle => ({
  id: name,
  type: end,
  position: side === 'left' ? Position.Left : Position.Right,
  x: (side === 'left' ? 0 : width) - PORT / 2,
  y: y - PORT / 2,
  width: PORT,
  height: PORT,
});
