import type { Plan } from '@/lib/compile/plan';
import type { LayerFigure } from '@/lib/compile/tf/layer-figures';
import type { Engine } from '@/lib/engine/backend';
import { reasonOf } from '@/lib/util/reason-of';
import { type Answered, type Ask, answer } from './ask';
import { createCheckpointWriter } from './checkpoint-writer';
import { type Checkpointing, createCheckpointing } from './checkpointing';
import type { Engines } from './engines';
import { describeLoss, isDeviceFailure } from './failures';
import { summarizeNetworks } from './layers-model';
import type { LoopEvents } from './loop-events';
import type { FromWorker, GraphChange, StartMessage, ToWorker } from './protocol';
import { createRemovedWeights } from './removed-weights';
import {
  beginRun,
  continueRun,
  isTaken,
  type KeptRun,
  leaveRun,
  listSnapshots,
  lookAtRun,
  writeSnapshot,
} from './run-store';
import { createSnapshots, type SnapshotKeeper } from './snapshots';
import { takeUp } from './take-up';
import { createTrainingLoop, type TrainingLoop } from './training-loop';

type Post = (message: FromWorker) => void;

/** What a run needs of the thread that it is in. */
export interface Host {
  readonly engines: Engines;
  readonly post: Post;
  /** Lets messages in: resolves after the event loop has turned. */
  readonly breathe: () => Promise<void>;
}

/** How long a run that moves elsewhere waits for its last checkpoint. */
const LAST_SAVE = 2_000;

/** One run in a worker: a training loop, its checkpoints, and what it reports to the page. */
export interface Run {
  readonly runId: string;
  handle(message: ToWorker): Promise<void>;
  /** Ends it, with a last checkpoint; nothing is written after. */
  stop(): Promise<void>;
  dispose(): void;
}

