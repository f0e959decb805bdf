import cards from '@/components/canvas/card.module.css';
import ports from '@/components/canvas/port.module.css';
import readings from '@/components/canvas/readings.module.css';
import { classes } from '@/components/ui/classes';
import { Sign } from '@/components/ui/sign';
import { titleOf } from '@/lib/check/names';
import { cardReadings } from '@/lib/check/readings';
import { formOf } from '@/lib/layout/card-size';
import { captionOf, markdownOf } from '@/lib/layout/card-text';
import { cardSize, lookOf, portPositions } from '@/lib/layout/geometry';
import { callParams } from '@/lib/nodes/role-params';
import { drawnSign } from '@/lib/nodes/sign-of';
import styles from './card-picture.module.css';
import type { KindFacts } from './facts';

/** A kind's card as the canvas draws it, without motion. */
export function CardPicture({ facts: { checked, subject, definition } }: { readonly facts: KindFacts }) {
  const call = callParams(subject);
  const network = call && checked.networks.get(call.network)?.network;
  const { title: _, ...untitled } = subject.node;
  const title = titleOf({ ...subject, node: untitled }, checked);
  const form = formOf(subject, title, checked);
  const size = cardSize(form);
  const look = lookOf(definition.role);
  const caption = look === 'numbers' ? '' : captionOf(subject, checked);
  const isSigned = look === 'card' || look === 'rows' || look === 'numbers';
  const seen = { left: 0, right: 0 };
  return (
    <div
      className={classes(cards.card, cards[look], styles.card)}
      style={
        {
          width: size.width,
          height: size.height,
          '--net': network && `var(--net-${network.color})`,
        } as React.CSSProperties
      }
      data-tall={size.height > 104 ? '' : undefined}
      aria-hidden
    >
      {look === 'text' ? (
        markdownOf(subject)
      ) : (
        <>
          <div
            className={classes(
              cards.title,
              !caption && look !== 'card' && look !== 'rows' && look !== 'picture' && cards.alone,
            )}
          >
            {title}
          </div>
          {look === 'picture' ? <div className={styles.picture} /> : null}
          {look === 'picture' || (look === 'rows' && definition.role !== 'optimizer') ? null : (
            <div className={cards.caption}>{caption}</div>
          )}
        </>
      )}
      {isSigned ? (
        <Sign
          category={definition.category}
          paths={drawnSign(definition, subject.params)}
          className={cards.sign}
        />
      ) : null}
      {look === 'numbers' ? (
        <dl className={readings.readings}>
          {cardReadings(subject, checked).map(({ series, short }) => (
            <div key={series} className={readings.row}>
              <dt className={readings.label}>{short}</dt>
              <dd className={readings.value}>–</dd>
            </div>
          ))}
        </dl>
      ) : null}
      {portPositions(form).map(({ name, end, side, y }) => {
        const port = (end === 'target' ? subject.inputs : subject.outputs).find((one) => one.name === name);
        const row = seen[side]++;
        const isNamed = look === 'rows' || (row > 0 && look !== 'picture');
        return (
          <span key={`${end} ${name}`}>
            <span
              className={classes(ports.port, port && ports[port.type], styles.port, styles[side])}
              style={{ top: y }}
            />
            {isNamed ? (
              <span className={classes(cards.row, cards[side])} style={{ top: y }}>
                {port?.type === 'theta' ? 'θ' : name}
              </span>
            ) : null}
          </span>
        );
      })}
    </div>
  );
}
