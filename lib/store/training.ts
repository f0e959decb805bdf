import { createStore } from 'zustand/vanilla';
import type { Checked } from '@/lib/check/checked';
import type { LayerFigure } from '@/lib/compile/tf/layer-figures';
import type { Graph } from '@/lib/graph/schema';
import type { AnswerTo, Ask } from '@/lib/train/ask';
import type { Listener, TrainClient } from '@/lib/train/client';
import type { LookedBack } from '@/lib/train/look-back';
import type { Origin } from '@/lib/train/run-store';
import type { BackendGuide } from './backend-guide';
import { createFeed, type Results } from './feed';
import type { KeptResults } from './kept-results';
import { type KeptRuns, type KeyValue, keptRuns } from './kept-runs';
import { type Effect, initialLife, type Life, type LifeEvent } from './life/life';
import { movingOf, predictableOf } from './life/timed';
import { transition } from './life/transition';
import { createMeasuring } from './measuring';
import { createPredicting } from './predicting';
import { notKept } from './run-problems';
import { isAtRest, isUnderWay } from './run-state';
import { createShownResults } from './shown-results';
import { createTimeline, type SnapshotSource } from './timeline';
import type { TrainingActions, TrainingStore } from './training-state';

/**
 * The run of the open document: one worker, one plan, one status. Buttons call its actions, edits of the
 * document come in by `setDocument`. What follows from them is decided in life/transition.ts; here it is done.
 * Losses, pictures and metrics go to the feed, past React.
 */
interface TrainingOptions {
  readonly client: TrainClient;
  readonly guide: BackendGuide;
  readonly storage: KeyValue;
  readonly results: KeptResults;
  readonly snapshots: SnapshotSource;
  /** Keeps what a run has shown beyond the runs that follow, and its document where it has trained here. */
  readonly record?: (run: string, graph: Graph | undefined, results: Results) => void;
  /** The checkpoint that a reset replaced takes its place again: at which iteration, or undefined without one. */
  readonly bringBack: (documentId: string) => Promise<number | undefined>;
  /** The open document as it is now: its last edits may still be on their way here. */
  readonly newest?: () => { readonly id: string; readonly checked: Checked; readonly graph?: Graph };
  /** A word of this page alone. */
  readonly page: string;
  /** The open document goes on as a copy: another page trains it too. */
  readonly part: (documentId: string) => void;
  /** GiB of memory, where the browser says. */
  readonly deviceMemory?: () => number | undefined;
}

type Performers = { readonly [T in Effect['type']]: (effect: Extract<Effect, { type: T }>) => void };

/** How long a checkpoint that somebody waits for may take. */
const SAVED_MS = 2_000;

