import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Picture } from '@/lib/draw/picture';
import type { Checkpoint } from '@/lib/train/checkpoint';
import type { Failure } from '@/lib/train/detectors/detectors';
import type { LookedBack } from '@/lib/train/look-back';
import type { RunReport } from '@/lib/train/protocol';
import type { Frames, Origin, SnapshotEntry } from '@/lib/train/run-store';
import { formatCount } from '@/lib/util/format-count';
import type { Feed, Past } from './feed';

/** What is opened of the state at a snapshot. */
type LookBack = (at: Origin) => Promise<LookedBack>;

/** What is kept of a document's runs, see lib/train/run-store.ts. */
export interface SnapshotSource {
  list(document: string): Promise<readonly SnapshotEntry[]>;
  /** The run that the document goes on with. */
  present(document: string): Promise<string | undefined>;
  frames(of: Origin): Promise<Frames | undefined>;
  open(of: Origin): Promise<{ ok: true; checkpoint: Checkpoint } | { ok: false; reason: string }>;
  /** The document's run begins again from a snapshot. */
  branch(document: string, from: Origin, checkpoint: Checkpoint): Promise<void>;
}

interface TimelineState {
  /** In order of iterations. */
  readonly snapshots: readonly SnapshotEntry[];
  /** The iteration that everything shows; undefined: the present. */
  readonly cursor: number | undefined;
  /** The last snapshot could not be kept: why. */
  readonly problem: string | undefined;
}

/** The one cursor: which iteration samples, views, metrics and curves show. */
export interface Timeline
  extends Pick<StoreApi<TimelineState>, 'getState' | 'getInitialState' | 'subscribe'> {
  /** Another document, or another run of it. */
  open(document: string): Promise<void>;
  receive(message: RunReport): void;
  /** All that a run needs to go on from a snapshot; undefined where it is damaged, which is then in the list. */
  read(
    entry: SnapshotEntry,
  ): Promise<{ checkpoint: Checkpoint; pictures: ReadonlyMap<string, Picture> } | undefined>;
  /** Undefined: back to the present. */
  moveTo(iteration: number | undefined): void;
  /** Other wires or layers are opened: of the past, where the cursor is there. */
  lookAgain(): void;
}

const notKept = (reason: string) =>
  `A snapshot could not be kept (${reason}). Training goes on; the next one is tried.`;

const damaged = ({ iteration }: SnapshotEntry, reason: string) =>
  `The snapshot of iteration ${formatCount(iteration)} is left out. ${reason}`;

export function createTimeline(
  feed: Pick<Feed, 'lookAt'>,
  source: SnapshotSource,
  lookBack: LookBack = async () => ({}),
): Timeline {
  const store = createStore<TimelineState>()(() => ({
    snapshots: [],
    cursor: undefined,
    problem: undefined,
  }));
  let document = '';
  /** Counts moves: frames that arrive late are of an earlier one. */
  let moves = 0;

  const list = async () => {
    const of = document;
    const snapshots = await source.list(of).catch(() => []);
    if (of === document) store.setState({ snapshots });
  };

  /** What was found last; shown until the next is, since it says of which iteration it is. */
  let found: LookedBack = {};
  /** One look at a time: a cursor that is dragged on has left most places before their turn. */
  let looking: Promise<void> = Promise.resolve();

  async function show(iteration: number): Promise<void> {
    const move = ++moves;
    const entry = snapshotAt(store.getState().snapshots, iteration);
    const frames = entry && (await source.frames(entry).catch(() => undefined));
    if (move !== moves) return;
    const past: Past = { iteration, frames: frames ?? {} };
    feed.lookAt({ ...past, ...found });
    looking = looking.then(async () => {
      if (move !== moves) return;
      const next = entry ? await lookBack(entry) : {};
      if (move !== moves) return;
      found = next;
      feed.lookAt({ ...past, ...found });
      // One that turns out to be damaged is in the list from now on, and the one before it is looked at.
      if (!entry || next.xrays?.problem === undefined) return;
      await list();
      const left = snapshotAt(store.getState().snapshots, iteration);
      if (move === moves && left?.iteration !== entry.iteration) void show(iteration);
    });
  }

  const lookAgain = () => {
    const { cursor } = store.getState();
    if (cursor !== undefined) void show(cursor);
  };

  const moveTo = (iteration: number | undefined) => {
    if (iteration === store.getState().cursor) return;
    store.setState({ cursor: iteration });
    if (iteration !== undefined) return void show(iteration);
    moves++;
    found = {};
    feed.lookAt(undefined);
  };

  return Object.assign(store, {
    async open(next: string) {
      document = next;
      moveTo(undefined);
      store.setState({ snapshots: [], problem: undefined });
      await list();
    },
    receive(message: RunReport) {
      if (message.type === 'no-snapshot') store.setState({ problem: notKept(message.message) });
      if (message.type === 'snapshot') store.setState({ problem: undefined });
      if (message.type === 'snapshot') void list();
      // From now on there is somebody to ask.
      if (message.type === 'compiled') void list().then(lookAgain);
    },
    async read(entry: SnapshotEntry) {
      const opened = await source.open(entry);
      if (opened.ok) {
        const frames = (await source.frames(entry).catch(() => undefined)) ?? {};
        return { checkpoint: opened.checkpoint, pictures: new Map(Object.entries(frames)) };
      }
      store.setState({ problem: damaged(entry, opened.reason) });
      await list();
      return undefined;
    },
    moveTo,
    lookAgain,
  });
}

/** The newest snapshot up to an iteration, of those that were not found damaged. */
export const snapshotAt = (
  snapshots: readonly SnapshotEntry[],
  iteration: number,
): SnapshotEntry | undefined =>
  snapshots.findLast((entry) => entry.iteration <= iteration && entry.damage === undefined);

/** The newest snapshot from before a failure could be seen. */
export const snapshotBefore = (
  snapshots: readonly SnapshotEntry[],
  { since, iteration }: Pick<Failure, 'since' | 'iteration'>,
): SnapshotEntry | undefined => snapshotAt(snapshots, (since ?? iteration) - 1);
