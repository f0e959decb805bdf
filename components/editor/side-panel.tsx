'use client';
import { X } from 'lucide-react';
import { type ReactNode, type Ref, useEffect } from 'react';
import { useSession, useStores } from '@/components/hooks/stores';
import { classes } from '@/components/ui/classes';
import { IconButton } from '@/components/ui/icon-button';
import styles from './editor.module.css';

/** Narrower than this, side panels lie over the canvas and start closed. */
const NARROW = '(max-width: 1000px)';

/** A panel at the side, that can be put away; on a narrow window it is a drawer over the canvas. */
export function SidePanel(props: {
  readonly panel: 'palette' | 'inspector';
  readonly side: 'left' | 'right';
  readonly children: ReactNode;
  readonly ref?: Ref<HTMLDivElement>;
}) {
  const { panel, side, children, ref } = props;
  const { session } = useStores();
  const open = useSession((state) => state.panels[panel]);
  useEffect(() => {
    const media = window.matchMedia(NARROW);
    const follow = () => session.setPanel(panel, !media.matches);
    if (media.matches) follow();
    media.addEventListener('change', follow);
    return () => media.removeEventListener('change', follow);
  }, [session, panel]);
  return (
    <div ref={ref} className={classes(styles.panel, styles[side], !open && styles.closed)}>
      {open ? children : null}
      {open ? (
        <IconButton
          className={styles.close}
          size="sm"
          icon={X}
          label={`Hide the ${panel}`}
          onClick={() => session.setPanel(panel, false)}
        />
      ) : null}
    </div>
  );
}