export async function startRun(start: StartMessage, { engines, post, breathe }: Host): Promise<Run> {
  const { runId, checkpointKey, page = '' } = start;
  let reached = () => 0;
  const { engine, failures } = await engines.start(start.backend, (reason) =>
    post({ type: 'failed', runId, iteration: reached(), diagnostic: describeLoss(reason) }),
  );
  const notes = [...failures.map(({ message }) => message), ...engine.notes].join(' ');
  const removed = createRemovedWeights();
  /** What the page has opened, whatever the plan. */
  let opened: readonly string[] = [];
  let tinted: LayerFigure | undefined;
  let explains = false;
  /** Counts the plans: a checkpoint of one says nothing of what the next one has. */
  let plans = 0;
  const writer = checkpointKey ? createCheckpointWriter({ document: checkpointKey, page }) : undefined;
  const checkpointing: Checkpointing = createCheckpointing({
    write:
      writer &&
      (async (checkpoint) => {
        await take();
        if (kept !== undefined && (await isTaken(kept, page).catch(() => false))) writer.part();
        await writer.write(checkpoint);
      }),
    mark: () => ({ ...loop.mark(), line: `${plans} ${loop.mark().line}` }),
    take: () => loop.checkpoint(),
    saved: (iteration) =>
      post({ type: 'saved', runId, iteration, ...(writer?.isApart() && { isApart: true }) }),
    notSaved: (message) => post({ type: 'not-saved', runId, message }),
  });
  /** The run as it is kept beyond this worker, and the iteration that it goes on from; undefined: it begins. */
  let kept: string | undefined;
  /** Where this run only rests: what it was when it was looked at. Another page may have it. */
  let seen: KeptRun | undefined;
  let goesOnFrom: number | undefined;
  const snapshots = createSnapshots({
    async write(checkpoint, frames) {
      await take();
      if (await writeSnapshot(await findKept(), checkpoint, frames, page)) return;
      writer?.part();
      // The page hears of it with the checkpoint.
      void checkpointing.save();
      throw new Error('another tab goes on with this run');
    },
    kept: (iteration) => post({ type: 'snapshot', runId, iteration }),
    notKept: (message) => post({ type: 'no-snapshot', runId, message }),
    clock: () => performance.now(),
  });
  const events = reportTo(post, runId, checkpointing, () => {
    fellBack = fallBack();
  });
  const create = (plan: Plan) => createLoop(engine, plan, events, breathe, writer ? snapshots : undefined);
  let loop = create(start.plan);
  reached = () => loop.game.counters.iteration;

  async function announce(taken?: number, change?: GraphChange): Promise<void> {
    const { plan, state } = loop.game;
    post({
      type: 'compiled',
      runId,
      backend: engine.name,
      ...(notes && { note: notes }),
      iteration: reached(),
      summaries: await summarizeNetworks(plan, state),
      ...(taken !== undefined && { kept: taken }),
      ...(kept !== undefined && { run: kept }),
      ...(change && { change }),
    });
  }

  async function findKept(): Promise<string> {
    const document = checkpointKey ?? '';
    kept ??= await (goesOnFrom === undefined
      ? beginRun(document, undefined, page)
      : continueRun(document, goesOnFrom, page));
    return kept;
  }

  /** From now on the run is this page's, unless another one has gone on with it since it was looked at. */
  async function take(): Promise<void> {
    const since = seen;
    seen = undefined;
    if (!since || checkpointKey === undefined) return;
    if (await writer?.isPassed().catch(() => false)) {
      writer?.part();
      await leaveRun(since.id, page, reached()).catch(() => undefined);
    } else kept = await continueRun(checkpointKey, reached(), page, since).catch(() => since.id);
  }

  /** A page that shows what is kept takes the run from nobody. */
  async function lookAt(document: string): Promise<boolean> {
    seen = await lookAtRun(document).catch(() => undefined);
    if (!seen) return false;
    kept = seen.id;
    snapshots.restart(reached(), true);
    return true;
  }

  /** Where its snapshots go; where that cannot be said now, it is asked again with the first of them. */
  async function openSnapshots(document: string, goesOn: boolean): Promise<void> {
    if (goesOn) goesOnFrom = reached();
    try {
      await findKept();
      const newest = (await listSnapshots(document)).at(-1)?.iteration;
      snapshots.restart(reached(), newest === reached());
    } catch {
      snapshots.restart(reached(), false);
    }
  }

  /** The game stands at an earlier iteration: what was kept beyond is of numbers that led to a failure. */
  let fellBack: Promise<void> = Promise.resolve();
  async function fallBack(): Promise<void> {
    await snapshots.settled();
    if (kept === undefined || checkpointKey === undefined) return;
    kept = undefined;
    await openSnapshots(checkpointKey, true);
    post({ type: 'snapshot', runId, iteration: reached() });
  }

  async function open(): Promise<void> {
    const stored = start.resume ? await writer?.open() : undefined;
    const { checkpoint, change } = stored
      ? await takeUp(stored, start.plan, () => loop.game.readState(), removed)
      : {};
    if (!checkpoint && (stored || !start.resume)) await writer?.startOver();
    const taken = checkpoint && loop.restore(checkpoint);
    if (checkpoint && !change) checkpointing.holdsAll();
    const onlyLooks = start.paused && checkpoint && !change;
    if (checkpointKey !== undefined && !(onlyLooks && (await lookAt(checkpointKey))))
      await openSnapshots(checkpointKey, checkpoint !== undefined);
    await announce(taken, change);
    if (start.paused) await loop.look();
    else void loop.play();
  }

  /**
   * A new plan over the numbers of the old one: layers whose id and shapes are unchanged go on, and those that
   * an undo brings back go on from where they were removed.
   */
  async function replan(plan: Plan): Promise<void> {
    const wasRunning = loop.isRunning();
    await loop.pause();
    const checkpoint = await loop.checkpoint();
    loop.dispose();
    loop = create(plan);
    plans++;
    loop.xray(opened);
    loop.tint(tinted);
    loop.explain(explains);
    const data = removed.fit(checkpoint.data, await loop.game.readState());
    await announce(loop.restore({ ...checkpoint, data }));
    if (wasRunning) void loop.play();
    else await loop.look();
  }

  const answered = (ask: Ask): Promise<Answered> =>
    answer(loop, ask).then(
      (found) => ({ ok: true, answer: found }),
      (error: unknown) => ({ ok: false, problem: reasonOf(error) }),
    );

  try {
    await open();
  } catch (error) {
    loop.dispose();
    throw error;
  }

  return {
    runId,
    async handle(message) {
      switch (message.type) {
        case 'play':
          await take();
          return void loop.play();
        case 'pause':
          return void loop.pause();
        case 'step':
          await take();
          return void loop.step();
        case 'save': {
          const { request } = message;
          return post({ type: 'save-answer', runId, request, outcome: await checkpointing.save() });
        }
        case 'ask': {
          const { request, ask } = message;
          // Not waited for: a pause or an edit is not held up by what somebody looks at.
          return void answered(ask).then((found) =>
            post({ type: 'answered', runId, request, answered: found }),
          );
        }
        case 'target':
          return loop.setTarget(message.iterations);
        case 'live':
          return loop.setParam(message.node, message.param, message.value);
        case 'replan':
          return replan(message.plan);
        case 'watch':
          loop.watch(message.plan);
          return loop.isRunning() ? undefined : loop.look();
        case 'explain':
          explains = message.on;
          return loop.explain(explains);
        case 'tint':
          tinted = message.figure;
          loop.tint(tinted);
          return loop.isRunning() ? undefined : loop.look();
        case 'xray':
          opened = message.targets;
          loop.xray(opened);
          return loop.isRunning() ? undefined : loop.look();
        default:
          return undefined;
      }
    },
    async stop() {
      // A checkpoint holds whole iterations only.
      await loop.pause();
      await checkpointing.save();
      await fellBack;
      await snapshots.settled();
    },
    dispose: () => loop.dispose(),
  };
}

