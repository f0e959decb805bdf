import type { Tensor, TensorData, Tf } from '@/lib/nodes/define';
import { defined } from '@/lib/util/assert';
import type { Plan, PlanNode, Ref } from '../plan';
import { evaluateTasks } from './evaluate';
import type { Origin, Pass } from './pass';
import { readBack } from './read-game';
import { type State, weightSlices } from './state';
import { definitionOf, gameTasks, refKey } from './tasks';
import { aheadOf, type CompiledPlayer, playerGradient } from './update';

/** What a run's health is judged by, at one moment, on evaluation noise. */
export interface Look {
  /** By `node.port`. */
  readonly values: ReadonlyMap<string, TensorData>;
  /**
   * `gradient.PLAYER`: ‖∂J/∂θ‖ of each player that moves; `weights.NETWORK`: root mean square of θ; `off.LAYER`: share of an
   * activation's units that are off for every example, in every call that was evaluated.
   */
  readonly figures: { readonly [name: string]: number };
}

/** A game as it stands, to be looked at on evaluation noise. */
export interface LookContext {
  readonly tf: Tf;
  readonly plan: Plan;
  readonly players: readonly CompiledPlayer[];
  readonly state: State;
  /** Of the run, 0 to 1. */
  progress(): number;
  passOver(purpose: 'evaluation', index: number, rows: number): { pass: Pass; dispose(): void };
}

/** Values of references for so many rows, and figures; gradients are of a batch at most. No state is touched. */
export async function readLook(context: LookContext, refs: readonly Ref[], rows: number): Promise<Look> {
  const { tf, plan, passOver } = context;
  const forwards = passOver('evaluation', 0, rows);
  const back = passOver('evaluation', 0, Math.min(rows, plan.settings.batchSize));
  let figures: readonly Figure[] = [];
  let tensors: readonly Tensor[] = [];
  try {
    tensors = tf.tidy(() => {
      const greatest = new Map<string, Tensor>();
      const hooked = { ...forwards.pass, hook: watchUnits(context, greatest) };
      const values = evaluateTasks(hooked, gameTasks(plan, refs));
      const off = unitsOff(tf, greatest).map(([layer, share]): Figure => [`off.${layer}`, share]);
      figures = [...off, ...gradientsOf(context, back.pass), ...weightsOf(context)];
      const read = refs.map((ref) => defined(values.get(refKey(ref)), refKey(ref)).clone());
      return [tf.stack([tf.scalar(0), ...figures.map(([, figure]) => figure)]), ...read];
    });
  } finally {
    forwards.dispose();
    back.dispose();
  }
  const [numbers, ...read] = await Promise.all(tensors.map(readBack));
  return {
    values: new Map(
      refs.map((ref, i) => [refKey(ref), { ...defined(read[i], refKey(ref)), label: refKey(ref) }]),
    ),
    figures: Object.fromEntries(figures.map(([name], i) => [name, numbers?.data[i + 1] ?? Number.NaN])),
  };
}

type Figure = readonly [name: string, value: Tensor];

/** By layer, of what `watchUnits` kept. */
export const unitsOff = (tf: Tf, greatest: ReadonlyMap<string, Tensor>): Figure[] =>
  [...greatest].map(([layer, most]) => [layer, tf.mean(tf.cast(tf.lessEqual(most, 0), 'float32'))]);

const gradientsOf = ({ tf, players, state }: LookContext, pass: Pass): Figure[] =>
  players
    .filter(({ plan: { frozen } }) => !frozen)
    .map((player) => {
      const { gradient } = playerGradient(pass, player, undefined, (same) => aheadOf(state, player, same));
      return [`gradient.${player.plan.id}`, tf.norm(gradient)];
    });

const weightsOf = ({ tf, plan, state }: LookContext): Figure[] =>
  plan.networks.flatMap((network) => {
    const weights = weightSlices(network).map(({ key }) => defined(state.weights.get(key), key));
    if (weights.length === 0) return [];
    const sum = tf.addN(weights.map((weight) => tf.sum(tf.square(weight))));
    const count = weights.reduce((total, { size }) => total + size, 0);
    return [[`weights.${network.id}`, tf.sqrt(tf.div(sum, count))]];
  });

/** Keeps of each unit that may be off the greatest output; of an image's channels over all places. */
export function watchUnits({ tf, plan }: Pick<LookContext, 'tf' | 'plan'>, greatest: Map<string, Tensor>) {
  const layers = new Set(plan.networks.flatMap(({ nodes }) => nodes.filter(isGate).map(({ id }) => id)));
  return ({ node }: Origin, tensor: Tensor): Tensor => {
    if (!layers.has(node) || tensor.rank < 2) return tensor;
    const most = tf.max(
      tensor,
      tensor.shape.slice(0, -1).map((_, axis) => axis),
    );
    const before = greatest.get(node);
    greatest.set(node, before ? tf.maximum(before, most) : most);
    return tensor;
  };
}

/** An activation that passes nothing on, and no gradient back, where it is off: ReLU. */
function isGate({ kind }: PlanNode): boolean {
  const { sparse, maps } = definitionOf(kind).traits ?? {};
  return sparse === true && maps !== undefined;
}
