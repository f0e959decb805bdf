import type { Plan } from '@/lib/compile/plan';
import { createGame, type Game } from '@/lib/compile/tf/game';
import type { UpdateResult } from '@/lib/compile/tf/iterate';
import { disposeSnapshot } from '@/lib/compile/tf/state';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import type { Tf } from '@/lib/nodes/define';
import { type Checkpoint, findNonFinite, fingerprint, isBlank, type LiveEdit, type Mark } from './checkpoint';
import { DeviceError, describeBadLoss, describeCrash } from './failures';
import type { LoopEvents } from './loop-events';
import { createLosses } from './losses';
import { createObserver, type MetricValues } from './observe';
import { createPace } from './pace';
import { createReports } from './reports';
import { createSafeStates } from './safe-states';

interface LoopOptions {
  readonly tf: Tf;
  readonly plan: Plan;
  readonly events: LoopEvents;
  /** Milliseconds, monotonic. */
  readonly clock: () => number;
  /** Lets messages in: resolves after the event loop has turned. */
  readonly breathe: () => Promise<void>;
  /** Losses are read back at once where reading is free, else in groups. */
  readonly readsAtOnce: boolean;
  /** Draw views while running; else only when asked. */
  readonly live: boolean;
  /** Why what was read since the last call is not to be trusted: asked after each read. */
  readonly failure?: () => string | undefined;
}

export interface TrainingLoop {
  readonly game: Game;
  play(): Promise<void>;
  isRunning(): boolean;
  /** Stops before the next update, or after the iteration that has begun; resolves when it has. */
  pause(after: 'update' | 'iteration'): Promise<void>;
  /** One iteration, or the rest of a begun one. */
  step(): Promise<void>;
  setTarget(iterations: number): void;
  setParam(node: string, param: string, value: unknown): void;
  /** Other views and metrics of the same game, from now on. */
  watch(watched: Pick<Plan, 'views' | 'metrics'>): void;
  /** Goes on from a checkpoint; says how many arrays fitted. */
  restore(checkpoint: Checkpoint): number;
  checkpoint(): Promise<Checkpoint>;
  /** What a checkpoint of now would hold. */
  mark(): Mark;
  /** Every metric now, on all its samples. */
  measure(): Promise<MetricValues>;
  /** All views now. */
  look(): Promise<void>;
  /** Milliseconds per iteration without views and metrics, the first ten iterations left out. */
  msPerIteration(): number;
  dispose(): void;
}

/** Milliseconds between looks at the message queue, and reads of losses. */
const YIELD_EVERY = 8;
const READ_EVERY = 50;
/** Iterations, not milliseconds: what a failure falls back to is then the same in every run. */
const KEEP_EVERY = 20;

