import { CircleAlert, Maximize2, TriangleAlert } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import { type NodeProps, NodeResizer } from 'reactflow';
import { useSession, useStores } from '@/components/hooks/stores';
import { classes } from '@/components/ui/classes';
import { Sign } from '@/components/ui/sign';
import styles from './card.module.css';
import type { CardData, CardNode, CardPort } from './flow';
import { Markdown } from './markdown';
import { Loss, Rate, Score } from './now';
import { Picture } from './picture';
import { Port } from './port';
import { Readings } from './readings';
import { useResize } from './resize';
import { Tint } from './tint';

/** One node, of any kind: the role decides the looks, nothing else is known here of kinds. */
export const Card = memo(function Card({ id, data, selected }: NodeProps<CardNode>) {
  const far = useSession((state) => state.far);
  const highlighted = useSession((state) => data.network !== undefined && state.highlighted === data.network);
  const working = useSession((state) => state.working?.ids.has(id) === true);
  const resize = useResize(id);
  return (
    <div
      className={classes(
        styles.card,
        styles[data.look],
        data.isUse && styles.use,
        selected && styles.selected,
        highlighted && data.role === 'call' && styles.highlighted,
        working && styles.working,
        data.state && styles[data.state],
        data.severity === 'error' && styles.wrong,
      )}
      style={data.color ? ({ '--net': `var(--net-${data.color})` } as React.CSSProperties) : undefined}
      data-node={id}
    >
      {far || !isLayer(data) ? null : <Tint layer={id} />}
      {far ? null : <Body id={id} data={data} />}
      {far ? null : <Mark data={data} />}
      {/* From afar too: React Flow draws no wire to a port that is not in the page. */}
      {far ? null : <BlockPorts ports={data.ports} />}
      {data.ports.map((port) => (
        <Port key={`${port.end} ${port.name}`} node={id} port={port} focusable={selected && !far} />
      ))}
      {data.look === 'picture' || data.look === 'text' ? (
        <NodeResizer isVisible={selected} minWidth={80} minHeight={60} {...resize} />
      ) : null}
    </div>
  );
});

function Body({ id, data }: { readonly id: string; readonly data: CardData }) {
  const caption = (
    <>
      <div
        className={classes(styles.title, !data.caption && !isSigned(data) && styles.alone)}
        title={data.title}
      >
        {data.title}
      </div>
      {data.caption ? (
        <div className={classes(styles.caption, isSigned(data) && styles.beside)} title={data.caption}>
          {data.caption}
        </div>
      ) : null}
      {isSigned(data) ? <Sign category={data.category} paths={data.sign} className={styles.sign} /> : null}
    </>
  );
  switch (data.look) {
    case 'picture':
      return (
        <>
          <div className={styles.head}>
            <Sign category={data.category} paths={data.sign} />
            <span className={styles.title}>{data.title}</span>
            <Enlarge id={id} title={data.title} />
          </div>
          <Picture node={id} title={data.title} />
        </>
      );
    case 'text':
      return <Markdown text={data.text ?? ''} empty={data.title} />;
    case 'rows':
      return (
        <>
          <div className={classes(styles.title, styles.beside)} title={data.title}>
            {data.title}
          </div>
          <Sign category={data.category} paths={data.sign} className={styles.sign} />
          {data.rate === undefined ? null : (
            <div className={styles.caption}>
              <Rate rate={data.rate} caption={data.caption} />
            </div>
          )}
          <PortNames ports={data.ports} loss={data.role === 'optimizer' ? <Loss player={id} /> : undefined} />
        </>
      );
    case 'numbers':
      return (
        <>
          <div className={classes(styles.title, styles.alone, styles.beside)} title={data.title}>
            {data.title}
          </div>
          <Sign category={data.category} paths={data.sign} className={styles.sign} />
          <PortNames ports={data.ports} fromRow={1} />
          <Readings readings={data.readings} />
        </>
      );
    case 'card':
    case 'pill':
    case 'edge':
      return (
        <>
          {caption}
          {data.look === 'pill' ? <Score call={id} className={styles.score} /> : null}
          <PortNames ports={data.ports} fromRow={1} />
        </>
      );
  }
}

/** What a network is made of; what is outside of one has no number to be coloured by. */
const isLayer = ({ role }: CardData) => role === 'layer' || role === 'op';

/** A plain card carries its sign; a call is known by its colour, an end of a network by its line. */
const isSigned = ({ look }: CardData) => look === 'card';

function Enlarge({ id, title }: { readonly id: string; readonly title: string }) {
  const { session } = useStores();
  return (
    <button
      type="button"
      className={classes(styles.enlarge, 'nodrag')}
      aria-label={`Enlarge ${title}`}
      title="Enlarge"
      onClick={(event) => {
        // A look, not a selection.
        event.stopPropagation();
        session.setState({ enlarged: id });
      }}
    >
      <Maximize2 size={13} aria-hidden />
    </button>
  );
}

/** Inside a block: which of its ports a port is, outside the card, where a wire would come from. */
function BlockPorts({ ports }: { readonly ports: readonly CardPort[] }) {
  return ports.map(({ name, end, side, y, ofBlock }) =>
    ofBlock === undefined ? null : (
      <span
        key={`${end} ${name}`}
        className={classes(styles.blockPort, side === 'left' ? styles.before : styles.behind)}
        style={{ top: y }}
        title={`${end === 'target' ? 'Input' : 'Output'} ${ofBlock} of the block`}
      >
        {ofBlock}
      </span>
    ),
  );
}

/** Names beside the ports; a card's first row is taken by its title. */
function PortNames(props: {
  readonly ports: readonly CardPort[];
  readonly fromRow?: number;
  /** Stands behind the name of an input of losses. */
  readonly loss?: ReactNode;
}) {
  const { ports, fromRow = 0, loss } = props;
  const rows = new Map<string, number>();
  return ports.map(({ name, type, end, side, y }) => {
    const row = rows.get(side) ?? 0;
    rows.set(side, row + 1);
    if (row < fromRow) return null;
    return (
      <span key={`${end} ${name}`} className={classes(styles.row, styles[side])} style={{ top: y }}>
        {type === 'theta' ? 'θ' : name}
        {type === 'scalar' && end === 'target' ? loss : null}
      </span>
    );
  });
}

function Mark({ data }: { readonly data: CardData }) {
  if (!data.severity || data.severity === 'info') return null;
  const Icon = data.severity === 'error' ? CircleAlert : TriangleAlert;
  return (
    <span className={classes(styles.mark, styles[data.severity])} title={data.problems}>
      <Icon size={13} aria-hidden />
    </span>
  );
}
