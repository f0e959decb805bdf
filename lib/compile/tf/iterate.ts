import type { Scalar } from '@tensorflow/tfjs-core';
import { valueAt } from '@/lib/graph/scheduled';
import type { Tensor, Tf } from '@/lib/nodes/define';
import { readOptimizer, readOptimizerNow } from '@/lib/nodes/role-params';
import { assertNever, defined } from '@/lib/util/assert';
import type { Plan, PlanNetwork } from '../plan';
import type { Observation, Pass } from './pass';
import { bufferSlices, type Counters, type State, weightSlices } from './state';
import { gameTasks } from './tasks';
import {
  advanceBuffers,
  aheadOf,
  type CompiledPlayer,
  commitUpdate,
  cut,
  type Direction,
  followAverages,
  followIteration,
  type Gradient,
  type PlayerState,
  playerGradient,
  playerLoss,
  playerStateOf,
  prepareBuffers,
  proposeUpdate,
  withWeights,
} from './update';

/** One update of one player: its loss before the update, a kept tensor. */
export interface UpdateResult {
  readonly player: string;
  readonly loss: Scalar;
}

/** Called with the parts of an iteration as they are made. They change nothing: the numbers are the iteration's own. */
export interface IterationHooks {
  /** A batch was drawn that these players share. */
  sample(players: readonly CompiledPlayer[]): void;
  /** Called with every tensor that the loss of a player evaluates. */
  hook(player: CompiledPlayer): NonNullable<Pass['hook']>;
  loss(player: CompiledPlayer, loss: Scalar): void;
  /** Of the loss here, of the loss half a step ahead, or with the pull of consensus; flat over θ. */
  gradient(player: CompiledPlayer, gradient: Tensor, at: 'here' | 'half-step' | 'consensus'): void;
  /** A half-step, which only the next gradient sees, or the step itself; θ flat. */
  moved(player: CompiledPlayer, from: Tensor, to: Tensor, how: 'half-step' | 'step'): void;
}

/** What it takes to say where players go. */
interface Moving {
  readonly tf: Tf;
  readonly plan: Plan;
  readonly players: readonly CompiledPlayer[];
  readonly state: State;
  readonly hooks?: IterationHooks;
  /** The share of the target iterations that is done. */
  progress(): number;
}

interface Context extends Moving {
  readonly counters: Counters;
  params: Pass['params'];
  /** Called with each gradient that a player follows, flat over its θ, before it moves. */
  follow?(player: string, gradient: Tensor): void;
  passOver(purpose: 'train', index: number, rows: number): { pass: Pass; dispose(): void };
}

/** The players of a plan, in the order of their updates. */
export function compilePlayers(plan: Plan, state: State): readonly CompiledPlayer[] {
  const plain = plan.players.map(
    (player): CompiledPlayer => ({
      plan: player,
      tasks: gameTasks(plan, [player.loss]),
      slices: state.slices.get(player.id) ?? [],
    }),
  );
  return plain.map((player): CompiledPlayer => {
    const opponent = plain.find(({ plan: { id } }) => id === player.plan.opponent);
    const steps = readOptimizer(player.plan.params).unroll;
    return opponent && steps > 0 ? { ...player, unroll: { opponent, steps } } : player;
  });
}

/**
 * What one iteration means, for each `update` of the settings. A generator: it yields after each update, so
 * that the loop around it can pause between updates.
 */
export function createIteration(context: Context): (hooks?: IterationHooks) => Generator<UpdateResult> {
  const { plan, players } = context;
  const seenBy = (hooks: IterationHooks | undefined): Context => (hooks ? { ...context, hooks } : context);
  switch (plan.settings.update) {
    case 'alternating':
      return (hooks) => alternate(seenBy(hooks), players);
    case 'simultaneous':
    case 'extragradient':
    case 'consensus':
      return (hooks) => moveTogether(seenBy(hooks), players);
    default:
      return assertNever(plan.settings.update);
  }
}

