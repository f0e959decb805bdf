import { createStore } from 'zustand/vanilla';
import type { Checked } from '@/lib/check/checked';
import { memoryProblem } from '@/lib/check/memory';
import { compilePlan } from '@/lib/compile/compile';
import type { Plan } from '@/lib/compile/plan';
import type { BackendName } from '@/lib/engine/backend-name';
import { memoryLimit } from '@/lib/engine/memory-limit';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import type { Listener, TrainClient } from '@/lib/train/client';
import { isDeviceFailure } from '@/lib/train/failures';
import type { FromWorker } from '@/lib/train/protocol';
import { type BackendGuide, noChoice } from './backend-guide';
import { createFeed } from './feed';
import { type KeptRuns, type KeyValue, keptRuns } from './kept-runs';
import { createMeasuring } from './measuring';
import { comparePlans, messagesOf } from './plan-changes';
import { createPredicting } from './predicting';
import { notKept, nowhereLeft, titles, workerLost } from './run-problems';
import { initialRun, isAtRest, isUnderWay, type RunEvent, reduceRun } from './run-state';
import {
  type Adopted,
  budget,
  isOverBudget,
  type TrainingActions,
  type TrainingState,
  type TrainingStore,
} from './training-state';

/**
 * The run of the open document: one worker, one plan, one status. Buttons call its actions, edits of the
 * document come in by `setDocument`. Losses, frames and metrics go to the feed, past React.
 */
export interface TrainingOptions {
  readonly client: TrainClient;
  readonly guide: BackendGuide;
  readonly storage: KeyValue;
  /** GiB of memory, where the browser tells. */
  readonly deviceMemory?: () => number | undefined;
}

/** A second crash within this time is a failure, not bad luck. */
const CRASH_MS = 30_000;

interface Begin {
  readonly resume: boolean;
  readonly paused: boolean;
  /** One iteration, then at rest. */
  readonly steps?: boolean;
  readonly backend?: BackendName;
  readonly note?: string;
  /** It goes on from another backend, which failed. */
  readonly moved?: string;
  readonly adopted?: Adopted;
}

