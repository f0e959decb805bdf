import { useStores } from '@/components/hooks/stores';
import type { Point } from './boxes';
import styles from './far-keys.module.css';
import { boxAt, type Layout } from './layout';
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
    const start = layout.places.get(selected ?? '');
    const next = start === undefined ? nearest(layout, view.middle()) : neighbour(layout, start, direction);
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
      aria-label={`${layout.ids.length - layout.frames} nodes, seen from afar. Arrow keys go from node to node, Enter inspects one.`}
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

const middle = (layout: Layout, place: number): Point => {
  const { x, y, width, height } = boxAt(layout, place);
  return [x + width / 2, y + height / 2];
};

/** The card for which a cost of its middle is least, among those that have one. */
function least(layout: Layout, cost: (at: Point) => number | undefined): number | undefined {
  let best: number | undefined;
  let lowest = Number.POSITIVE_INFINITY;
  for (let place = layout.frames; place < layout.ids.length; place++) {
    const value = cost(middle(layout, place));
    if (value === undefined || value >= lowest) continue;
    lowest = value;
    best = place;
  }
  return best;
}

const nearest = (layout: Layout, [x, y]: Point) => least(layout, (at) => Math.hypot(at[0] - x, at[1] - y));

/** The nearest card in a direction; what is off the axis counts as three times as far. */
export function neighbour(layout: Layout, start: number, [dx, dy]: Point): number | undefined {
  const [x, y] = middle(layout, start);
  return least(layout, (at) => {
    const along = (at[0] - x) * dx + (at[1] - y) * dy;
    const across = Math.abs((at[0] - x) * dy) + Math.abs((at[1] - y) * dx);
    return along > 1 ? along + 3 * across : undefined;
  });
}
