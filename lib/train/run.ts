import type { Plan } from '@/lib/compile/plan';
import { createAttic } from './attic';
import { createBreathe } from './breathe';
import { type Checkpoint, fingerprint } from './checkpoint';
import { deleteCheckpoints, loadCheckpoint, saveCheckpoint } from './checkpoint-store';
import type { Engines } from './engines';
import { describeLoss, isDeviceFailure } from './failures';
import { summarizeNetworks } from './layers-model';
import type { FromWorker, ToWorker } from './protocol';
import { createSession, type Session, type SessionEvents } from './session';

type Start = Extract<ToWorker, { type: 'start' }>;
type Post = (message: FromWorker) => void;

/** Milliseconds between checkpoints: soon at first, so that there is something to fall back to. */
const SAVE_FIRST = 1_000;
const SAVE_EVERY = 10_000;
/** Saving takes at most this part of the time. */
const SAVE_SHARE = 0.1;
/** How long a run that moves elsewhere waits for its last checkpoint. */
const LAST_SAVE = 2_000;

/** One run in a worker: a session, its checkpoints, and what it tells the page. */
export interface Run {
  readonly runId: string;
  handle(message: ToWorker): Promise<void>;
  dispose(): void;
}

export async function startRun(start: Start, engines: Engines, post: Post): Promise<Run> {
  const { runId, checkpointKey } = start;
  const { engine, failures } = await engines.start(start.backend, (reason) =>
    post({
      type: 'failed',
      runId,
      iteration: reached(),
      diagnostic: describeLoss(reason),
    }),
  );
  const breathe = createBreathe();
  const attic = createAttic();
  let savedAt = performance.now();
  let saveEvery = SAVE_FIRST;
  let saving: Promise<void> | undefined;
  let savedIteration = -1;
  let session: Session | undefined;

  const reached = () => session?.game.counters.iteration ?? 0;

  const events: SessionEvents = {
    progress: ({ losses, ...report }) => {
      const typed = Object.fromEntries(
        Object.entries(losses).map(([player, { iterations, values }]) => [
          player,
          { iterations: Float64Array.from(iterations), values: Float64Array.from(values) },
        ]),
      );
      post({ type: 'progress', runId, losses: typed, ...report });
      if (performance.now() - savedAt > saveEvery) void save();
    },
    frames: (iteration, frames) => post({ type: 'frames', runId, iteration, frames }),
    metrics: (iteration, values, every) =>
      post({ type: 'metrics', runId, iteration, values, ...(every && { every }) }),
    status: (status, iteration) => {
      post({ type: 'status', runId, status, iteration });
      if (status !== 'running') void save();
    },
    failed: (iteration, diagnostic) => {
      const tell = () => post({ type: 'failed', runId, iteration, diagnostic });
      // Whoever goes on elsewhere ends this worker. A full device can still be read, a lost one cannot.
      // What was saved while all was well may be newer than what a failure falls back to.
      const isWorth = diagnostic.code === 'out-of-memory' && reached() > savedIteration;
      if (isWorth) void Promise.race([save(), pause(LAST_SAVE)]).finally(tell);
      else tell();
      if (!isDeviceFailure(diagnostic)) void save();
    },
  };

  const create = (plan: Plan): Session =>
    createSession({
      tf: engine.tf,
      plan,
      events,
      clock: () => performance.now(),
      breathe,
      live: true,
      readsAtOnce: engine.name === 'wasm' || engine.name === 'cpu',
      ...(engine.failure && { failure: engine.failure }),
    });

  /** One save at a time; a failed one (storage full, say) is told and the run goes on. */
  async function save(): Promise<void> {
    if (saving) return saving;
    savedAt = performance.now();
    if (!checkpointKey || !session) return;
    const current = session;
    saving = (async () => {
      const checkpoint = await current.checkpoint();
      await saveCheckpoint(checkpointKey, checkpoint);
      savedIteration = checkpoint.counters.iteration;
      post({ type: 'saved', runId, iteration: checkpoint.counters.iteration });
    })()
      .catch((error: unknown) => {
        post({ type: 'not-saved', runId, message: error instanceof Error ? error.message : String(error) });
      })
      .finally(() => {
        saving = undefined;
        const now = performance.now();
        saveEvery = Math.max(Math.min(2 * saveEvery, SAVE_EVERY), (now - savedAt) / SAVE_SHARE);
        savedAt = now;
      });
    await saving;
  }

  async function announce(current: Session, plan: Plan, kept?: number): Promise<void> {
    const note = [...failures.map(({ message }) => message), ...engine.notes].join(' ');
    post({
      type: 'compiled',
      runId,
      backend: engine.name,
      ...(note && { note }),
      iteration: current.game.counters.iteration,
      summaries: await summarizeNetworks(plan, current.game.state),
      ...(kept !== undefined && { kept }),
    });
  }

  /**
   * A new plan over the numbers of the old one: layers whose id and shapes are unchanged go on, and those that
   * an undo brings back go on from where they were removed.
   */
  async function replan(plan: Plan): Promise<void> {
    const old = session;
    const wasRunning = old?.isRunning() ?? false;
    await old?.pause('iteration');
    const checkpoint = await old?.checkpoint();
    old?.dispose();
    const next = create(plan);
    session = next;
    const kept = checkpoint
      ? next.restore({ ...checkpoint, data: attic.fit(checkpoint.data, await next.game.readState()) })
      : 0;
    await announce(next, plan, kept);
    if (wasRunning) void next.play();
    else await next.look();
  }

  session = create(start.plan);
  const stored = start.resume && checkpointKey ? await loadCheckpoint(checkpointKey) : undefined;
  if (!start.resume && checkpointKey) await deleteCheckpoints(checkpointKey);
  const kept = fits(stored, start.plan) ? session.restore(stored) : undefined;
  await announce(session, start.plan, kept);
  if (start.paused) await session.look();
  else void session.play();

  return {
    runId,
    async handle(message) {
      switch (message.type) {
        case 'play':
          return void session?.play();
        case 'pause':
          return void session?.pause('update');
        case 'step':
          return void session?.step();
        case 'save':
          return save();
        case 'target':
          return session?.setTarget(message.iterations);
        case 'live':
          return session?.setParam(message.node, message.param, message.value);
        case 'replan':
          return replan(message.plan);
        case 'stop':
          await session?.pause('update');
          return save();
        default:
          return undefined;
      }
    },
    dispose() {
      session?.dispose();
      engines.end();
    },
  };
}

const fits = (checkpoint: Checkpoint | undefined, plan: Plan): checkpoint is Checkpoint =>
  checkpoint?.fingerprint === fingerprint(plan);

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
