import type { Plan } from '@/lib/compile/plan';
import type { Tf } from '@/lib/nodes/define';
import { silent } from './loop-events';
import { shareOfPictures } from './observe';
import { createTrainingLoop } from './training-loop';

/**
 * How long an iteration will take, before there is a run: some iterations of the very plan, on weights and
 * streams of their own that are thrown away. Where the whole batch would take too long, smaller ones are timed
 * and extended: milliseconds = fixed + perRow · rows.
 */
interface TrialOptions {
  readonly tf: Tf;
  readonly plan: Plan;
  /** Of one iteration at the whole batch. */
  readonly multiplyAdds: number;
  /** About how long to try. One update may overrun it. */
  readonly milliseconds: number;
  /** A GPU builds its programs anew for each batch size, so there only the whole batch is tried. */
  readonly canShrink: boolean;
  readonly clock: () => number;
  readonly breathe: () => Promise<void>;
  /** Asked between updates. */
  readonly isCancelled: () => boolean;
  readonly report: (trial: Trial) => void;
}

export interface Trial {
  readonly msPerIteration: number;
  /** The largest batch that was timed; smaller than the plan's where the figure is extended. */
  readonly rows: number;
  /** Nothing better follows. */
  readonly final: boolean;
}

/** Multiply-adds a millisecond, to guess what a batch will take before it is timed: 6 GFLOP/s. */
const GUESS = 3e6;
/** What the first batch shall take, and how much of the time goes into it: it warms up the rest. */
const FIRST_MS = 10;
const FIRST_SHARE = 0.1;
/** No iteration shall take longer: a play that comes meanwhile waits for one of its updates. */
const MOST_MS = 500;
/** A first whole iteration that may take longer says too little too late: a line through two batches says it sooner. */
const DIRECT_MS = 200;
const LEAST_ROWS = 4;
/** Code is compiled while it runs: what is timed before this says too little. */
const WARM_MS = 350;
/** A larger batch is worth its time from this factor on. */
const WORTHWHILE = 1.4;
/** Iterations at a batch size, whatever time they take: the first one is the slowest. */
const LEAST_WHOLE = 3;
const LEAST_SMALLER = 2;
/** More than a trial has time for. */
const MOST_ITERATIONS = 1e6;
/** Between looks at how far it came. */
const LOOK_MS = 4;

interface Mark {
  readonly iteration: number;
  readonly at: number;
}

interface Stage {
  readonly rows: number;
  readonly until: number;
  /** The code has run before. */
  readonly isWarm: boolean;
  readonly provisional: (ms: number) => void;
}

interface Timed {
  readonly rows: number;
  readonly ms: number;
}

/** Reports what it finds, better and better, until the time is over or it is cancelled. */
export async function tryGame(options: TrialOptions): Promise<void> {
  const { plan, multiplyAdds, milliseconds, canShrink, clock, isCancelled } = options;
  const whole = plan.settings.batchSize;
  const perRow = multiplyAdds / whole / GUESS;
  const until = clock() + milliseconds;
  let before: Timed | undefined;
  let shareOfTraining = 1;
  const report = (ms: number, timedRows: number, final: boolean) =>
    options.report({ msPerIteration: ms / shareOfTraining, rows: timedRows, final });
  let rows = canShrink ? within(LEAST_ROWS, FIRST_MS / perRow, whole) : whole;
  for (;;) {
    const isWhole = rows === whole;
    const share = isWhole ? 1 : before ? 0 : FIRST_SHARE;
    const ms = await timeAt(options, {
      rows,
      until: clock() + share * (until - clock()),
      isWarm: before !== undefined,
      provisional(early) {
        if (isWhole) report(early, rows, false);
      },
    });
    if (ms === undefined) return;
    if (isWhole) {
      report(ms, rows, false);
      shareOfTraining = 1 - shareOfPictures(await timeViews(options));
      return isCancelled() ? undefined : report(ms, rows, true);
    }
    const estimate = extend(before, { rows, ms }, whole);
    const fitting = rows + (MOST_MS - ms) / perRow;
    const next =
      estimate <= (before ? MOST_MS : DIRECT_MS) ? whole : within(before ? rows : 2 * rows, fitting, whole);
    const isPoor = next < whole && next < WORTHWHILE * rows;
    const final = isPoor || (clock() > until && before !== undefined);
    // One point alone is far too high: most of a small batch's time does not grow with it.
    if (before) report(estimate, rows, final);
    if (final) return;
    before ??= { rows, ms };
    rows = next;
  }
}