/** What the loop says goes to the page; some of it asks for a checkpoint. */
function reportTo(post: Post, runId: string, checkpointing: Checkpointing, fellBack: () => void): LoopEvents {
  return {
    progress({ losses, ...report }) {
      post({ type: 'progress', runId, losses: typed(losses), ...report });
      checkpointing.saveIfDue();
    },
    pictures: (iteration, pictures) => post({ type: 'pictures', runId, iteration, pictures }),
    metrics: (iteration, values, every) =>
      post({ type: 'metrics', runId, iteration, values, ...(every && { every }) }),
    scores: (iteration, values) => post({ type: 'scores', runId, iteration, values }),
    health: (health, failures) => post({ type: 'health', runId, health, failures }),
    xrays: (report) => post({ type: 'xrays', runId, ...report }),
    tints: (report) => post({ type: 'tints', runId, ...report }),
    phases: (report) => post({ type: 'phases', runId, ...report }),
    status(status, iteration) {
      post({ type: 'status', runId, status, iteration });
      if (status !== 'running') void checkpointing.save();
    },
    failed(iteration, diagnostic) {
      const report = () => post({ type: 'failed', runId, iteration, diagnostic });
      // Whoever goes on elsewhere ends this worker. A full device can still be read, a lost one cannot.
      // What was saved while all was well may be newer than what a failure falls back to.
      const isWorth = diagnostic.code === 'out-of-memory' && checkpointing.isBehind();
      if (isWorth) void Promise.race([checkpointing.save(), pause(LAST_SAVE)]).finally(report);
      else report();
      if (isDeviceFailure(diagnostic)) return;
      void checkpointing.save();
      fellBack();
    },
  };
}

const createLoop = (
  { tf, name, failure }: Engine,
  plan: Plan,
  events: LoopEvents,
  breathe: () => Promise<void>,
  snapshots: SnapshotKeeper | undefined,
): TrainingLoop =>
  createTrainingLoop({
    tf,
    plan,
    events,
    clock: () => performance.now(),
    breathe,
    live: true,
    readsAtOnce: name === 'wasm' || name === 'cpu',
    ...(failure && { failure }),
    ...(snapshots && { snapshots }),
  });

/** Numbers that move to the page instead of being copied. */
const typed = (losses: Parameters<LoopEvents['progress']>[0]['losses']) =>
  Object.fromEntries(
    Object.entries(losses).map(([player, { iterations, values }]) => [
      player,
      { iterations: Float64Array.from(iterations), values: Float64Array.from(values) },
    ]),
  );

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