/** Training, update by update. No DOM, no worker: it is the same in a worker, in Node and in tests. */
export function createTrainingLoop(options: LoopOptions): TrainingLoop {
  const { tf, plan, events, clock, breathe, readsAtOnce, live, failure } = options;
  const game = createGame(tf, plan);
  const { counters } = game;
  const observer = createObserver(game, clock);
  const losses = createLosses(tf);
  const states = createSafeStates(game);
  const pace = createPace();
  const reports = createReports({ tf, game, observer, losses, pace, events, clock, live });
  const edits: LiveEdit[] = [];
  /** Counts what the numbers came from but the iterations before: failures, checkpoints. */
  let line = 0;
  let status: 'running' | 'finishing' | 'paused' = 'paused';
  let ended: Promise<void> = Promise.resolve();
  /** The iteration under way: a pause may fall between two of its updates. */
  let begun: Generator<UpdateResult> | undefined;
  let yieldedAt = clock();
  let readAt = clock();

  function fail(iteration: number, describe: (kept: number) => Diagnostic): void {
    states.fallBack();
    losses.dispose();
    line++;
    begun = undefined;
    status = 'paused';
    events.failed(iteration, describe(counters.iteration));
  }

  /** A lost device gives zeros, one without memory anything. */
  function trustReads(): void {
    const reason = failure?.();
    if (reason) throw new DeviceError(reason);
  }

  /** False: a loss was not finite, and the run has failed. */
  async function readLosses(): Promise<boolean> {
    readAt = clock();
    const bad = await losses.read();
    trustReads();
    if (bad) fail(bad.iteration, (kept) => describeBadLoss(plan, bad, kept));
    return bad === undefined;
  }

  /** One update. True at the end of an iteration. */
  function advance(): boolean {
    begun ??= game.iterate();
    const { iteration } = counters;
    const { done, value } = begun.next();
    if (done) begun = undefined;
    else losses.add(value, iteration);
    return done === true;
  }

  const goesOn = (): boolean =>
    status === 'finishing'
      ? begun !== undefined
      : status === 'running' && (begun !== undefined || counters.iteration < game.target);

  async function train(iterations: number): Promise<void> {
    let left = iterations;
    let spent = 0;
    while (left > 0 && goesOn()) {
      const before = clock();
      const isWhole = advance();
      const now = clock();
      spent += now - before;
      if (isWhole) {
        left--;
        const isKeepDue = counters.iteration % KEEP_EVERY === 0;
        if ((readsAtOnce || isKeepDue || now - readAt > READ_EVERY) && !(await readLosses())) return;
        if (isKeepDue) states.keep();
        pace.count(spent + clock() - now);
        spent = 0;
        await reports.due();
      }
      if (clock() - yieldedAt > YIELD_EVERY) {
        await breathe();
        yieldedAt = clock();
      }
    }
    // At once, so that a play from here on is a run of its own.
    status = 'paused';
    if (await readLosses()) await reports.last(counters.iteration >= game.target && !begun);
  }

  async function goThrough(iterations: number): Promise<void> {
    // A pause may have come while an earlier run was ending.
    if (status !== 'running') return;
    pace.restart(counters.iteration, clock());
    events.status('running', counters.iteration);
    try {
      await train(iterations);
    } catch (error) {
      // A device that is gone may show first in an update that throws anything.
      const reason = failure?.();
      const cause = reason ? new DeviceError(reason) : error;
      fail(counters.iteration, (kept) => describeCrash(cause, kept));
    }
  }

  /** Runs come one after another: one asked for while another is ending waits for its end. */
  function run(iterations: number): Promise<void> {
    if (status !== 'paused') return ended;
    status = 'running';
    ended = ended.then(() => goThrough(iterations));
    return ended;
  }

  /** A checkpoint holds whole iterations whose losses were finite. */
  const isWhole = () => begun === undefined && !losses.hasUnread();

  return {
    game,
    play: () => run(Number.POSITIVE_INFINITY),
    isRunning: () => status === 'running',
    async pause(after) {
      if (status === 'running') status = after === 'iteration' ? 'finishing' : 'paused';
      await ended;
    },
    async step() {
      if (counters.iteration >= game.target && !begun) game.target = counters.iteration + 1;
      await run(1);
    },
    setTarget(iterations) {
      game.target = iterations;
    },
    setParam(node, param, value) {
      game.setParam(node, param, value);
      edits.push({ iteration: counters.iteration, path: `${node}.${param}`, value });
    },
    watch: observer.watch,
    restore(checkpoint) {
      const taken = game.writeState(checkpoint.data);
      Object.assign(counters, checkpoint.counters);
      edits.push(...checkpoint.edits);
      states.restart();
      line++;
      return taken;
    },
    async checkpoint() {
      const held = [...edits];
      const snapshot = isWhole() ? game.snapshot() : states.copy();
      try {
        const data = await game.readState(snapshot);
        trustReads();
        const bad = findNonFinite(data);
        if (bad) throw new Error(`${bad} holds values that are not finite`);
        if (isBlank(data)) throw new DeviceError('all weights read back as zeros');
        return { fingerprint: fingerprint(plan), counters: snapshot.counters, edits: held, data };
      } finally {
        disposeSnapshot(snapshot);
      }
    },
    mark: () => ({
      line: String(line),
      iteration: isWhole() ? counters.iteration : states.iteration(),
      edits: edits.length,
    }),
    measure: () => observer.metrics(),
    async look() {
      events.pictures(counters.iteration, await observer.pictures());
    },
    msPerIteration: pace.msPerIteration,
    dispose() {
      status = 'paused';
      losses.dispose();
      states.dispose();
      game.dispose();
    },
  };
}
