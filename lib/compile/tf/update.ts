import type { Scalar, Variable } from '@tensorflow/tfjs-core';
import type { Tensor, Tensors, Tf } from '@/lib/nodes/define';
import { pack, unpack } from '@/lib/nodes/operations';
import { readOptimizerNow } from '@/lib/nodes/role-params';
import { assert, defined } from '@/lib/util/assert';
import { weightKey } from '../compile';
import type { PlanAveraging, PlanNetwork, PlanPlayer } from '../plan';
import { evaluateTasks } from './evaluate';
import { type Bindings, type Observation, type Pass, unseen } from './pass';
import { LAST_CHANGE, reachedKey, SLOW, type Slice, type State } from './state';
import { definitionOf, refKey, type Task } from './tasks';

/** A player with the tasks of its loss worked out. */
export interface CompiledPlayer {
  /** Whose steps it looks ahead, and how many. */
  readonly unroll?: { readonly opponent: CompiledPlayer; readonly steps: number };
  readonly plan: PlanPlayer;
  readonly tasks: readonly Task[];
  readonly slices: readonly Slice[];
}

/** A direction over a player's θ, flat. */
export interface Direction {
  readonly gradient: Tensor;
  /** Whether it reaches each weight: where it does not, there are zeros. */
  readonly reached: readonly boolean[];
}

/** A loss and its gradient. Tensors of the caller's tidy. */
export interface Gradient extends Direction {
  readonly loss: Scalar;
}

/**
 * ∂J/∂θ of one player at `theta` (default: the pass's live weights). Differentiable once more where every kind on the way is. `ahead` moves the pass on before the loss
 * is evaluated, inside what is differentiated.
 */
export function playerGradient(
  pass: Pass,
  player: CompiledPlayer,
  theta?: readonly Tensor[],
  ahead: (pass: Pass) => Pass = (same) => same,
): Gradient {
  const { tf } = pass;
  const own = theta ?? player.slices.map(({ key }) => defined(pass.live.weights.get(key), key));
  const bound = theta ? withWeights(pass, player.slices, theta) : pass;
  const { value, grads } = tf
    .engine()
    .gradients(() => playerLoss(ahead(bound), player), [...own], undefined, true);
  const parts = player.slices.map(({ shape }, i) => grads[i] ?? tf.zeros([...shape]));
  const reached = player.slices.map((_, i) => Boolean(grads[i]));
  return { loss: value as Scalar, gradient: pack(tf, parts), reached };
}

/** A player's loss alone: what a frozen player is shown with. */
export function playerLoss(pass: Pass, player: CompiledPlayer): Scalar {
  const key = refKey(player.plan.loss);
  return defined(evaluateTasks(pass, player.tasks).get(key), key) as Scalar;
}

/** The same pass with other live weights for some keys. */
export function withWeights(pass: Pass, slices: readonly Slice[], tensors: readonly Tensor[]): Pass {
  const weights = new Map<string, Tensor>(pass.live.weights);
  slices.forEach(({ key }, i) => {
    weights.set(key, defined(tensors[i], key));
  });
  const live: Bindings = { weights, buffers: pass.live.buffers };
  return { ...pass, live };
}

const flatWeights = (tf: Tf, slices: readonly Slice[], weights: ReadonlyMap<string, Tensor>): Tensor =>
  pack(
    tf,
    slices.map(({ key }) => defined(weights.get(key), key)),
  );

/** A flat vector cut into weights. */
export const cut = (tf: Tf, flat: Tensor, slices: readonly Slice[]): Tensor[] =>
  unpack(
    tf,
    flat,
    slices.map(({ shape }) => shape),
  );

/** What a player's next step starts from; all flat. */
export interface PlayerState {
  readonly theta: Tensor;
  readonly slots: Tensors;
  /** Updates made so far, and how many of them reached each weight. */
  readonly steps: number;
  readonly counts: readonly number[];
}

export function playerStateOf(tf: Tf, state: State, { plan, slices }: CompiledPlayer): PlayerState {
  const steps = state.steps.get(plan.id) ?? 0;
  return {
    theta: keptFlat(state, plan.id, slices) ?? flatWeights(tf, slices, state.weights),
    slots: Object.fromEntries(defined(state.moments.get(plan.id), plan.id)),
    steps,
    counts: slices.map(({ key }) => state.steps.get(reachedKey(plan.id, key)) ?? steps),
  };
}

/** θ as the player's last update made it, if nobody has written to its weights since. */
function keptFlat(state: State, player: string, slices: readonly Slice[]): Tensor | undefined {
  const kept = state.flat.get(player);
  const isCurrent = kept && slices.every(({ key }, i) => state.weights.get(key)?.dataId === kept.from[i]);
  return isCurrent ? kept.theta : undefined;
}

