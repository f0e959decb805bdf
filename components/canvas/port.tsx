import { memo } from 'react';
import { Handle, Position } from 'reactflow';
import { useSession, useStores } from '@/components/hooks/stores';
import { classes } from '@/components/ui/classes';
import { useFit } from './fit';
import type { CardPort } from './flow';
import styles from './port.module.css';

/**
 * A port: circle for tensors, diamond for scalars, square for θ. While a wire is drawn, ports that it fits
 * light up and the rest dim, with the reason as their title.
 */
interface PortProps {
  readonly node: string;
  readonly port: CardPort;
  /** Its node is selected: Tab goes on to its ports. */
  readonly focusable: boolean;
}

export const Port = memo(function Port({ node, port, focusable }: PortProps) {
  const { session } = useStores();
  const side = port.end === 'source' ? 'output' : 'input';
  const wiring = useSession((state) => state.wiring !== undefined);
  const origin = useSession((state) => isOrigin(state.wiring, node, port.name, side));
  const reason = useFit(wiring && !origin, { id: node, port: port.name, side });
  const far = useSession((state) => state.far);
  const what = [`${port.name}: ${port.type}`, port.shape, port.help].filter(Boolean).join(' · ');
  const fits = wiring && !origin && reason === undefined;
  return (
    <Handle
      id={port.name}
      type={port.end}
      position={port.side === 'left' ? Position.Left : Position.Right}
      className={classes(
        styles.port,
        styles[port.type],
        port.side === 'left' && styles.left,
        port.isBelow && styles.below,
        port.isAbove && styles.above,
        far && styles.far,
        port.wired || port.end === 'source' ? undefined : styles.open,
        fits && styles.fits,
        reason !== undefined && styles.dim,
      )}
      style={{ top: port.y, ...(port.room !== undefined && { '--room': `${port.room}px` }) }}
      role="button"
      tabIndex={focusable ? 0 : -1}
      title={reason ?? what}
      aria-label={`${side} ${what}`}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        event.stopPropagation();
        session.setState({ wiring: { id: node, port: port.name, side }, wiringList: true });
      }}
    />
  );
});

const isOrigin = (
  wiring: { readonly id: string; readonly port: string; readonly side: string } | undefined,
  node: string,
  port: string,
  side: string,
) => wiring?.id === node && wiring.port === port && wiring.side === side;