/** By the line through two points; by one alone, as if nothing were fixed: an upper bound. */
function extend(before: Timed | undefined, { rows, ms }: Timed, whole: number): number {
  if (!before || ms <= before.ms) return (ms * whole) / rows;
  return ms + ((ms - before.ms) / (rows - before.rows)) * (whole - rows);
}

/** Milliseconds of an iteration by the run's own loop, until then; undefined: cancelled. */
async function timeAt(
  { tf, plan, clock, breathe, isCancelled }: TrialOptions,
  { rows, until, isWarm, provisional }: Stage,
): Promise<number | undefined> {
  const enough = rows === plan.settings.batchSize ? LEAST_WHOLE : LEAST_SMALLER;
  const smaller = { ...plan, settings: { ...plan.settings, batchSize: rows, iterations: MOST_ITERATIONS } };
  const loop = createTrainingLoop({
    tf,
    plan: { ...smaller, views: [], metrics: [] },
    events: silent,
    clock,
    breathe,
    readsAtOnce: true,
    live: false,
  });
  const marks: Mark[] = [{ iteration: 0, at: clock() }];
  // What runs after a smaller batch is warm already.
  let reportedAt = isWarm ? Number.NEGATIVE_INFINITY : clock();
  void loop.play();
  for (let isOver = false; !isOver; ) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    const { iteration } = loop.game.counters;
    const at = clock();
    if (iteration > (marks.at(-1)?.iteration ?? 0)) marks.push({ iteration, at });
    if (marks.length > (isWarm ? enough : 2) && at - reportedAt > WARM_MS) {
      reportedAt = at;
      // It still becomes faster: the fastest so far is the nearest.
      provisional(Math.min(...pacesOf(marks)));
    }
    isOver = isCancelled() || !loop.isRunning() || (marks.length > enough && at > until);
  }
  await loop.pause();
  loop.dispose();
  return isCancelled() || marks.length < 2 ? undefined : paceOf(marks);
}

/**
 * Milliseconds per iteration: the median over the stretches between marks of the later half of the time. The
 * earlier half was slowed by compiling, and a stretch by whatever else the machine had to do.
 */
function paceOf(marks: readonly Mark[]): number {
  const half = ((marks[0]?.at ?? 0) + (marks.at(-1)?.at ?? 0)) / 2;
  const first = Math.max(
    1,
    marks.findLastIndex(({ at }) => at <= half),
  );
  const paces = pacesOf(marks.slice(first - 1)).sort((a, b) => a - b);
  return paces[Math.floor((paces.length - 1) / 2)] ?? Number.NaN;
}

/** Milliseconds per iteration between each mark and the next. */
const pacesOf = (marks: readonly Mark[]): number[] =>
  marks.slice(1).map(({ iteration, at }, i) => {
    const from = marks[i] as Mark;
    return (at - from.at) / (iteration - from.iteration);
  });

/** Milliseconds that one round of views takes. */
async function timeViews({ tf, plan, clock, breathe }: TrialOptions): Promise<number> {
  if (plan.views.length === 0) return 0;
  const loop = createTrainingLoop({
    tf,
    plan: { ...plan, metrics: [] },
    events: silent,
    clock,
    breathe,
    readsAtOnce: true,
    live: false,
  });
  let spent = 0;
  // The second one is no longer slowed by compiling; a slow one is steady.
  for (let look = 0; look < 2 && spent < MOST_MS / 2; look++) {
    const before = clock();
    await loop.look();
    spent = clock() - before;
  }
  loop.dispose();
  return spent;
}

const within = (low: number, value: number, high: number): number =>
  Math.max(1, Math.min(high, Math.max(low, Math.floor(value))));