/** Where a player would go by `gradient`. Writes nothing; differentiable where its optimizer is. */
export function proposeUpdate(
  pass: Pass,
  { plan, slices }: CompiledPlayer,
  from: PlayerState,
  { gradient, reached }: Direction,
): PlayerState {
  const { tf } = pass;
  const definition = definitionOf(plan.kind);
  assert(definition.role === 'optimizer', `${plan.kind} updates weights`);
  const params = pass.params(plan);
  const { clipNorm, clipWeights } = readOptimizerNow(params);
  const { [LAST_CHANGE]: last, ...slots } = from.slots;
  const clipped = clipNorm === null ? gradient : clipByNorm(tf, gradient, clipNorm);
  const counts = from.counts.map((count, i) => (reached[i] ? count + 1 : count));
  const whole: Flat = { gradient: clipped, theta: from.theta, slots };
  const changeBy: ChangeBy = (flat, step) => definition.direction(tf, { params, ...flat, step });
  const isWhole = reached.every(Boolean) && new Set(counts).size <= 1;
  const { change, slots: next } = isWhole
    ? changeBy(whole, counts[0] ?? from.steps + 1)
    : changeInParts(tf, slices, whole, { counts, reached, changeBy });
  // Optimistic: θ - 2 change + the last change; the first step is a plain one (Daskalakis et al. 2018).
  const step = last && from.steps > 0 ? tf.sub(tf.mul(change, 2), last) : change;
  const moved = tf.sub(from.theta, step);
  return {
    theta: clipWeights === null ? moved : tf.clipByValue(moved, -clipWeights, clipWeights),
    slots: last ? { ...next, [LAST_CHANGE]: change } : next,
    steps: from.steps + 1,
    counts,
  };
}

/** Of all weights or of some, flat. */
interface Flat {
  readonly gradient: Tensor;
  readonly theta: Tensor;
  readonly slots: Tensors;
}

interface Change {
  readonly change: Tensor;
  readonly slots: Tensors;
}

/** The `step`-th step of an optimizer. */
type ChangeBy = (flat: Flat, step: number) => Change;

/** Each weight by its own count of updates. Those that are out of reach stay, and so do their moments. */
function changeInParts(
  tf: Tf,
  slices: readonly Slice[],
  { gradient, theta, slots }: Flat,
  about: Pick<PlayerState, 'counts'> & Pick<Direction, 'reached'> & { readonly changeBy: ChangeBy },
): Change {
  const { counts, reached, changeBy } = about;
  const parts = { gradient: cut(tf, gradient, slices), theta: cut(tf, theta, slices) };
  const change: Tensor[] = slices.map(({ shape }) => tf.zeros([...shape]));
  const kept = Object.entries(slots).map(([slot, flat]) => [slot, cut(tf, flat, slices)] as const);
  for (const count of new Set(counts.filter((_, i) => reached[i]))) {
    const members = slices.flatMap((_, i) => (reached[i] && counts[i] === count ? [i] : []));
    const gather = (all: readonly Tensor[]) =>
      pack(
        tf,
        members.map((i) => defined(all[i], `weight ${i}`)),
      );
    const scatter = (flat: Tensor, all: Tensor[]) =>
      cut(
        tf,
        flat,
        members.map((i) => defined(slices[i], `weight ${i}`)),
      ).forEach((tensor, k) => {
        all[defined(members[k], `member ${k}`)] = tensor;
      });
    const held = Object.fromEntries(kept.map(([slot, all]) => [slot, gather(all)]));
    const found = changeBy(
      { gradient: gather(parts.gradient), theta: gather(parts.theta), slots: held },
      count,
    );
    scatter(found.change, change);
    for (const [slot, all] of kept) scatter(defined(found.slots[slot], slot), all);
  }
  return {
    change: pack(tf, change),
    slots: Object.fromEntries(kept.map(([slot, all]) => [slot, pack(tf, all)])),
  };
}

/**
 * The pass `steps` updates of `opponent` later: from its current moments, on the same batch, by its real rule,
 * differentiable in everything that its gradients depend on (Metz et al. 2017). Nothing is stored.
 */
function lookAhead(pass: Pass, state: State, opponent: CompiledPlayer, steps: number): Pass {
  const { tf } = pass;
  const quiet = unseen(pass);
  let reached = playerStateOf(tf, state, opponent);
  let ahead: Pass = quiet;
  for (let step = 0; step < steps; step++) {
    const theta = cut(tf, reached.theta, opponent.slices);
    reached = proposeUpdate(pass, opponent, reached, playerGradient(quiet, opponent, theta));
    ahead = withWeights(quiet, opponent.slices, cut(tf, reached.theta, opponent.slices));
  }
  return { ...pass, live: ahead.live };
}

/** The pass that a player's loss is evaluated in: its opponent's next steps later, where it looks ahead. */
export const aheadOf = (state: State, { unroll }: CompiledPlayer, pass: Pass): Pass =>
  unroll ? lookAhead(pass, state, unroll.opponent, unroll.steps) : pass;

/** Scaled down to `limit` where its norm is larger (Pascanu et al. 2013). */
function clipByNorm(tf: Tf, gradient: Tensor, limit: number): Tensor {
  const norm = tf.sqrt(tf.sum(tf.square(gradient)));
  return tf.mul(gradient, tf.div(limit, tf.maximum(norm, limit)));
}

