import type { Box, Point } from './boxes';
import { cardsIn, type Layout, wiresIn } from './layout';

/**
 * Of a large document, React Flow is given what is in view, and no cards at all where they are too small to be
 * read: those are drawn (`far-layer.tsx`). Pure.
 */
export interface Shown {
  /** Cards are drawn from afar. */
  readonly far: boolean;
  /** Ids of the cards that are elements of the page. */
  readonly nodes: ReadonlySet<string>;
  /** Indices of the wires that are. */
  readonly wires: ReadonlySet<number>;
  /** Nothing in view is still to come. */
  readonly complete: boolean;
}

export const nothingShown: Shown = { far: true, nodes: new Set(), wires: new Set(), complete: true };

/** A document of up to this many cards is mounted whole, which keeps panning free of mounting. */
export const MOST_MOUNTED = 300;
/** Cards that one frame has time to mount. */
const PER_FRAME = 8;
/** Wires that only pass through the view are elements up to this many in all. */
const MOST_WIRES = 800;
/** Cards are mounted a little before they come into view; in pixels. */
const MARGIN = 40;
/** Below the first zoom cards are drawn, from the second on they are elements; between, as it was. */
const DRAWN_BELOW = 0.42;
const ELEMENTS_FROM = 0.48;

export interface Viewport {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
  readonly width: number;
  readonly height: number;
}

/** What of the canvas is seen, with a margin in pixels. */
export const seen = ({ x, y, zoom, width, height }: Viewport, margin = 0): Box => ({
  x: (-x - margin) / zoom,
  y: (-y - margin) / zoom,
  width: (width + 2 * margin) / zoom,
  height: (height + 2 * margin) / zoom,
});

/** What is shown next: the same object where nothing changes. */
export function showNext(before: Shown, layout: Layout, viewport: Viewport): Shown {
  const { zoom } = viewport;
  const far = zoom < DRAWN_BELOW || (before.far && zoom < ELEMENTS_FROM);
  if (far) return before.far && before.nodes.size === 0 ? before : nothingShown;
  const view = seen(viewport, MARGIN);
  const inView = cardsIn(layout, view);
  const nameOf = (item: number) => layout.ids[item] as string;
  const missing = inView.filter((item) => !before.nodes.has(nameOf(item)));
  const later = new Set(furthest(layout, missing, view, PER_FRAME));
  const nodes = new Set(inView.filter((item) => !later.has(item)).map(nameOf));
  const wires = new Set<number>();
  const isReady = (item: number) => item < layout.frames || !later.has(item);
  for (const { index, from, to } of wiresIn(layout, view)) {
    if (!isReady(from) || !isReady(to)) continue;
    if (wires.size >= MOST_WIRES && !nodes.has(nameOf(from)) && !nodes.has(nameOf(to))) continue;
    wires.add(index);
  }
  // React Flow draws a wire between nodes that it knows; those out of view it knows and does not mount.
  for (const { index, from, to } of layout.wires) {
    if (!wires.has(index)) continue;
    if (from >= layout.frames) nodes.add(nameOf(from));
    nodes.add(nameOf(to));
  }
  const complete = later.size === 0;
  const isSame =
    !before.far &&
    before.complete === complete &&
    areEqual(before.nodes, nodes) &&
    areEqual(before.wires, wires);
  return isSame ? before : { far, nodes, wires, complete };
}

/** All but the nearest to the middle, as items. */
function furthest(layout: Layout, items: readonly number[], view: Box, near: number): readonly number[] {
  if (items.length <= near) return [];
  const middle: Point = [view.x + view.width / 2, view.y + view.height / 2];
  const distance = (item: number) =>
    Math.hypot(
      (layout.boxes[4 * item] as number) - middle[0],
      (layout.boxes[4 * item + 1] as number) - middle[1],
    );
  return [...items].sort((a, b) => distance(a) - distance(b)).slice(near);
}

const areEqual = <T>(a: ReadonlySet<T>, b: ReadonlySet<T>): boolean => {
  if (a.size !== b.size) return false;
  for (const item of a) if (!b.has(item)) return false;
  return true;
};
