import { createStore, type StoreApi } from 'zustand/vanilla';
import type { LayerFigure } from '@/lib/compile/tf/layer-figures';
import type { PortEnd } from '@/lib/edit/edited';

/**
 * What one sitting at the editor holds and no document does: selection, viewport, panels, what is being
 * wired. Neither saved nor undone.
 */
export type Panel = 'palette' | 'inspector' | 'dock';

/** Search on the canvas: where to insert, and the port that what is found should fit. */
interface Finder {
  /** In the canvas' own coordinates; without, after what is selected or in the middle of the view. */
  readonly at?: readonly [number, number];
  readonly from?: PortEnd;
  /** The key of a wire that takes what is found in. */
  readonly wire?: string;
}

/** A wire that is wrong, by its key, and where on the screen it was let go. */
interface WireOffer {
  readonly wire: string;
  readonly at: readonly [x: number, y: number];
}

interface Working {
  readonly ids: ReadonlySet<string>;
  readonly way: 'forward' | 'backward';
}

/** What a drag past the edge of a frame would do: the frame grows by so much, or is left. */
type DropFrame =
  | {
      readonly grows: string;
      readonly by: Readonly<Record<'left' | 'top' | 'right' | 'bottom', number>>;
    }
  | { readonly leaves: string; readonly into: string | undefined };

export interface SessionState {
  /** Ids of nodes and networks. */
  readonly selection: ReadonlySet<string>;
  /** Keys of wires, see `wireKeys`. */
  readonly wires: ReadonlySet<string>;
  readonly viewport: { readonly x: number; readonly y: number; readonly zoom: number };
  readonly panels: Readonly<Record<Panel, boolean>>;
  /** Undefined: shown for graphs too large to be seen whole. */
  readonly minimap: boolean | undefined;
  /** θ wires shown; undefined: up to six networks. */
  readonly thetaWires: boolean | undefined;
  /** The network whose frame, calls and θ are highlighted. */
  readonly highlighted: string | undefined;
  /** Zoomed out so far that cards show no text. */
  readonly far: boolean;
  /** A wire being drawn, from this end. */
  readonly wiring: PortEnd | undefined;
  /** Targets for the wire are offered as a list, for the keyboard. */
  readonly wiringList: boolean;
  /** The wire is drawn by two presses, the first of which was made. */
  readonly tapping: boolean;
  readonly finder: Finder | undefined;
  /** The wire that a dragged node would be put into. */
  readonly dropWire: string | undefined;
  readonly dropFrame: DropFrame | undefined;
  /** What would fix a wire that was just drawn is offered. */
  readonly wireOffer: WireOffer | undefined;
  /** Nodes that need a network around them, as an offer. */
  readonly offer: readonly string[];
  /** The view that has the canvas' whole area. */
  readonly enlarged: string | undefined;
  /** What is open to X-rays, by plain ids: outputs (`node.port`) and layers (`node`), the newest first. */
  readonly xrays: readonly string[];
  /** By what number layers are coloured, if they are. */
  readonly tint: LayerFigure | undefined;
  /** Iterations are walked through phase by phase. */
  readonly slowMotion: boolean;
  /** Nodes and networks of the graph shown that work in the phase shown, and which way numbers go. */
  readonly working: Working | undefined;
  readonly dialog: 'keys' | 'commands' | 'samples' | undefined;
  /** The stop of the tour that is shown. */
  readonly tour: number | undefined;
  /** Read out by screen readers; the count makes a repeated message new. */
  readonly announcement: { readonly text: string; readonly count: number };
}

interface SessionActions {
  select(ids: Iterable<string>, wires?: Iterable<string>): void;
  toggle(id: string): void;
  setPanel(panel: Panel, open: boolean): void;
  openXrays(targets: readonly string[]): void;
  closeXray(target: string): void;
  announce(text: string): void;
  /** As at the start, for another document; panels and the map stay as they are. */
  reset(): void;
}

export type SessionStore = StoreApi<SessionState> & SessionActions;

const initial: SessionState = {
  selection: new Set(),
  wires: new Set(),
  viewport: { x: 0, y: 0, zoom: 1 },
  panels: { palette: true, inspector: true, dock: true },
  minimap: undefined,
  thetaWires: undefined,
  highlighted: undefined,
  far: false,
  wiring: undefined,
  wiringList: false,
  tapping: false,
  finder: undefined,
  dropWire: undefined,
  dropFrame: undefined,
  wireOffer: undefined,
  offer: [],
  enlarged: undefined,
  xrays: [],
  tint: undefined,
  slowMotion: false,
  working: undefined,
  dialog: undefined,
  tour: undefined,
  announcement: { text: '', count: 0 },
};

/** More would slow the training that they look at; the oldest is closed. */
const MOST_XRAYS = 8;

const same = (a: ReadonlySet<string>, b: ReadonlySet<string>) =>
  a.size === b.size && [...a].every((item) => b.has(item));

export function createSessionStore(overrides: Partial<SessionState> = {}): SessionStore {
  const start = { ...initial, ...overrides };
  const store = createStore<SessionState>()(() => start);
  const { getState, setState } = store;
  const actions: SessionActions = {
    select(ids, wires = []) {
      const next = { selection: new Set(ids), wires: new Set(wires) };
      const { selection, wires: current } = getState();
      if (!same(next.selection, selection)) setState({ selection: next.selection });
      if (!same(next.wires, current)) setState({ wires: next.wires });
    },
    toggle(id) {
      const selection = new Set(getState().selection);
      if (!selection.delete(id)) selection.add(id);
      setState({ selection });
    },
    setPanel(panel, open) {
      setState({ panels: { ...getState().panels, [panel]: open } });
    },
    openXrays(targets) {
      const others = getState().xrays.filter((target) => !targets.includes(target));
      setState({ xrays: [...targets, ...others].slice(0, MOST_XRAYS) });
    },
    closeXray(target) {
      setState({ xrays: getState().xrays.filter((each) => each !== target) });
    },
    announce(text) {
      setState({ announcement: { text, count: getState().announcement.count + 1 } });
    },
    reset() {
      const { panels, minimap } = getState();
      setState({ ...start, panels, minimap }, true);
    },
  };
  return Object.assign(store, actions);
}