export function createTrainingStore(options: TrainingOptions): TrainingStore {
  const { client, guide, storage, results, snapshots, bringBack, newest, page, part, deviceMemory } = options;
  const { record = () => {} } = options;
  const keep: KeptRuns = keptRuns(storage);
  const feed = createFeed();
  const shown = createShownResults(feed, results);
  const timeline = createTimeline(feed, snapshots, lookBack);
  const store = createStore<Life>()(() => initialLife);
  /**
   * What is open to X-rays, by what layers are coloured, and whether in slow motion: no part of the run's life, which
   * goes the same way without.
   */
  let opened: readonly string[] = [];
  let tinted: LayerFigure | undefined;
  let explains = false;
  /** The run as it is kept, whether it is open in the worker, and its document. */
  let keptRun: { readonly id: string; readonly isOpen: boolean } | undefined;
  let document: Graph | undefined;
  const recordNow = () => {
    if (keptRun) record(keptRun.id, keptRun.isOpen ? document : undefined, feed.results());
  };
  const life = store.getState;

  /** In the run’s worker, which has the plan and a device to compute it on. */
  async function lookBack({ run, iteration }: Origin): Promise<LookedBack> {
    if (opened.length === 0 && !tinted) return {};
    const snapshot = { run, iteration };
    const figure = tinted && { figure: tinted };
    const answered = await client.ask({ type: 'past', snapshot, targets: opened, ...figure });
    if (answered?.ok) return answered.answer as AnswerTo<Extract<Ask, { type: 'past' }>>;
    const problem = answered?.problem ?? 'No run is open that could compute it.';
    return { xrays: { iteration, xrays: [], problem } };
  }

  function dispatch(event: LifeEvent): void {
    const facts = {
      now: performance.now(),
      deviceMemory: deviceMemory?.(),
      choose: guide.choose,
      kept: keep.get,
    };
    const next = transition(life(), event, facts);
    store.setState(next.life, true);
    for (const effect of next.effects) (perform[effect.type] as (effect: Effect) => void)(effect);
  }

  const measuring = createMeasuring({
    client,
    guide,
    moving: () => movingOf(life()),
    show: (choice) => dispatch({ type: 'choice', choice }),
  });
  const predicting = createPredicting({
    client,
    predictable: () => predictableOf(life()),
    show: (expected) => dispatch({ type: 'expected', expected }),
  });

  /** One after another: what is written last is what was asked for last. */
  let leaving: Promise<unknown> = Promise.resolve();
  function vacate({ runId, weights, bringBack: from }: Extract<Effect, { type: 'vacate' }>): void {
    leaving = leaving
      .then(() => client.stop())
      .then(() => weights?.write())
      .then(() => (from === undefined ? undefined : bringBack(from)))
      .then(
        (iteration) => dispatch({ type: 'vacated', runId, ...(iteration !== undefined && { iteration }) }),
        (error: unknown) => dispatch({ type: 'vacated', runId, problem: notKept(error) }),
      );
  }

  const listener = (runId: string, documentId: string): Listener => ({
    message: (message) => dispatch({ type: 'message', documentId, message }),
    lost: (loss, detail) => dispatch({ type: 'lost', runId, loss, detail }),
  });

  /** A save that an update holds up is not waited for. */
  const saved = async (): Promise<void> => {
    await Promise.race([client.save(), new Promise((resolve) => setTimeout(resolve, SAVED_MS))]);
  };

  const perform: Performers = {
    keep: ({ documentId, iteration }) => keep.set(documentId, iteration),
    vacate,
    start({ message, documentId, multiplyAdds }) {
      client.start({ ...message, page }, listener(message.runId, documentId), multiplyAdds);
      const { runId } = message;
      if (opened.length > 0) client.send({ type: 'xray', runId, targets: opened });
      if (tinted) client.send({ type: 'tint', runId, figure: tinted });
      if (explains) client.send({ type: 'explain', runId, on: true });
    },
    send: ({ message }) => client.send(message),
    save: ({ next }) => void saved().then(() => next && dispatch(next)),
    stop: () => void client.stop(),
    end: client.end,
    warm: client.warm,
    part: () => part(life().documentId),
    measure: ({ on }) => (on ? measuring.schedule() : measuring.cancel()),
    predict: ({ how }) => predicting[how](),
    show({ message }) {
      if (message.type === 'compiled')
        keptRun = message.run === undefined ? undefined : { id: message.run, isOpen: true };
      feed.receive(message);
      timeline.receive(message);
    },
    mark: ({ mark }) => feed.mark(mark),
    results({ how, documentId }) {
      if (how !== 'recall' && how !== 'clear') recordNow();
      if (how !== 'keep') keptRun = undefined;
      if (how === 'recall') void recallRun(documentId);
      void shown[how](documentId);
      if (how !== 'keep') void timeline.open(documentId);
    },
  };

  async function recallRun(documentId: string): Promise<void> {
    const id = await snapshots.present(documentId).catch(() => undefined);
    if (id !== undefined && documentId === life().documentId) keptRun ??= { id, isOpen: false };
  }

  /** The marks have changed. */
  const keepMarks = () => {
    recordNow();
    shown.keep(life().documentId);
  };

  const act =
    (type: 'play' | 'pause' | 'step' | 'rest' | 'reset' | 'undo-reset' | 'save' | 'warm' | 'dismiss') => () =>
      dispatch({ type });

  const setDocument = (id: string, checked: Checked, graph: Graph = checked.graph) => {
    dispatch({ type: 'document', id, checked, kept: keep.get(id) });
    // Not sooner: a run that the edit ends was of the document before it.
    document = graph;
  };

  /** What begins a run begins it on what is seen. */
  const onNewest = (act: () => void) => () => {
    const found = newest?.();
    if (found && found.checked !== life().checked) setDocument(found.id, found.checked, found.graph);
    act();
  };

  const actions: TrainingActions = {
    setDocument,
    play: onNewest(act('play')),
    pause: act('pause'),
    toggle() {
      const { status } = life();
      actions[isUnderWay(status) && !isAtRest(status) ? 'pause' : 'play']();
    },
    step: onNewest(act('step')),
    reset: act('reset'),
    undoReset: act('undo-reset'),
    answer: (yes) => dispatch({ type: 'answer', yes }),
    switchBackend(name) {
      guide.prefer(name);
      dispatch({ type: 'prefer' });
    },
    save: act('save'),
    saved: async () => {
      if (isUnderWay(life().status)) await saved();
    },
    rest: onNewest(act('rest')),
    ask: client.ask,
    openWeights: (weights) => dispatch({ type: 'open-weights', weights }),
    async goOnFrom(snapshot, shownThen) {
      const { documentId } = life();
      const opened = await timeline.read(snapshot);
      if (!opened || documentId !== life().documentId) return;
      const { checkpoint, pictures } = opened;
      const { iteration } = snapshot;
      const before = shownThen ?? feed.results();
      actions.openWeights({ iteration, write: () => snapshots.branch(documentId, snapshot, checkpoint) });
      feed.restore({
        ...before,
        pictures,
        marks: (before.marks ?? []).filter((mark) => mark.iteration <= iteration),
      });
      feed.truncate(iteration);
    },
    note(iteration, text) {
      feed.mark({ iteration, type: 'note', text });
      keepMarks();
    },
    forget(mark) {
      feed.unmark(mark);
      keepMarks();
    },
    warm: act('warm'),
    xray(targets) {
      opened = targets;
      const { runId } = life();
      if (runId !== undefined) client.send({ type: 'xray', runId, targets });
      timeline.lookAgain();
    },
    tint(figure) {
      if (figure === tinted) return;
      tinted = figure;
      const { runId } = life();
      if (runId !== undefined) client.send({ type: 'tint', runId, figure });
      timeline.lookAgain();
    },
    explain(on) {
      explains = on;
      const { runId } = life();
      if (runId !== undefined) client.send({ type: 'explain', runId, on });
    },
    dismiss: act('dismiss'),
    dispose() {
      measuring.cancel();
      client.close();
    },
  };

  return Object.assign(store, actions, { feed, timeline });
}
