import { useStores } from '@/components/hooks/stores';
import type { Point } from '@/lib/layout/boxes';
import type { Layout } from '@/lib/layout/layout';
import { nearestCard, neighbour } from '@/lib/layout/neighbour';
import styles from './far-keys.module.css';
import { useView } from './view';

const steps: Readonly<Record<string, Point>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Where cards are drawn there is nothing to tab to: one stop for all, from which arrow keys walk the cards. */
export function FarKeys({
  layout,
  onInspect,
}: {
  readonly layout: Layout;
  onInspect?: (() => void) | undefined;
}) {
  const { session } = useStores();
  const view = useView();
  const walk = (direction: Point) => {
    const [selected] = session.getState().selection;
    const start = layout.itemOf.get(selected ?? '');
    const next =
      start === undefined ? nearestCard(layout, view.middle()) : neighbour(layout, start, direction);
    const id = next === undefined ? undefined : layout.ids[next];
    if (id === undefined) return;
    session.select([id]);
    session.announce(id);
    view.show([id]);
  };
  return (
    <div
      className={styles.stop}
      role="application"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it takes the arrow keys
      tabIndex={0}
      aria-label={`${layout.ids.length - layout.frames} nodes, zoomed out. Arrow keys go from node to node; Enter opens one in the inspector.`}
      onKeyDown={(event) => {
        const direction = steps[event.key];
        if (direction) {
          event.preventDefault();
          event.stopPropagation();
          walk(direction);
        } else if (event.key === 'Enter' && session.getState().selection.size === 1) {
          event.stopPropagation();
          onInspect?.();
        }
      }}
    />
  );
}
