import { type CSSProperties, type MouseEvent, memo } from 'react';
import { createPortal } from 'react-dom';
import { BaseEdge, type EdgeProps, getBezierPath, type ReactFlowState, useStore } from 'reactflow';
import { useSession, useStores } from '@/components/hooks/stores';
import { classes } from '@/components/ui/classes';
import { prefixOf } from '@/lib/check/blocks/inside';
import { targetOfWire } from '@/lib/check/xray-targets';
import { checkedOf } from '@/lib/edit/checked-of';
import type { WireEdge } from './flow';
import shared from './reason.module.css';
import styles from './wire.module.css';
import { WirePoints } from './wire-points';

/** Wires shorter than their label carry it under the cards, between which there is no room. */
const SHORT = 64;
const LOW = 70;
/** Labels stand this much above their wire. */
const LABEL_RISE = 9;

const layers = new WeakMap<Element, Element>();

/** Where labels go, over all wires. React Flow's own renderer searches the page for it at every change. */
function labelLayer({ domNode }: ReactFlowState): Element | undefined {
  if (!domNode) return undefined;
  const layer = layers.get(domNode) ?? domNode.querySelector('.react-flow__edgelabel-renderer');
  if (layer) layers.set(domNode, layer);
  return layer ?? undefined;
}

/** A wire: coloured by type, θ dashed, with the tensor's shape; a wrong one is red and says why. */
export const Wire = memo(function Wire(props: EdgeProps<WireEdge>) {
  const {
    id,
    source,
    target,
    sourceX,
    sourceY,
    targetX,
    targetY,
    sourcePosition,
    targetPosition,
    data,
    selected,
  } = props;
  const far = useSession((state) => state.far);
  const highlighted = useSession((state) => data?.theta !== undefined && state.highlighted === data.theta);
  const way = useSession(({ working }) =>
    working?.ids.has(source) && working.ids.has(target) ? working.way : undefined,
  );
  const labels = useStore(labelLayer);
  const isDropTarget = useSession((state) => state.dropWire === id);
  const [bend, middleX, middleY] = getBezierPath({
    sourceX,
    sourceY,
    targetX,
    targetY,
    sourcePosition,
    targetPosition,
  });
  if (!data) return null;
  const { type, label, problem, below, path = bend } = data;
  const isPlaced = data.path === undefined || data.labelX !== undefined;
  const isShort =
    Math.abs(targetX - sourceX) < SHORT && Math.abs(targetY - sourceY) < 30 && below > 0 && below <= LOW;
  const { labelX = middleX } = data;
  const onBend = isShort ? Math.max(sourceY, targetY) + below / 2 + LABEL_RISE : middleY - LABEL_RISE;
  const { labelY = onBend } = data;
  const at = { transform: `translate(-50%, -50%) translate(${labelX}px, ${labelY}px)` };
  return (
    <>
      {data.turns ? <path d={path} className={styles.halo} data-turns={data.turns} /> : null}
      <BaseEdge
        id={id}
        path={path}
        interactionWidth={far ? 0 : 16}
        className={classes(
          styles.wire,
          styles[type],
          (selected || isDropTarget) && styles.selected,
          highlighted && styles.highlighted,
          way && styles.working,
          way === 'backward' && styles.backward,
          problem !== undefined && styles.wrong,
        )}
      />
      {!far && labels && (problem || (label && (isPlaced || selected)))
        ? createPortal(
            problem === undefined ? (
              <XrayLabel wire={id} index={data.index} at={at}>
                {label}
              </XrayLabel>
            ) : (
              <div className={classes(styles.label, styles.problem)} style={at}>
                {`${label ?? '?'} !`}
                <span className={classes(shared.reason, styles.reason, selected && styles.open)}>
                  {problem}
                </span>
              </div>
            ),
            labels,
          )
        : null}
      {selected && labels && data.via.length > 0
        ? createPortal(<WirePoints wire={id} via={data.via} />, labels)
        : null}
    </>
  );
});

/** The shape on a wire; a press opens what it carries. The key for it is X, so the label is no stop for Tab. */
function XrayLabel(props: {
  readonly wire: string;
  readonly index: number;
  readonly at: CSSProperties;
  readonly children: string | undefined;
}) {
  const { wire: key, index, at, children } = props;
  const { editor, session } = useStores();
  const open = (event: MouseEvent) => {
    // Without selecting the wire, whose inspector would cover the graph.
    event.stopPropagation();
    const { shown, path } = editor.getState();
    const wire = shown.wires[index];
    const target = wire && targetOfWire(checkedOf(shown), prefixOf(path), wire);
    if (target !== undefined) session.openXrays([target]);
  };
  return (
    <button
      type="button"
      tabIndex={-1}
      className={classes(styles.label, styles.opens)}
      style={at}
      aria-label={`X-ray of ${children}`}
      data-wire={key}
      title="X-ray: what this wire carries (X)"
      onClick={open}
    >
      {children}
    </button>
  );
}
