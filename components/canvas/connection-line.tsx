import { type ConnectionLineComponentProps, getBezierPath, useStore } from 'reactflow';
import { useSession } from '@/components/hooks/stores';
import { useChecked } from '@/components/hooks/use-checked';
import { classes } from '@/components/ui/classes';
import { networkName } from '@/lib/check/names';
import styles from './connection-line.module.css';
import { calledBy, wireProblem } from './fit';
import type { FlowNode } from './flow';
import shared from './reason.module.css';

/** A wire as it is drawn; over a port that it does not fit it says why, over a network that it calls it. */
export function ConnectionLine(props: ConnectionLineComponentProps<FlowNode>) {
  const { fromX, fromY, toX, toY, fromPosition, toPosition, toHandle } = props;
  const wiring = useSession((state) => state.wiring);
  const checked = useChecked();
  const zoom = useStore(({ transform }) => transform[2]);
  const [path] = getBezierPath({
    sourceX: fromX,
    sourceY: fromY,
    targetX: toX,
    targetY: toY,
    sourcePosition: fromPosition,
    targetPosition: toPosition,
  });
  const side = toHandle?.type === 'source' ? 'output' : 'input';
  const reason =
    toHandle && wiring
      ? wireProblem(checked, wiring, { id: toHandle.nodeId, port: toHandle.id ?? '', side })
      : undefined;
  const network = !toHandle && wiring ? calledBy(checked, wiring, [toX, toY]) : undefined;
  const words = reason ?? (network && `A call of ${networkName(checked, network)}`);
  return (
    <g>
      <path d={path} className="react-flow__connection-path" fill="none" />
      {words === undefined ? null : (
        <foreignObject
          width={1}
          height={1}
          className={styles.at}
          transform={`translate(${toX}, ${toY}) scale(${1 / zoom})`}
        >
          <div className={classes(shared.reason, styles.reason, reason === undefined && styles.call)}>
            {words}
          </div>
        </foreignObject>
      )}
    </g>
  );
}
