import type { Plan } from '@/lib/compile/plan';
import { type CompiledGame, createGame } from '@/lib/compile/tf/game';
import type { LayerFigure } from '@/lib/compile/tf/layer-figures';
import type { Tf } from '@/lib/nodes/define';
import type { Checkpoint, Mark } from './checkpoint';
import { createIterations } from './iterations';
import { type LookedBack, lookBack, type Opened } from './look-back';
import type { LoopEvents } from './loop-events';
import { createLosses } from './losses';
import { createObserver, type MetricValues } from './observe';
import { createPace } from './pace';
import { createPhases } from './phases';
import { createReports } from './reports';
import type { SnapshotKeeper } from './snapshots';
import { createTinter } from './tints';
import { createTurns } from './turns';
import { createXrayer } from './xray';

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
  /** Keeps whole states with what the views show then; absent: none are kept. */
  readonly snapshots?: SnapshotKeeper;
  /** Why what was read since the last call is not to be trusted: asked after each read. */
  readonly failure?: () => string | undefined;
}

export interface TrainingLoop {
  readonly game: CompiledGame;
  play(): Promise<void>;
  isRunning(): boolean;
  /** Stops after the iteration that has begun; resolves when it has. */
  pause(): Promise<void>;
  /** One iteration. */
  step(): Promise<void>;
  setTarget(iterations: number): void;
  setParam(node: string, param: string, value: unknown): void;
  /** Other views and metrics of the same game, from now on. */
  watch(watched: Pick<Plan, 'views' | 'metrics'>): void;
  /** Goes on from a checkpoint; says how many arrays fitted. */
  restore(checkpoint: Checkpoint): number;
  /** Of now, or of the end of the iteration under way. */
  checkpoint(): Promise<Checkpoint>;
  /** What a checkpoint of now would hold. */
  mark(): Mark;
  /** What is opened, as it was at a checkpoint of this plan; the run goes on as if nobody had looked. */
  lookBack(checkpoint: Checkpoint, opened: Opened): Promise<LookedBack>;
  /** Every metric now, on all its samples. */
  measure(): Promise<MetricValues>;
  /** All views and X-rays now. */
  look(): Promise<void>;
  /** Reports what these outputs and layers hold, from now on. */
  xray(targets: readonly string[]): void;
  /** Reports a number for each layer, from now on or no more. */
  tint(figure: LayerFigure | undefined): void;
  /** Reports the phases of single iterations, from now on or no more. */
  explain(on: boolean): void;
  /** Milliseconds per iteration without views and metrics, the first ten iterations left out. */
  msPerIteration(): number;
  dispose(): void;
}

/** Training, update by update. No DOM, no worker: it is the same in a worker, in Node and in tests. */
export function createTrainingLoop(options: LoopOptions): TrainingLoop {
  const { tf, plan, events, clock, live, snapshots } = options;
  const game = createGame(tf, plan);
  const { counters } = game;
  const observer = createObserver(game, clock);
  const xrayer = createXrayer(game, clock);
  const tinter = createTinter(game, clock);
  const losses = createLosses(tf);
  const pace = createPace();
  const reports = createReports({ tf, game, observer, xrayer, tinter, losses, pace, events, clock, live });
  const iterations = createIterations({
    ...options,
    game,
    losses,
    pace,
    failed(iteration, diagnostic) {
      void turns.drop();
      reports.failed(iteration, diagnostic);
      events.failed(iteration, diagnostic);
    },
  });
  const { whole } = iterations;
  let explains = false;

  /** False: the losses up to here are not finite. */
  async function keepSnapshot(isAtRest = false, draw = observer.pictures): Promise<boolean> {
    if (!snapshots?.isDue(counters.iteration, isAtRest)) return true;
    if (!(await iterations.settle())) return false;
    // The state of this moment, since no loss is unread.
    await snapshots.keep(whole.checkpoint(), draw);
    return true;
  }

  async function train(): Promise<void> {
    await keepSnapshot();
    if (counters.iteration === 0) await reports.first();
    while (counters.iteration < game.target && turns.take()) {
      // Only the last that was asked for: it is looked at when it is over.
      const recorder = explains && !turns.isLeft() ? createPhases(tf, game) : undefined;
      try {
        if (!(await iterations.make(recorder))) return;
        if (recorder) events.phases({ iteration: counters.iteration, phases: await recorder.read() });
      } finally {
        recorder?.dispose();
      }
      await reports.due();
      if (!(await keepSnapshot())) return;
    }
    // At once, so that a play from here on is a run of its own.
    void turns.drop();
    if (!(await iterations.settle())) return;
    const shown = await reports.last(counters.iteration >= game.target);
    await keepSnapshot(true, async () => shown ?? observer.pictures());
  }

  const turns = createTurns(async () => {
    pace.restart(counters.iteration, clock());
    events.status('running', counters.iteration);
    await train().catch(iterations.crash);
  });

  return {
    game,
    play: () => turns.ask(Number.POSITIVE_INFINITY),
    isRunning: turns.isLeft,
    pause: turns.drop,
    step() {
      if (counters.iteration >= game.target) game.target = counters.iteration + 1;
      return turns.ask(1);
    },
    setTarget(target) {
      game.target = target;
    },
    setParam(node, param, value) {
      game.setParam(node, param, value);
      reports.changed();
      whole.note([{ iteration: counters.iteration, path: `${node}.${param}`, value }]);
    },
    watch: observer.watch,
    restore(checkpoint) {
      const taken = game.writeState(checkpoint.data);
      Object.assign(counters, checkpoint.counters);
      whole.note(checkpoint.edits);
      iterations.restart();
      return taken;
    },
    checkpoint: whole.checkpoint,
    mark: whole.mark,
    async lookBack(checkpoint, opened) {
      const then = createGame(tf, plan);
      then.target = game.target;
      try {
        return await lookBack(then, checkpoint, opened);
      } finally {
        then.dispose();
      }
    },
    measure: () => observer.metrics(),
    async look() {
      events.pictures(counters.iteration, await observer.pictures());
      const xrays = await xrayer.now();
      if (xrays) events.xrays(xrays);
      const tints = await tinter.now();
      if (tints) events.tints(tints);
    },
    xray: xrayer.open,
    tint: tinter.open,
    explain(on) {
      explains = on;
    },
    msPerIteration: pace.msPerIteration,
    dispose() {
      void turns.drop();
      iterations.dispose();
      game.dispose();
    },
  };
}
