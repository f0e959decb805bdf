import type { Plan } from '@/lib/compile/plan';
import { compilePlayers, createIteration } from '@/lib/compile/tf/iterate';
import {
  type Counters,
  createState,
  disposeState,
  reachedKey,
  readState,
  type State,
  type StateData,
  writeState,
} from '@/lib/compile/tf/state';
import type { Tensor, Tf } from '@/lib/nodes/define';
import { encodeNpz, type NpyArray } from './npz';
import { createDraws, writeReference } from './record-draws';
import { createStateWriter, writeGradients } from './record-state';
import { stateEntriesOf } from './state-entries';
import { AFTER_ITERATION } from './torch/names';

/**
 * A record of updates for `python game.py --replay`: what each started from, what it drew, its losses and
 * gradients, and where it led. State is written where it changed, under PyTorch's names and in its layout.
 */
interface RecordOptions {
  readonly updates: number;
  /** Where to start, other than at the seed's weights. */
  readonly checkpoint?: { readonly data: StateData; readonly counters: Counters } | undefined;
}

interface UpdateAbout {
  /** A player's id, `together`, or what comes after an iteration. */
  readonly update: string;
  readonly iteration: number;
  readonly index: number;
  readonly steps: Readonly<Record<string, number>>;
  readonly losses: Record<string, number>;
  readonly batch: readonly string[];
  /** Node → how many times it drew. */
  readonly noise: Readonly<Record<string, number>>;
  /** State written at this update, and at the next. */
  readonly state: readonly string[];
  changed: readonly string[];
}

export interface Recorded {
  /** The .npz file. */
  readonly bytes: Uint8Array;
  /** Fewer than were asked for where the next has a loss that is not a number. */
  readonly updates: number;
}

export async function recordReplay(tf: Tf, plan: Plan, options: RecordOptions): Promise<Recorded> {
  const state = createState(tf, plan);
  try {
    return await record(tf, plan, state, options);
  } finally {
    disposeState(state);
  }
}

/** Weights that not every update reached, by their names in PyTorch. */
function torchSteps(plan: Plan, steps: State['steps']): Readonly<Record<string, number>> {
  const names = new Map(stateEntriesOf(plan).map(({ key, name }) => [key, name]));
  const rename = (key: string) => {
    const [player = '', weight] = key.split('/');
    return weight === undefined ? player : reachedKey(player, names.get(weight) ?? weight);
  };
  return Object.fromEntries([...steps].map(([key, count]) => [rename(key), count]));
}

async function record(
  tf: Tf,
  plan: Plan,
  state: State,
  { updates, checkpoint }: RecordOptions,
): Promise<Recorded> {
  if (checkpoint) writeState(tf, state, checkpoint.data);
  const counters: Counters = { ...(checkpoint?.counters ?? { iteration: 0, updates: 0 }) };
  const target = plan.settings.iterations;
  const draws = createDraws(tf, plan, state, counters);
  const gradients = new Map<string, Float32Array>();
  const follow = (player: string, gradient: Tensor) =>
    void gradients.set(player, Float32Array.from(gradient.dataSync()));
  const iterate = createIteration({
    ...draws,
    plan,
    players: compilePlayers(plan, state),
    state,
    counters,
    follow,
  });
  const isTogether = plan.settings.update !== 'alternating';

  const arrays = new Map<string, NpyArray>();
  const about: UpdateAbout[] = [];
  const writer = createStateWriter(plan, arrays);
  const begin = async () => ({
    state: writer.write(about.length, await readState(state)),
    steps: torchSteps(plan, state.steps),
  });
  let before = await begin();
  const finish = async (losses: Record<string, number>, update: string) => {
    // The iteration is counted on as the next update is asked for, so the draws say when theirs was.
    const drawn = draws.take(about.length, arrays);
    writeGradients(plan, state, gradients, about.length, arrays);
    gradients.clear();
    const entry: UpdateAbout = { update, losses, ...before, ...drawn, changed: [] };
    about.push(entry);
    before = await begin();
    entry.changed = before.state;
  };
  let isLost = false;
  const isOver = () => isLost || about.length >= updates;
  while (!isOver()) {
    const losses: Record<string, number> = {};
    for (const { player, loss } of iterate()) {
      const value = (await loss.data())[0] as number;
      loss.dispose();
      isLost ||= !isOver() && !Number.isFinite(value);
      if (isOver()) continue;
      losses[player] = value;
      if (!isTogether) await finish({ [player]: value }, player);
      else if (player === plan.players.at(-1)?.id) await finish(losses, 'together');
    }
    if (plan.averagings.length > 0 && !isOver()) await finish({}, AFTER_ITERATION);
  }
  const reference = writeReference(tf, plan, arrays);
  const text = new TextEncoder().encode(JSON.stringify({ target, reference, updates: about }));
  draws.dispose();
  arrays.set('about', { dims: [text.length], values: text });
  return { bytes: encodeNpz(arrays), updates: about.length };
}
