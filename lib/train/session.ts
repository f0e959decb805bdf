import type { Plan } from '@/lib/compile/plan';
import { createGame, type Game } from '@/lib/compile/tf/game';
import type { UpdateResult } from '@/lib/compile/tf/iterate';
import { disposeSnapshot } from '@/lib/compile/tf/state';
import type { Frame } from '@/lib/draw/frame';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import type { Tf } from '@/lib/nodes/define';
import { defined } from '@/lib/util/assert';
import { type Checkpoint, findNonFinite, fingerprint, type LiveEdit } from './checkpoint';
import { createObserver, type MetricValues } from './observe';

/** The loss of each update since the last report, by optimizer. */
export type LossHistory = {
  readonly [optimizer: string]: { readonly iterations: number[]; readonly values: number[] };
};

export interface SessionEvents {
  progress(report: {
    iteration: number;
    iterationsPerSecond: number;
    losses: LossHistory;
    tensors: number;
    bytes: number;
  }): void;
  frames(iteration: number, frames: { readonly [view: string]: Frame }): void;
  metrics(iteration: number, values: MetricValues, every?: number): void;
  status(status: 'running' | 'paused' | 'done', iteration: number): void;
  failed(iteration: number, diagnostic: Diagnostic): void;
}

export interface SessionOptions {
  readonly tf: Tf;
  readonly plan: Plan;
  readonly events: SessionEvents;
  /** Milliseconds, monotonic. */
  readonly clock: () => number;
  /** Lets messages in: resolves after the event loop has turned. */
  readonly breathe: () => Promise<void>;
  /** Losses are read back at once where reading is free, else in groups. */
  readonly readsAtOnce: boolean;
  /** Draw views while running; else only when asked. */
  readonly live: boolean;
}

export interface Session {
  readonly game: Game;
  play(): Promise<void>;
  isRunning(): boolean;
  /** Stops before the next update, or after the iteration that has begun; resolves when it has. */
  pause(after: 'update' | 'iteration'): Promise<void>;
  /** One iteration, or the rest of a begun one. */
  step(): Promise<void>;
  setTarget(iterations: number): void;
  setParam(node: string, param: string, value: unknown): void;
  /** Goes on from a checkpoint; says how many arrays fitted. */
  restore(checkpoint: Checkpoint): number;
  checkpoint(): Promise<Checkpoint>;
  /** Every metric now, on all its samples. */
  measure(): Promise<MetricValues>;
  /** All views now. */
  look(): Promise<void>;
  /** Milliseconds per iteration without views and metrics, the first ten iterations left out. */
  msPerIteration(): number;
  dispose(): void;
}

const YIELD_EVERY = 8;
const REPORT_EVERY = 100;
const READ_EVERY = 50;
/** Iterations, not milliseconds: what is restored after a failure is then the same in every run. */
const SNAPSHOT_EVERY = 20;
const WARM_UP = 10;