/** Players in order, each `steps` times; each update sees those before it. */
function* alternate(context: Context, players: readonly CompiledPlayer[]): Generator<UpdateResult> {
  // `steps` may change during the run, so it is read before each update.
  for (const player of players)
    for (let step = 0; step < readOptimizerNow(context.params(player.plan)).steps; step++) {
      const [loss] = update(context, [player], (pass) => {
        if (player.plan.frozen) return [lossOf(context, pass, player)];
        const found = gradientOf(context, pass, player);
        move(context, pass, player, found);
        return [found.loss];
      });
      yield { player: player.plan.id, loss: defined(loss, 'loss') };
    }
  endIteration(context);
}

/** All players from one θ and one batch. */
function* moveTogether(context: Context, players: readonly CompiledPlayer[]): Generator<UpdateResult> {
  const losses = update(context, players, (pass) => {
    const first = players.map((player) => gradientOf(context, pass, player));
    const gradients = directions(context, pass, players, first);
    players.forEach((player, i) => {
      if (!player.plan.frozen) move(context, pass, player, defined(gradients[i], player.plan.id));
    });
    return first.map(({ loss }) => loss);
  });
  for (const [i, player] of players.entries())
    yield { player: player.plan.id, loss: defined(losses[i], 'loss') };
  endIteration(context);
}

/** Counts it, and moves what moves between iterations. */
function endIteration({ tf, plan, state, counters, params }: Context): void {
  // By the parameters of the iteration that ends.
  const averagings = plan.averagings.map((averaging) => ({ ...averaging, params: params(averaging) }));
  counters.iteration++;
  for (const averaging of averagings)
    tf.tidy(() => followIteration(tf, state, averaging, counters.iteration));
}

/** A player's gradient at the current θ, through its opponent's next steps where it looks ahead. */
function gradientOf({ state, hooks }: Moving, pass: Pass, player: CompiledPlayer): Gradient {
  const found = playerGradient(hooked(hooks, player, pass), player, undefined, (same) =>
    aheadOf(state, player, same),
  );
  hooks?.loss(player, found.loss);
  hooks?.gradient(player, found.gradient, 'here');
  return found;
}

/** The loss of a player that does not move. */
function lossOf({ hooks }: Moving, pass: Pass, player: CompiledPlayer): Scalar {
  const loss = playerLoss(hooked(hooks, player, pass), player);
  hooks?.loss(player, loss);
  return loss;
}

const hooked = (hooks: IterationHooks | undefined, player: CompiledPlayer, pass: Pass): Pass =>
  hooks ? { ...pass, hook: hooks.hook(player) } : pass;

/** Where all players would go by one pass, each from the current θ. Nothing is written. */
export function proposeAll(context: Moving, pass: Pass): readonly PlayerState[] {
  const { tf, state, players } = context;
  const first = players.map((player) => gradientOf(context, pass, player));
  const gradients = directions(context, pass, players, first);
  return players.map((player, i) =>
    proposeUpdate(pass, player, playerStateOf(tf, state, player), defined(gradients[i], player.plan.id)),
  );
}

function move(context: Context, pass: Pass, player: CompiledPlayer, direction: Direction): void {
  const { tf, state, follow, hooks } = context;
  follow?.(player.plan.id, direction.gradient);
  const from = playerStateOf(tf, state, player);
  const to = proposeUpdate(pass, player, from, direction);
  hooks?.moved(player, from.theta, to.theta, 'step');
  commitUpdate(tf, state, player, to);
}

/**
 * One update on one batch: `work` computes and moves, and what train-mode calls observed on the way then
 * advances the statistics of the networks that `movers` hold. Returns the losses, kept.
 */
