import { Maximize, X, ZoomIn, ZoomOut } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { useSession, useStores } from '@/components/hooks/stores';
import { useChecked } from '@/components/hooks/use-checked';
import { IconButton } from '@/components/ui/icon-button';
import { titleOf } from '@/lib/check/names';
import { centreOf, panned, zoomedAt } from '@/lib/draw/zoom';
import styles from './enlarged.module.css';
import type { ZoomStore } from './live';
import { Picture } from './picture';

/** One view over the whole canvas, until Escape or its button. */
export function Enlarged() {
  const { session } = useStores();
  const id = useSession((state) => state.enlarged);
  const checked = useChecked();
  const found = id === undefined ? undefined : checked.nodes.get(id);
  if (!found || id === undefined) return null;
  return (
    <Shown
      key={id}
      id={id}
      title={titleOf(found, checked)}
      onClose={() => session.setState({ enlarged: undefined })}
    />
  );
}

/** A press of a key or a button. */
const STEP = 1.5;
const PAN = 0.15;

const pans: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-PAN, 0],
  ArrowRight: [PAN, 0],
  ArrowUp: [0, PAN],
  ArrowDown: [0, -PAN],
};

interface ShownProps {
  readonly id: string;
  readonly title: string;
  readonly onClose: () => void;
}

function Shown({ id, title, onClose }: ShownProps) {
  const [zoom] = useState<ZoomStore>(() => createStore(() => ({ part: undefined, whole: undefined })));
  const canZoom = useStore(zoom, ({ whole }) => whole !== undefined);
  const nearer = (factor: number) => {
    const { part, whole } = zoom.getState();
    if (!whole) return;
    const from = part ?? whole;
    zoom.setState({ part: zoomedAt(from, whole, factor, centreOf(from)) });
  };
  const showAll = () => zoom.setState({ part: undefined });
  /** Whether the key is one of these. */
  const press = (key: string): boolean => {
    const { part, whole } = zoom.getState();
    if (!whole) return false;
    const by = pans[key];
    if (by && part) zoom.setState({ part: panned(part, whole, ...by) });
    else if (key === '+' || key === '=') nearer(STEP);
    else if (key === '-') nearer(1 / STEP);
    else if (key === '0') showAll();
    else return false;
    return true;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === 'Escape') onClose();
    else if (!event.ctrlKey && !event.metaKey && !event.altKey && press(event.key)) event.preventDefault();
  };
  return (
    <section
      className={styles.enlarged}
      aria-label={`${title}, enlarged`}
      // A press on the picture leaves the keys here.
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      <header className={styles.head}>
        <h2 className={styles.title}>{title}</h2>
        {canZoom ? (
          <div className={styles.zoom} role="toolbar" aria-label="Part of the picture">
            <IconButton icon={ZoomOut} label="Further away" shortcut="-" onClick={() => nearer(1 / STEP)} />
            <IconButton icon={ZoomIn} label="Nearer" shortcut="+" onClick={() => nearer(STEP)} />
            <IconButton icon={Maximize} label="The whole picture" shortcut="0" onClick={showAll} />
          </div>
        ) : null}
        <IconButton icon={X} label="Back to the graph" shortcut="Escape" autoFocus onClick={onClose} />
      </header>
      <Picture node={id} title={title} zoom={zoom} />
    </section>
  );
}