/** The training loop. No DOM, no worker: it runs the same in a worker, in Node and in tests. */
export function createSession({
  tf,
  plan,
  events,
  clock,
  breathe,
  readsAtOnce,
  live,
}: SessionOptions): Session {
  const game = createGame(tf, plan);
  const observer = createObserver(game, clock);
  const edits: LiveEdit[] = [];
  let status: 'running' | 'finishing' | 'paused' = 'paused';
  let running: Promise<void> | undefined;
  let begun: Generator<UpdateResult> | undefined;
  let lastYield = clock();
  let lastReport = clock();
  let lastRead = clock();
  let reportedIteration = 0;
  let rate = 0;
  const timing = { iterations: 0, milliseconds: 0 };
  let pending: { result: UpdateResult; iteration: number }[] = [];
  let losses: Record<string, { iterations: number[]; values: number[] }> = {};
  /** `verified` led to finite losses since; `candidate` has not been trained on yet. */
  let verified: ReturnType<Game['snapshot']> | undefined;
  let candidate = game.snapshot();

  /** Reads the losses of pending updates. False: one was not finite, and the run has failed. */
  async function readLosses(): Promise<boolean> {
    lastRead = clock();
    const updates = pending;
    pending = [];
    if (updates.length === 0) return true;
    const stacked = updates.length === 1 ? undefined : tf.stack(updates.map(({ result }) => result.loss));
    const values = await (stacked ?? defined(updates[0], 'update').result.loss).data();
    stacked?.dispose();
    for (const { result } of updates) result.loss.dispose();
    for (const [i, { result, iteration }] of updates.entries()) {
      const value = values[i] as number;
      const history = losses[result.player] ?? { iterations: [], values: [] };
      losses[result.player] = history;
      history.iterations.push(iteration);
      history.values.push(value);
      if (!Number.isFinite(value)) {
        fail(iteration, result.player, value);
        return false;
      }
    }
    return true;
  }

  function fail(iteration: number, player: string, value: number): void {
    const optimizer = plan.players.find(({ id }) => id === player);
    const loss = optimizer?.loss;
    game.restore(verified ?? candidate);
    begun = undefined;
    status = 'paused';
    events.failed(iteration, {
      code: 'loss-not-finite',
      severity: 'error',
      ...(loss && { node: loss.node, port: loss.port }),
      message: `The loss "${loss?.node}.${loss?.port}" of the optimizer "${player}" became ${value} in iteration ${iteration + 1}. The weights of iteration ${game.counters.iteration} are kept.`,
      hint: 'Lower the learning rate, clip the gradient norm, or check that scores and loss agree on logits or probabilities.',
    });
  }

  /** A new candidate; the old one is verified, since losses computed from it were finite. */
  function keepSnapshot(): void {
    disposeSnapshot(verified);
    verified = candidate;
    candidate = game.snapshot();
  }

  function report(now: number): void {
    const done = game.counters.iteration - reportedIteration;
    const elapsed = now - lastReport;
    if (elapsed > 0 && done > 0) {
      const current = (1000 * done) / elapsed;
      rate = rate === 0 ? current : 0.7 * rate + 0.3 * current;
    }
    lastReport = now;
    reportedIteration = game.counters.iteration;
    const { numTensors, numBytes } = tf.memory();
    events.progress({
      iteration: game.counters.iteration,
      iterationsPerSecond: rate,
      losses,
      tensors: numTensors,
      bytes: numBytes,
    });
    losses = {};
  }

  /** One update, or the end of an iteration. */
  function advance(): boolean {
    begun ??= game.iterate();
    const iteration = game.counters.iteration;
    const { done, value } = begun.next();
    if (done) begun = undefined;
    else pending.push({ result: value, iteration });
    return done === true;
  }

  const goesOn = (): boolean =>
    status === 'finishing'
      ? begun !== undefined
      : status === 'running' && (begun !== undefined || game.counters.iteration < game.target);

  async function loop(iterations: number): Promise<void> {
    let left = iterations;
    let iterationTime = 0;
    while (left > 0 && goesOn()) {
      const before = clock();
      const finished = advance();
      const now = clock();
      iterationTime += now - before;
      if (finished) {
        left--;
        const isSnapshotDue = game.counters.iteration % SNAPSHOT_EVERY === 0;
        if ((readsAtOnce || isSnapshotDue || now - lastRead > READ_EVERY) && !(await readLosses())) return;
        if (isSnapshotDue) keepSnapshot();
        countTime(iterationTime + clock() - now);
        iterationTime = 0;
        await afterIteration();
      }
      if (clock() - lastYield > YIELD_EVERY) {
        await breathe();
        lastYield = clock();
      }
    }
    if (await readLosses()) {
      report(clock());
      const isDone = game.counters.iteration >= game.target && !begun;
      status = 'paused';
      if (live && isDone) await observeAll();
      else if (live) events.frames(game.counters.iteration, await observer.frames());
      events.status(isDone ? 'done' : 'paused', game.counters.iteration);
    }
  }

  function countTime(milliseconds: number): void {
    timing.iterations++;
    if (timing.iterations > WARM_UP) timing.milliseconds += milliseconds;
  }

  /** Reports, views and metrics that are due. */
  async function afterIteration(): Promise<void> {
    const iteration = game.counters.iteration;
    const now = clock();
    if (now - lastReport > REPORT_EVERY) report(now);
    const frames = live ? await observer.dueFrames() : undefined;
    if (frames) events.frames(iteration, frames);
    const metrics = await observer.dueMetrics();
    if (metrics) events.metrics(iteration, metrics.values, metrics.every);
  }

  async function observeAll(): Promise<void> {
    const iteration = game.counters.iteration;
    events.frames(iteration, await observer.frames());
    events.metrics(iteration, await observer.metrics());
  }

  async function run(iterations: number): Promise<void> {
    if (running) return running;
    status = 'running';
    lastReport = clock();
    reportedIteration = game.counters.iteration;
    events.status('running', game.counters.iteration);
    running = loop(iterations).finally(() => {
      running = undefined;
    });
    return running;
  }

  return {
    game,
    play: () => run(Number.POSITIVE_INFINITY),
    isRunning: () => status === 'running',
    async pause(after) {
      if (status === 'running') status = after === 'iteration' ? 'finishing' : 'paused';
      await running;
    },
    async step() {
      if (game.counters.iteration >= game.target && !begun) game.target = game.counters.iteration + 1;
      await run(1);
    },
    setTarget(iterations) {
      game.target = iterations;
    },
    setParam(node, param, value) {
      game.setParam(node, param, value);
      edits.push({ iteration: game.counters.iteration, path: `${node}.${param}`, value });
    },
    restore({ data, counters, edits: kept }) {
      const taken = game.writeState(data);
      Object.assign(game.counters, counters);
      edits.push(...kept);
      disposeSnapshot(verified);
      disposeSnapshot(candidate);
      verified = undefined;
      candidate = game.snapshot();
      return taken;
    },
    async checkpoint() {
      const isBetweenIterations = begun === undefined && pending.length === 0;
      const snapshot = isBetweenIterations ? game.snapshot() : candidate;
      const data = await game.readState(snapshot);
      if (isBetweenIterations) disposeSnapshot(snapshot);
      const bad = findNonFinite(data);
      if (bad) throw new Error(`${bad} holds values that are not finite`);
      return { fingerprint: fingerprint(plan), counters: snapshot.counters, edits: [...edits], data };
    },
    measure: () => observer.metrics(),
    async look() {
      events.frames(game.counters.iteration, await observer.frames());
    },
    msPerIteration: () => timing.milliseconds / Math.max(1, timing.iterations - WARM_UP),
    dispose() {
      status = 'paused';
      for (const { result } of pending) result.loss.dispose();
      disposeSnapshot(verified);
      disposeSnapshot(candidate);
      game.dispose();
    },
  };
}
