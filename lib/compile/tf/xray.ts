import type { Scalar } from '@tensorflow/tfjs-core';
import type { Tensor, TensorData } from '@/lib/nodes/define';
import { readCall } from '@/lib/nodes/role-params';
import { defined } from '@/lib/util/assert';
import type { Plan, PlanNetwork } from '../plan';
import { evaluateTasks } from './evaluate';
import { proposeAll } from './iterate';
import type { LookContext } from './look';
import type { Origin, Pass } from './pass';
import { readBack } from './read-game';
import { weightSlices } from './state';
import { definitionOf, gameTasks, refKey } from './tasks';
import { aheadOf, cut, playerLoss } from './update';

/** What an X-ray finds: the numbers on an output, what comes back to them, a weight, the step that it would take. */
export interface Seen extends About {
  readonly data: TensorData;
}

interface About {
  /** `node.port` of an output, or the node of a layer that has weights. */
  readonly target: string;
  readonly what: 'value' | 'gradient' | 'weight' | 'change';
  /** The call in which a layer gave it. */
  readonly call?: string;
  /** Whose loss a gradient is of, or whose step a change is. A player that does not evaluate an output has none. */
  readonly player?: string;
  /** Of a weight. */
  readonly name?: string;
}

type Found = About & { readonly tensor: Tensor };

/** One evaluation of the game by each player's loss, forwards and back. */
export async function readXrays(context: LookContext, targets: readonly string[]): Promise<readonly Seen[]> {
  const { tf, plan, passOver } = context;
  const { pass, dispose } = passOver('evaluation', 0, plan.settings.batchSize);
  let found: readonly Found[] = [];
  try {
    tf.tidy(() => {
      const all = [...flowsOf(context, pass, new Set(targets)), ...weightsOf(context, pass, targets)];
      found = all.map((each) => ({ ...each, tensor: each.tensor.clone() }));
      return found.map(({ tensor }) => tensor);
    });
  } finally {
    dispose();
  }
  return Promise.all(
    found.map(async ({ tensor, ...about }) => ({
      ...about,
      data: { ...(await readBack(tensor)), label: about.target },
    })),
  );
}

const keyOf = (origin: Origin): string => `${origin.call ?? ''}/${refKey(origin)}`;

/** The numbers on outputs, in each call where they are a layer's, with ∂J/∂ of them for each J that reads them. */
function flowsOf(
  { tf, plan, players, state }: LookContext,
  pass: Pass,
  targets: ReadonlySet<string>,
): Found[] {
  const values = new Map<string, Found>();
  /** Evaluates with a hook on the targets. */
  const collect = (evaluate: (pass: Pass) => unknown) => {
    const found = new Map<string, Tensor>();
    const hook = (origin: Origin, tensor: Tensor) => {
      const [key, target] = [keyOf(origin), refKey(origin)];
      if (!targets.has(target)) return tensor;
      found.set(key, tensor);
      const { call } = origin;
      if (!values.has(key)) values.set(key, { target, what: 'value', ...(call && { call }), tensor });
      return tensor;
    };
    evaluate({ ...pass, hook });
    return found;
  };

  const gradients = players.flatMap((player): Found[] => {
    const found = [...collect((hooked) => playerLoss(hooked, player))];
    if (found.length === 0) return [];
    // ∂J/∂v is ∂J/∂ε at v + ε, ε = 0.
    const zeros = new Map(found.map(([key, tensor]) => [key, tf.zerosLike(tensor)]));
    const hook = (origin: Origin, tensor: Tensor) => {
      const zero = zeros.get(keyOf(origin));
      return zero ? tf.add(tensor, zero) : tensor;
    };
    const loss = (): Scalar => playerLoss(aheadOf(state, player, { ...pass, hook }), player);
    const { grads } = tf.engine().gradients(loss, [...zeros.values()], undefined, true);
    return [...zeros].map(([key, zero], i) => ({
      ...defined(values.get(key), key),
      what: 'gradient',
      player: player.plan.id,
      tensor: grads[i] ?? zero,
    }));
  });

  // What no loss reads is there for a view or a metric.
  const evaluated = new Set([...values.values()].map(({ target }) => target));
  for (const target of targets) {
    if (evaluated.has(target)) continue;
    for (const refs of readersOf(plan, target))
      collect((hooked) => evaluateTasks(hooked, gameTasks(plan, refs)));
  }
  return [...values.values(), ...gradients];
}

/** What has to be evaluated for an output: itself, or the calls of its network. */
function readersOf(plan: Plan, target: string) {
  const refsOf = ({ id, outputShapes }: Plan['game'][number]) =>
    Object.keys(outputShapes).map((port) => ({ node: id, port }));
  const own = plan.game.flatMap(refsOf).filter((ref) => refKey(ref) === target);
  if (own.length > 0) return [own];
  const network = plan.networks.find(({ inputs, nodes }) =>
    [...inputs.map(({ node }) => node), ...nodes.map(({ id }) => id)].some((id) =>
      target.startsWith(`${id}.`),
    ),
  );
  return plan.game
    .filter(
      ({ kind, params }) => definitionOf(kind).role === 'call' && readCall(params).network === network?.id,
    )
    .map(refsOf);
}

/** The weights of layers, and the step that each player would take with them by this batch. */
function weightsOf(context: LookContext, pass: Pass, targets: readonly string[]): Found[] {
  const { tf, players, state } = context;
  const opened = targets.flatMap((target) =>
    slicesOf(context.plan.networks, target).map(({ key }) => ({
      target,
      key,
      name: key.slice(target.length + 1),
    })),
  );
  if (opened.length === 0) return [];
  const proposals = proposeAll(context, pass);
  return opened.flatMap(({ target, key, name }): Found[] => {
    const tensor = defined(state.weights.get(key), key);
    const changes = players.flatMap(({ plan: { id, frozen }, slices }, i): Found[] => {
      const at = slices.findIndex((slice) => slice.key === key);
      const theta = proposals[i]?.theta;
      if (at < 0 || frozen || !theta) return [];
      const next = defined(cut(tf, theta, slices)[at], key);
      return [{ target, what: 'change', name, player: id, tensor: tf.sub(next, tensor) }];
    });
    return [{ target, what: 'weight', name, tensor }, ...changes];
  });
}

const slicesOf = (networks: readonly PlanNetwork[], layer: string) =>
  networks.flatMap((network) =>
    network.nodes.some(({ id }) => id === layer)
      ? weightSlices(network).filter(({ key }) => key.startsWith(`${layer}.`))
      : [],
  );