/** Makes a proposal real: weights, moments, the count of updates. */
export function commitUpdate(tf: Tf, state: State, player: CompiledPlayer, proposal: PlayerState): void {
  const parts = cut(tf, proposal.theta, player.slices);
  player.slices.forEach(({ key }, i) => {
    defined(state.weights.get(key), key).assign(defined(parts[i], key));
  });
  state.flat.get(player.plan.id)?.theta.dispose();
  state.flat.set(player.plan.id, {
    theta: tf.keep(proposal.theta.clone()),
    from: player.slices.map(({ key }) => defined(state.weights.get(key), key).dataId),
  });
  const moments = defined(state.moments.get(player.plan.id), player.plan.id);
  for (const [slot, tensor] of Object.entries(proposal.slots))
    defined(moments.get(slot), slot).assign(tensor);
  state.steps.set(player.plan.id, proposal.steps);
  player.slices.forEach(({ key }, i) => {
    const count = defined(proposal.counts[i], key);
    if (count !== proposal.steps) state.steps.set(reachedKey(player.plan.id, key), count);
  });
}

/** How many are made of the weights that a run starts with, as PyTorch's spectral_norm does. */
export const FIRST_ITERATIONS = 15;

/** Power iterations and their like, of the networks that are about to move. */
export function prepareBuffers(pass: Pass, state: State, networks: readonly PlanNetwork[]): void {
  for (const layer of networks.flatMap(({ nodes }) => nodes)) {
    const definition = definitionOf(layer.kind);
    if (definition.role !== 'layer' || !definition.prepare || layer.buffers.length === 0) continue;
    const held = (specs: typeof layer.weights, from: ReadonlyMap<string, Tensor>) =>
      Object.fromEntries(specs.map(({ name }) => [name, defined(from.get(weightKey(layer.id, name)), name)]));
    const next = pass.tf.tidy(() =>
      definition.prepare?.(pass.tf, pass.params(layer), {
        weights: held(layer.weights, pass.live.weights),
        buffers: held(layer.buffers, pass.live.buffers),
      }),
    );
    for (const [name, tensor] of Object.entries(next ?? {}))
      defined(state.buffers.get(weightKey(layer.id, name)), name).assign(tensor);
  }
}

/**
 * Moves the moving statistics, and the memories of the game's ops, by what was observed: in document order of
 * the calls, each once, however often the update evaluated it.
 */
export function advanceBuffers(
  pass: Pass,
  state: State,
  callOrder: readonly string[],
  observations: readonly Observation[],
): void {
  const position = new Map(callOrder.map((call, i) => [call, i]));
  const ordered = [...observations].sort((a, b) => (position.get(a.call) ?? 0) - (position.get(b.call) ?? 0));
  const seen = new Set<string>();
  for (const { call, layer, observed } of ordered) {
    const definition = definitionOf(layer.kind);
    const isHolding = definition.role === 'layer' || definition.role === 'op' || definition.role === 'loss';
    const isSeen = seen.has(`${call}/${layer.id}`);
    if (!isHolding || !definition.advance || isSeen) continue;
    seen.add(`${call}/${layer.id}`);
    const held = layer.buffers.map(({ name }) => {
      const key = weightKey(layer.id, name);
      return [name, defined(state.buffers.get(key), key)] as const;
    });
    const next = definition.advance(pass.tf, pass.params(layer), Object.fromEntries(held), observed);
    for (const [name, variable] of held) variable.assign(defined(next[name], name));
  }
}

/** average ← decay · average + (1 - decay) · θ, after an update of the network; buffers are copied. */
export function followAverages(
  tf: Tf,
  state: State,
  network: { readonly slices: readonly Slice[]; readonly buffers: readonly Slice[]; readonly ema: number },
): void {
  const { slices, buffers, ema } = network;
  const average = flatWeights(tf, slices, state.averages);
  const next = tf.add(tf.mul(average, ema), tf.mul(flatWeights(tf, slices, state.weights), 1 - ema));
  cut(tf, next, slices).forEach((tensor, i) => {
    const key = (slices[i] as Slice).key;
    defined(state.averages.get(key), key).assign(tensor);
  });
  for (const { key } of buffers) {
    const buffer: Variable = defined(state.buffers.get(key), key);
    defined(state.averages.get(key), key).assign(buffer.clone());
  }
}

/** The weights and the slow weights after an iteration. */
export function followIteration(
  tf: Tf,
  state: State,
  { id, kind, params }: PlanAveraging,
  iteration: number,
): void {
  const definition = definitionOf(kind);
  assert(definition.role === 'averaging', `${kind} averages weights`);
  const slices = defined(state.slices.get(id), id);
  const slow = defined(state.moments.get(id)?.get(SLOW), id);
  const moved = definition.follow(tf, {
    params,
    theta: flatWeights(tf, slices, state.weights),
    slow,
    iteration,
  });
  if (!moved) return;
  cut(tf, moved.theta, slices).forEach((tensor, i) => {
    const { key } = slices[i] as Slice;
    defined(state.weights.get(key), key).assign(tensor);
  });
  slow.assign(moved.slow);
}