export function createTrainingStore({
  client,
  guide,
  storage,
  deviceMemory,
}: TrainingOptions): TrainingStore {
  const keep: KeptRuns = keptRuns(storage);
  const feed = createFeed();
  const initial: TrainingState = {
    ...initialRun,
    documentId: '',
    kept: 0,
    asking: undefined,
    refusals: 0,
    choice: noChoice,
    expected: undefined,
    refused: undefined,
    moved: undefined,
  };
  const store = createStore<TrainingState>()(() => initial);
  const { getState, setState } = store;
  const dispatch = (event: RunEvent) => setState(reduceRun(getState(), event));

  let checked: Checked | undefined;
  /** The plan that the worker has. */
  let plan: Plan | undefined;
  /** The run that the worker was told to start. */
  let told: string | undefined;
  /** What shall happen after a yes to `asking`; a yes holds for the document. */
  let awaited: Begin | undefined;
  let isAllowed = false;
  let runs = 0;
  let lastCrash = Number.NEGATIVE_INFINITY;
  const measuring = createMeasuring({
    client,
    guide,
    moving() {
      const { runId, status, backend, rate, choice } = getState();
      if (status.type !== 'running' || rate <= 0 || !runId || !backend || !plan || !checked) return undefined;
      return { runId, plan, cost: checked.cost, backend, rate, choice };
    },
    show: (choice) => setState({ choice }),
  });
  /** Backends that failed this document in this page. */
  const failed = new Set<BackendName>();
  const predicting = createPredicting({
    client,
    standing,
    show: (expected) => setState({ expected }),
  });

  /** What a play would start, if nothing stands in its way. */
  function standing() {
    const { status, choice } = getState();
    const backend = choice.backend;
    if (status.type !== 'idle' || !checked || !backend || choice.isSoftware) return undefined;
    if (errors() > 0 || checked.cost.bytes > budget.bytes) return undefined;
    const started = compilePlan(checked);
    if (started.players.length === 0) return undefined;
    return { plan: started, multiplyAdds: checked.cost.multiplyAdds, backend };
  }

  const errors = () => checked?.diagnostics.filter(({ severity }) => severity === 'error').length ?? 0;
  const isAttached = () => isUnderWay(getState().status);

  const setKept = (documentId: string, iteration: number) => {
    keep.set(documentId, iteration);
    if (getState().documentId === documentId && getState().kept !== iteration) setState({ kept: iteration });
  };

  async function begin(how: Begin): Promise<void> {
    if (!checked) return;
    if (errors() > 0) {
      setState({ refusals: getState().refusals + 1 });
      return;
    }
    const choice = guide.choose(checked.cost);
    const backend = how.backend ?? choice.backend ?? 'wasm';
    const { batchSize } = checked.graph.settings;
    const limit = memoryLimit(backend, deviceMemory?.());
    const refused = memoryProblem(checked.cost.memory, batchSize, limit, `${titles[backend]} here`);
    setState({ refused });
    if (refused) {
      setState({ refusals: getState().refusals + 1 });
      return;
    }
    if (isOverBudget(checked.cost) && !isAllowed) {
      awaited = how;
      setState({ asking: checked.cost });
      return;
    }
    const { documentId } = getState();
    const runId = `run-${++runs}`;
    const started = compilePlan(checked);
    if (started.players.length + started.views.length === 0) {
      // The check has a warning that says so.
      setState({ refusals: getState().refusals + 1 });
      return;
    }
    plan = started;
    if (how.adopted) setKept(documentId, how.adopted.iteration);
    // Without a player nothing moves; the views are still worth a look.
    const isPaused = how.paused || started.players.length === 0;
    measuring.cancel();
    if (!how.resume || how.adopted) feed.clear();
    dispatch({
      type: 'start',
      runId,
      target: started.settings.iterations,
      backend,
      paused: isPaused,
      iteration: how.resume ? getState().kept : 0,
      ...(how.note && { note: how.note }),
    });
    setState({ moved: how.moved });
    predicting.update();
    // What is adopted takes the place of what the run before kept last.
    const failure = await client
      .stop()
      .then(how.adopted?.write)
      .then(() => undefined, notKept);
    const { status } = getState();
    if (getState().runId !== runId || status.type !== 'compiling') return;
    if (failure) {
      setKept(documentId, 0);
      return dispatch({ type: 'fail', diagnostic: failure });
    }
    setState({ choice: { ...choice, backend } });
    told = runId;
    client.start(
      {
        type: 'start',
        runId,
        plan: started,
        backend,
        resume: how.resume,
        paused: status.next === 'paused',
        ...(documentId && { checkpointKey: documentId }),
      },
      listener(runId, documentId),
    );
    if (how.steps) client.send({ type: 'step', runId });
    // The document may have changed while the run before it came to its end.
    applyEdits();
  }

  const listener = (runId: string, documentId: string): Listener => ({
    message(message) {
      // A run that ended may still tell of its last checkpoint, unless a newer one took its place.
      if (message.type === 'saved' && (getState().runId === runId || getState().documentId !== documentId))
        setKept(documentId, message.iteration);
      if (getState().runId === runId) receive(message);
    },
    lost(_reason, detail) {
      if (getState().runId !== runId) return;
      const { status } = getState();
      const isRepeated = performance.now() - lastCrash < CRASH_MS;
      lastCrash = performance.now();
      if (isRepeated || status.type === 'failed') dispatch({ type: 'fail', diagnostic: workerLost(detail) });
      else
        void begin({
          resume: getState().kept > 0,
          paused: isAtRest(status),
          note: `The worker ended (${detail}). The run went on from iteration ${getState().kept}.`,
        });
    },
  });

  /** A device that is gone or full takes the worker with it; the run goes on elsewhere, from what was kept. */
  function moveOn(diagnostic: Diagnostic): void {
    const { backend, kept, choice, status } = getState();
    if (backend) failed.add(backend);
    client.end();
    const next =
      choice.available.find((name) => !failed.has(name)) ?? (failed.has('wasm') ? undefined : 'wasm');
    if (!next) {
      dispatch({ type: 'fail', diagnostic: nowhereLeft(diagnostic) });
      return;
    }
    const moved = `${diagnostic.message} The run went on from iteration ${kept} on ${titles[next]}.`;
    void begin({ resume: kept > 0, paused: isAtRest(status), backend: next, note: moved, moved });
  }

  function receive(message: FromWorker): void {
    if (message.type === 'failed' && isDeviceFailure(message.diagnostic)) {
      moveOn(message.diagnostic);
      return;
    }
    dispatch({ type: 'message', message });
    if (message.type === 'compiled') feed.truncate(message.iteration);
    feed.receive(message);
    if (message.type === 'status' && message.status === 'running') measuring.schedule();
    if (message.type === 'compiled' && getState().status.type === 'running') measuring.schedule();
  }

  /** What the document's change asks of the run. */
  function applyEdits(isOther = false): void {
    const { runId, status } = getState();
    if (!checked) return;
    if (!isAttached() || !runId || !plan) {
      if (getState().target !== checked.graph.settings.iterations)
        dispatch({ type: 'target', iterations: checked.graph.settings.iterations });
      const { cost } = checked;
      if (getState().choice.backend) setState({ choice: guide.choose(cost) });
      if (isOther) predicting.turn();
      else predicting.update();
      return;
    }
    dispatch({ type: 'stale', errors: errors() });
    // Before the worker has the first plan there is nothing to change; `begin` comes back here after it.
    if (errors() > 0 || told !== runId) return;
    const next = compilePlan(checked);
    const changes = comparePlans(plan, next);
    plan = next;
    if (changes.structure === 'restart') {
      void begin({ resume: false, paused: isAtRest(status) });
      return;
    }
    if (changes.target !== undefined) dispatch({ type: 'target', iterations: changes.target });
    for (const message of messagesOf(changes, runId, next)) client.send(message);
  }

  const close = () => {
    measuring.cancel();
    void client.stop();
    plan = undefined;
    awaited = undefined;
    isAllowed = false;
    failed.clear();
    feed.clear();
    dispatch({ type: 'close' });
  };

  const send = (type: 'play' | 'pause' | 'step' | 'save') => {
    const { runId } = getState();
    if (runId) client.send({ type, runId });
  };

  const actions: TrainingActions = {
    setDocument(id, next) {
      const isOther = id !== getState().documentId;
      checked = next;
      if (getState().refused) setState({ refused: undefined });
      if (isOther) {
        if (isAttached()) send('save');
        close();
        setState({ documentId: id, kept: keep.get(id), asking: undefined, refusals: 0, moved: undefined });
      }
      applyEdits(isOther);
    },
    play() {
      const { status, kept } = getState();
      if (status.type === 'idle' || status.type === 'failed') {
        void begin({ resume: kept > 0, paused: false });
        return;
      }
      if (status.type === 'paused' && status.done) return;
      dispatch({ type: 'play' });
      send('play');
    },
    pause() {
      dispatch({ type: 'pause' });
      send('pause');
    },
    toggle() {
      const { status } = getState();
      if (isUnderWay(status) && !isAtRest(status)) actions.pause();
      else actions.play();
    },
    step() {
      const { status, kept } = getState();
      if (status.type === 'paused') {
        dispatch({ type: 'step' });
        send('step');
      } else if (status.type === 'idle') void begin({ resume: kept > 0, paused: true, steps: true });
    },
    reset() {
      setKept(getState().documentId, 0);
      void begin({ resume: false, paused: true });
    },
    answer(yes) {
      const how = awaited;
      awaited = undefined;
      isAllowed ||= yes;
      setState({ asking: undefined });
      if (yes && how) void begin(how);
    },
    switchBackend(name) {
      guide.prefer(name);
      const { status, backend } = getState();
      if (!checked) return;
      failed.clear();
      if (!isAttached()) {
        setState({ choice: guide.choose(checked.cost) });
        predicting.update();
        return;
      }
      const choice = guide.choose(checked.cost);
      if (choice.backend === backend) {
        setState({ choice });
        return;
      }
      void saved().then(() => begin({ resume: getState().kept > 0, paused: isAtRest(status) }));
    },
    save() {
      if (isAttached()) send('save');
    },
    saved: async () => (isAttached() ? saved() : undefined),
    adopt(adopted) {
      void begin({ resume: true, paused: true, adopted });
    },
    warm() {
      client.warm();
      const { cost } = checked ?? {};
      if (cost && !getState().choice.backend) setState({ choice: guide.choose(cost) });
      predicting.open();
    },
    dismiss() {
      setState({ moved: undefined });
    },
    dispose() {
      measuring.cancel();
      client.close();
    },
  };

  /** Asks for a checkpoint and waits for it, for two seconds at most. */
  function saved(): Promise<void> {
    return new Promise((resolve) => {
      const before = getState().kept;
      const finish = () => {
        clearTimeout(timer);
        unsubscribe();
        resolve();
      };
      const timer = setTimeout(finish, 2_000);
      const unsubscribe = store.subscribe((state) => {
        if (state.kept !== before) finish();
      });
      send('save');
    });
  }

  return Object.assign(store, actions, { feed });
}
