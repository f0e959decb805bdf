import type { Plan } from '@/lib/compile/plan';
import { createGame, type Game } from '@/lib/compile/tf/game';
import type { Tf } from '@/lib/nodes/define';

/**
 * How long an iteration will take, before there is a run: some iterations of the very plan, on weights and
 * streams of their own that are thrown away. Where the whole batch would take too long, smaller ones are timed
 * and extended: milliseconds = fixed + perRow · rows.
 */
export interface TrialOptions {
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
  readonly tell: (trial: Trial) => void;
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
const FIRST_SHARE = 0.35;
/** No iteration shall take longer: a play that comes meanwhile waits for one of its updates. */
const MOST_MS = 300;
const LEAST_ROWS = 4;
/** Code is compiled while it runs: what is timed before this says too little. */
const WARM_MS = 350;
/** A larger batch is worth its time from this factor on. */
const WORTHWHILE = 1.4;

interface Timed {
  readonly rows: number;
  readonly ms: number;
}

/** Tells what it finds, better and better, until the time is over or it is cancelled. */
export async function tryGame(options: TrialOptions): Promise<void> {
  const { plan, multiplyAdds, milliseconds, canShrink, clock, tell } = options;
  const whole = plan.settings.batchSize;
  const perRow = multiplyAdds / whole / GUESS;
  const until = clock() + milliseconds;
  let before: Timed | undefined;
  let rows = canShrink ? within(LEAST_ROWS, FIRST_MS / perRow, whole) : whole;
  for (;;) {
    const isWhole = rows === whole;
    const share = isWhole ? 1 : before ? 0 : FIRST_SHARE;
    const ms = await timeAt(options, rows, clock() + share * (until - clock()), (msPerIteration) => {
      if (isWhole && !before) tell({ msPerIteration, rows, final: false });
    });
    if (ms === undefined) return;
    if (isWhole) return tell({ msPerIteration: ms, rows, final: true });
    const estimate = extend(before, { rows, ms }, whole);
    const fitting = rows + (MOST_MS - ms) / perRow;
    const next = estimate <= MOST_MS ? whole : within(before ? rows : 2 * rows, fitting, whole);
    const final = next < WORTHWHILE * rows || (clock() > until && before !== undefined);
    // One point alone is far too high: most of a small batch's time does not grow with it.
    if (before) tell({ msPerIteration: estimate, rows, final });
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

/** Milliseconds of an iteration, timed until then; undefined: cancelled. */
async function timeAt(
  { tf, plan, clock, breathe, isCancelled }: TrialOptions,
  rows: number,
  until: number,
  provisional: (ms: number) => void,
): Promise<number | undefined> {
  const game = createGame(tf, { ...plan, settings: { ...plan.settings, batchSize: rows } });
  const times: number[] = [];
  const started = clock();
  let told = false;
  try {
    do {
      const ms = await timeIteration(game, clock, breathe, isCancelled);
      if (ms === undefined) return undefined;
      times.push(ms);
      if (!told && clock() - started > WARM_MS) {
        told = true;
        provisional(settled(times));
      }
    } while (clock() < until);
    return settled(times);
  } finally {
    game.dispose();
  }
}

async function timeIteration(
  game: Game,
  clock: () => number,
  breathe: () => Promise<void>,
  isCancelled: () => boolean,
): Promise<number | undefined> {
  let spent = 0;
  const updates = game.iterate();
  for (;;) {
    const before = clock();
    const { done, value } = updates.next();
    // Reading the loss is what makes a GPU finish the work.
    if (!done) await value.loss.data();
    spent += clock() - before;
    if (done) return spent;
    value.loss.dispose();
    await breathe();
    if (isCancelled()) return undefined;
  }
}

/** The lower quartile of the later half: the earlier ones were slowed by compiling, and some by other programs. */
function settled(times: readonly number[]): number {
  const later = times.slice(Math.floor(times.length / 2)).sort((a, b) => a - b);
  return later[Math.floor(later.length / 4)] ?? times[0] ?? Number.NaN;
}

const within = (low: number, value: number, high: number): number =>
  Math.max(1, Math.min(high, Math.max(low, Math.floor(value))));