function update(
  context: Context,
  movers: readonly CompiledPlayer[],
  work: (pass: Pass) => readonly Scalar[],
): Scalar[] {
  const { tf, plan, counters } = context;
  const index = plan.settings.batches === 'per-update' ? counters.updates : counters.iteration;
  const { pass, dispose } = context.passOver('train', index, plan.settings.batchSize);
  context.hooks?.sample(movers);
  const observations: Observation[] = [];
  // The forward pass of a gradient disposes what it does not return, so observations are kept.
  const observe = ({ observed, ...about }: Observation) => {
    const kept = Object.entries(observed).map(([name, tensor]) => [name, tf.keep(tensor.clone())]);
    observations.push({ ...about, observed: Object.fromEntries(kept) });
  };
  try {
    return tf.tidy(() => {
      const moved = movers.filter((player) => !player.plan.frozen);
      const held = heldBy(plan, moved);
      prepareBuffers(pass, context.state, held);
      const made = movers.map(({ plan: { id } }) => context.state.steps.get(id) ?? 0);
      const computed = work({ ...pass, observe, update: Math.max(...made) });
      advanceState(context, pass, held, observations);
      return computed.map((loss) => tf.keep(loss.clone()));
    });
  } finally {
    for (const { observed } of observations) for (const tensor of Object.values(observed)) tensor.dispose();
    dispose();
    counters.updates++;
  }
}

/** The gradients that the players follow, given those at the current θ. */
function directions(
  { tf, plan, state, hooks, progress }: Moving,
  pass: Pass,
  players: readonly CompiledPlayer[],
  first: readonly Gradient[],
): readonly Direction[] {
  const { update, consensus } = plan.settings;
  switch (update) {
    case 'alternating':
    case 'simultaneous':
      return first;
    case 'extragradient': {
      // θ½ = θ - step(g(θ)), moments untouched; then θ follows g(θ½) (Korpelevich 1976; Gidel et al. 2019).
      let ahead = pass;
      players.forEach((player, i) => {
        if (player.plan.frozen) return;
        const from = playerStateOf(tf, state, player);
        const half = proposeUpdate(pass, player, from, defined(first[i], 'gradient'));
        hooks?.moved(player, from.theta, half.theta, 'half-step');
        ahead = withWeights(ahead, player.slices, cut(tf, half.theta, player.slices));
      });
      return players.map((player) => {
        const found = playerGradient(ahead, player);
        hooks?.gradient(player, found.gradient, 'half-step');
        return found;
      });
    }
    case 'consensus': {
      // v + γ ∇ ½‖v‖², v all players' gradients (Mescheder et al. 2017).
      const slices = players.flatMap((player) => player.slices);
      const theta = slices.map(({ key }) => defined(state.weights.get(key), key) as Tensor);
      const half = () => {
        const squares = players.map((player) => tf.sum(tf.square(playerGradient(pass, player).gradient)));
        return tf.mul(tf.addN(squares), 0.5);
      };
      const { grads } = tf.engine().gradients(half as () => Scalar, theta, undefined, true);
      let offset = 0;
      return players.map((player, i) => {
        const parts = player.slices.map(
          ({ size }, j) => grads[offset + j]?.reshape([size]) ?? tf.zeros([size]),
        );
        offset += player.slices.length;
        const pull = parts.length === 1 ? (parts[0] as Tensor) : tf.concat(parts, 0);
        const own = defined(first[i], 'gradient');
        const gradient = tf.add(own.gradient, tf.mul(pull, valueAt(consensus, progress())));
        hooks?.gradient(player, gradient, 'consensus');
        // The pull may reach further than the loss, so every weight is updated.
        return { gradient, reached: own.reached.map(() => true) };
      });
    }
    default:
      return assertNever(update);
  }
}

/** The networks that these players move. */
function heldBy(plan: Plan, players: readonly CompiledPlayer[]): readonly PlanNetwork[] {
  const ids = new Set(players.flatMap((player) => player.plan.networks));
  return plan.networks.filter(({ id }) => ids.has(id));
}

/** After θ has moved: memories of the game, moving statistics of the networks that moved, then their averages. */
function advanceState(
  { tf, plan, state, progress }: Context,
  pass: Pass,
  held: readonly PlanNetwork[],
  observations: readonly Observation[],
): void {
  const layers = new Set(held.flatMap((network) => network.nodes.map(({ id }) => id)));
  advanceBuffers(
    pass,
    state,
    plan.calls,
    observations.filter(({ call, layer }) => call === layer.id || layers.has(layer.id)),
  );
  for (const network of held)
    if (network.ema !== undefined)
      followAverages(tf, state, {
        slices: weightSlices(network),
        buffers: bufferSlices(network),
        ema: valueAt(network.ema, progress()),
      });
}
