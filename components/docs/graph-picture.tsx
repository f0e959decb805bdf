import { classes } from '@/components/ui/classes';
import type { Checked, CheckedNode } from '@/lib/check/checked';
import { titleOf } from '@/lib/check/names';
import { splitEndpoint } from '@/lib/graph/schema';
import { type Box, boxOf } from '@/lib/layout/boxes';
import { formOfNode } from '@/lib/layout/card-size';
import { FRAME_HEADER, lookOf, portPositions } from '@/lib/layout/geometry';
import { callParams } from '@/lib/nodes/role-params';
import styles from './graph-picture.module.css';

const MARGIN = 16;

/** A whole graph, small: frames, cards and wires where the editor has them, some cards marked. */
export function GraphPicture(props: {
  readonly checked: Checked;
  /** The kind whose cards are marked. */
  readonly kind: string;
  readonly label: string;
}) {
  const { checked, kind, label } = props;
  const boxes = new Map(
    [...checked.networks.keys(), ...checked.nodes.keys()].flatMap((id): [string, Box][] => {
      const box = boxOf(checked, id);
      return box ? [[id, box]] : [];
    }),
  );
  const left = Math.min(...[...boxes.values()].map(({ x }) => x)) - MARGIN;
  const top = Math.min(...[...boxes.values()].map(({ y }) => y)) - MARGIN;
  const right = Math.max(...[...boxes.values()].map(({ x, width }) => x + width)) + MARGIN;
  const bottom = Math.max(...[...boxes.values()].map(({ y, height }) => y + height)) + MARGIN;
  return (
    <svg
      className={styles.graph}
      viewBox={`${left} ${top} ${right - left} ${bottom - top}`}
      role="img"
      aria-label={label}
    >
      {[...checked.networks.values()].map(({ network: { id, name, color } }) => {
        const box = boxes.get(id);
        return box ? (
          <g key={id} style={{ '--net': `var(--net-${color})` } as React.CSSProperties}>
            <rect {...box} rx={12} className={styles.frame} />
            <text x={box.x + 14} y={box.y + 23} className={styles.name}>
              {name}
            </text>
          </g>
        ) : null;
      })}
      {checked.graph.wires.map(([from, to]) => {
        const [start, end] = [
          portPoint(checked, boxes, from, 'source'),
          portPoint(checked, boxes, to, 'target'),
        ];
        if (!start || !end) return null;
        const bend = Math.max(24, Math.abs(end.x - start.x) / 2);
        // An optimizer takes θ on its right.
        const into = start.type === 'theta' ? end.x + bend : end.x - bend;
        return (
          <path
            key={`${from} ${to}`}
            className={classes(styles.wire, styles[start.type])}
            d={`M${start.x},${start.y} C${start.x + bend},${start.y} ${into},${end.y} ${end.x},${end.y}`}
          />
        );
      })}
      {[...checked.nodes.values()].map((node) => (
        <Node key={node.node.id} checked={checked} node={node} box={boxes.get(node.node.id)} kind={kind} />
      ))}
    </svg>
  );
}

function Node(props: {
  readonly checked: Checked;
  readonly node: CheckedNode;
  readonly box: Box | undefined;
  readonly kind: string;
}) {
  const { checked, node, box, kind } = props;
  if (!box) return null;
  const look = lookOf(node.definition?.role);
  const call = callParams(node);
  const applied = call && checked.networks.get(call.network)?.network;
  const middle = look === 'rows' || look === 'picture' || look === 'text' ? 16 : box.height / 2;
  return (
    <g style={applied ? ({ '--net': `var(--net-${applied.color})` } as React.CSSProperties) : undefined}>
      <rect
        {...box}
        rx={look === 'pill' ? 20 : 8}
        className={classes(styles.card, styles[look], node.node.kind === kind && styles.marked)}
      />
      <text
        x={box.x + box.width / 2}
        y={box.y + middle}
        className={classes(styles.title, look === 'pill' && styles.onPill)}
      >
        {short(titleOf(node, checked), box.width)}
      </text>
    </g>
  );
}

/** As much of a title as fits a card. */
const short = (title: string, width: number): string => {
  const most = Math.floor((width - 12) / 6.6);
  return title.length > most ? `${title.slice(0, most - 1)}…` : title;
};

/** Where an end of a wire is, and of what type. */
function portPoint(
  checked: Checked,
  boxes: ReadonlyMap<string, Box>,
  end: string,
  side: 'source' | 'target',
) {
  const { id, port } = splitEndpoint(end);
  const box = boxes.get(id);
  if (!box) return undefined;
  if (checked.networks.has(id))
    return { x: box.x + box.width, y: box.y + FRAME_HEADER / 2, type: 'theta' as const };
  const node = checked.nodes.get(id);
  const drawn =
    node &&
    portPositions(formOfNode(node, checked)).find(({ name, end: own }) => name === port && own === side);
  const found = (side === 'source' ? node?.outputs : node?.inputs)?.find(({ name }) => name === port);
  if (!drawn || !found) return undefined;
  return { x: box.x + (drawn.side === 'left' ? 0 : box.width), y: box.y + drawn.y, type: found.type };
}
