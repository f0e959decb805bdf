import { ChevronDown, ChevronRight } from 'lucide-react';
import { memo, useRef, useState } from 'react';
import { type NodeProps, NodeResizer } from 'reactflow';
import { useSession, useStores } from '@/components/hooks/stores';
import { classes } from '@/components/ui/classes';
import { letterOf } from '@/lib/check/names';
import { setNetwork } from '@/lib/edit/set';
import { formatShortCount } from '@/lib/layout/card-text';
import { foldNetwork } from '@/lib/layout/fold-network';
import { FRAME_HEADER } from '@/lib/layout/geometry';
import { rateCaption } from '@/lib/nodes/optimizers/common';
import { formatCount } from '@/lib/util/format-count';
import type { CardPort, FrameNode } from './flow';
import styles from './frame.module.css';
import { Rate } from './now';
import { Port } from './port';
import { useResize } from './resize';

/** A network: a frame with its name, the size of its θ, and θ itself as a port in the header. */
export const Frame = memo(function Frame({ id, data, selected }: NodeProps<FrameNode>) {
  const { editor } = useStores();
  const far = useSession((state) => state.far);
  const highlighted = useSession((state) => state.highlighted === id);
  const working = useSession((state) => state.working?.ids.has(id) === true);
  const resize = useResize(id);
  const takes = useSession(({ dropFrame }) => !!dropFrame && 'into' in dropFrame && dropFrame.into === id);
  const letter = letterOf({ id, name: data.name });
  const details = [
    `${data.collapsed ? formatShortCount(data.parameters) : formatCount(data.parameters)} θ`,
    data.ema !== undefined && !data.collapsed && `EMA ${data.ema}`,
    data.collapsed && `${data.nodes} nodes`,
  ].filter(Boolean);
  const Chevron = data.collapsed ? ChevronRight : ChevronDown;
  return (
    <div
      className={classes(
        styles.frame,
        data.collapsed && styles.collapsed,
        selected && styles.selected,
        (highlighted || takes) && styles.highlighted,
        working && styles.working,
        data.severity === 'error' && styles.wrong,
      )}
      style={{ '--net': `var(--net-${data.color})` } as React.CSSProperties}
      data-node={id}
    >
      <div className={classes(styles.header, 'frame-header')} title={data.problems || undefined}>
        {far ? null : (
          <button
            type="button"
            className={classes(styles.toggle, 'nodrag')}
            aria-expanded={!data.collapsed}
            aria-label={data.collapsed ? `Expand ${data.name}` : `Collapse ${data.name}`}
            onClick={() =>
              editor.commit(data.collapsed ? 'Expand network' : 'Collapse network', (graph) =>
                foldNetwork(graph, id, !data.collapsed),
              )
            }
          >
            <Chevron size={14} aria-hidden />
          </button>
        )}
        <span className={styles.dot} />
        <Name
          name={data.name}
          onRename={(name) => editor.commit('Rename network', (graph) => setNetwork(graph, id, { name }))}
        />
        {letter === data.name ? null : <i className={styles.letter}>{letter}</i>}
        {data.collapsed ? null : (
          <span className={styles.details}>
            {details.join(' · ')}
            {data.rate === undefined ? null : (
              <>
                {' · learning rate '}
                <Rate rate={data.rate} caption={rateCaption({ learningRate: data.rate })} />
              </>
            )}
          </span>
        )}
        <span className={styles.theta}>θ</span>
      </div>
      {data.collapsed ? <div className={styles.below}>{details.join(' · ')}</div> : null}
      <Growth id={id} />
      <Port node={id} port={thetaPort(data.thetaWired)} focusable={selected && !far} />
      {data.collapsed ? null : <NodeResizer isVisible={selected} minWidth={180} minHeight={90} {...resize} />}
    </div>
  );
});

/** How the frame would grow for what is dragged past its edge. */
function Growth({ id }: { readonly id: string }) {
  const by = useSession(({ dropFrame }) =>
    dropFrame && 'grows' in dropFrame && dropFrame.grows === id ? dropFrame.by : undefined,
  );
  if (!by) return null;
  const { left, top, right, bottom } = by;
  return <div className={styles.growth} style={{ inset: `${-top}px ${-right}px ${-bottom}px ${-left}px` }} />;
}

const theta: CardPort = {
  name: 'theta',
  type: 'theta',
  end: 'source',
  side: 'right',
  y: FRAME_HEADER / 2,
  wired: true,
  help: 'The network’s parameters: wire them to the optimizer that may change them.',
  ofBlock: undefined,
  shape: undefined,
};
const thetaOpen: CardPort = { ...theta, wired: false };
const thetaPort = (wired: boolean) => (wired ? theta : thetaOpen);

/** The name; a double click or F2 on it edits in place. */
function Name({ name, onRename }: { readonly name: string; readonly onRename: (name: string) => void }) {
  const [editing, setEditing] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  if (!editing)
    return (
      <button
        type="button"
        className={styles.name}
        title="Double-click to rename"
        onDoubleClick={() => setEditing(true)}
        onKeyDown={(event) => {
          if (event.key === 'F2') setEditing(true);
        }}
      >
        {name || 'Unnamed'}
      </button>
    );
  return (
    <input
      ref={input}
      className={classes(styles.name, 'nodrag')}
      aria-label="Name of the network"
      defaultValue={name}
      maxLength={200}
      // biome-ignore lint/a11y/noAutofocus: it takes the place of the text that was double-clicked
      autoFocus
      onFocus={(event) => event.target.select()}
      onBlur={(event) => {
        setEditing(false);
        if (event.target.value !== name) onRename(event.target.value);
      }}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') input.current?.blur();
        if (event.key === 'Escape') setEditing(false);
      }}
    />
  );
}
