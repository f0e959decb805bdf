'use client';
import { X } from 'lucide-react';
import { type ReactNode, type Ref, useLayoutEffect, useState } from 'react';
import { useSession, useStores } from '@/components/hooks/stores';
import { classes } from '@/components/ui/classes';
import { IconButton } from '@/components/ui/icon-button';
import { MEDIUM, NARROW } from '@/components/ui/window-widths';
import styles from './editor.module.css';

/** A finger has no second press for the fields: a tap opens them. */
const COARSE = '(pointer: coarse)';

/** A panel at the side, that can be put away; on a narrow window it is a drawer over the canvas. */
export function SidePanel(props: {
  readonly panel: 'palette' | 'inspector';
  readonly side: 'left' | 'right';
  readonly children: ReactNode;
  /** What a wide window has in its place while it is closed. */
  readonly folded?: ReactNode;
  readonly ref?: Ref<HTMLDivElement>;
}) {
  const { panel, side, children, folded, ref } = props;
  const { session } = useStores();
  const isWanted = useSession((state) => state.panels[panel]);
  const hasSelection = useSession((state) => state.selection.size + state.wires.size > 0);
  const [opensItself, setOpensItself] = useState(false);
  const isTapping = useSession((state) => state.tapping);
  const open = isWanted || (opensItself && hasSelection && !isTapping);
  useLayoutEffect(() => {
    if (panel !== 'inspector') return;
    const [medium, narrow, coarse] = [MEDIUM, NARROW, COARSE].map((query) => window.matchMedia(query));
    const follow = () => setOpensItself(!!medium?.matches && (!narrow?.matches || !!coarse?.matches));
    follow();
    const media = [medium, narrow, coarse];
    for (const query of media) query?.addEventListener('change', follow);
    return () => {
      for (const query of media) query?.removeEventListener('change', follow);
    };
  }, [panel]);
  useLayoutEffect(() => {
    const media = window.matchMedia(panel === 'inspector' ? MEDIUM : NARROW);
    const follow = () => session.setPanel(panel, !media.matches);
    if (media.matches) follow();
    media.addEventListener('change', follow);
    return () => media.removeEventListener('change', follow);
  }, [session, panel]);
  return (
    <div ref={ref} className={classes(styles.panel, styles[side], !open && styles.closed)}>
      {open ? children : folded}
      {open ? (
        <IconButton
          className={styles.close}
          size="sm"
          icon={X}
          label={`Hide the ${panel}`}
          onClick={() => {
            session.setPanel(panel, false);
            if (opensItself) session.select([]);
          }}
        />
      ) : null}
    </div>
  );
}
