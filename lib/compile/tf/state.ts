import type { Variable } from '@tensorflow/tfjs-core';
import type { Tensor, Tf } from '@/lib/nodes/define';
import { initialise } from '@/lib/nodes/initialise';
import { pack } from '@/lib/nodes/operations';
import { readOptimizer } from '@/lib/nodes/role-params';
import { sizeOf } from '@/lib/shapes/shape';
import { defined } from '@/lib/util/assert';
import { weightKey } from '../compile';
import type { Plan, PlanLayer, PlanNetwork, PlanPlayer } from '../plan';
import { definitionOf } from './tasks';

/** A weight's place in the flat vector of its network or player. */
export interface Slice {
  readonly key: string;
  readonly shape: readonly number[];
  readonly size: number;
}

/**
 * All that a run changes: one tf.Variable per weight and buffer, an average per network that keeps one, and
 * moments per player, flat over its θ so that an update takes a few kernels whatever the number of layers.
 */
export interface State {
  readonly weights: Map<string, Variable>;
  readonly buffers: Map<string, Variable>;
  /** Averages by weight or buffer key, for the networks with `ema`. */
  readonly averages: Map<string, Variable>;
  /** Player, or what averages → slot → flat vector. */
  readonly moments: Map<string, Map<string, Variable>>;
  /** Player → updates made; `player/weight` → how many of them reached that weight, where not all did. */
  readonly steps: Map<string, number>;
  /** Player → its θ, in document order of networks and layers. */
  readonly slices: ReadonlyMap<string, readonly Slice[]>;
  /** Player → its θ as its last update left it, flat, and the data of the weights that were cut from it. */
  readonly flat: Map<string, { readonly theta: Tensor; readonly from: readonly object[] }>;
}

/** What `steps` counts a weight under that some updates of its player did not reach. */
export const reachedKey = (player: string, weight: string): string => `${player}/${weight}`;

/** Where a run stands; with the state's numbers all that is needed to go on. */
export interface Counters {
  iteration: number;
  /** Updates of all players so far: the index of training draws. */
  updates: number;
}

/** θ of a network: its weights in order. */
export const weightSlices = (network: PlanNetwork): Slice[] =>
  network.nodes.flatMap((layer) =>
    layer.weights.map(({ name, shape }) => ({ key: weightKey(layer.id, name), shape, size: sizeOf(shape) })),
  );

export const bufferSlices = (network: PlanNetwork): Slice[] =>
  network.nodes.flatMap((layer) =>
    layer.buffers.map(({ name, shape }) => ({ key: weightKey(layer.id, name), shape, size: sizeOf(shape) })),
  );

function slicesHeld(plan: Plan, networks: readonly string[]): Slice[] {
  const held = new Set(networks);
  return plan.networks.filter(({ id }) => held.has(id)).flatMap(weightSlices);
}

/** The slow weights of what moves whole networks between iterations. */
export const SLOW = 'slow';

/** What the last step of an optimistic player was. */
export const LAST_CHANGE = 'last-change';

function slotsOf({ kind, params }: PlanPlayer): readonly string[] {
  const definition = definitionOf(kind);
  const own = definition.role === 'optimizer' ? definition.slots : [];
  return readOptimizer(params).variant === 'optimistic' ? [...own, LAST_CHANGE] : own;
}

/** A fresh state from the seed: the stream of a weight is (seed, layer, weight). */
export function createState(tf: Tf, plan: Plan): State {
  const { seed } = plan.settings;
  const variable = (values: Float32Array, shape: readonly number[]) =>
    tf.tidy(() => tf.variable(tf.tensor(values, [...shape], 'float32'), false));
  const weights = new Map<string, Variable>();
  const buffers = new Map<string, Variable>();
  const averages = new Map<string, Variable>();
  const start = (layer: PlanLayer, keepsAverage: boolean) => {
    for (const [specs, target] of [
      [layer.weights, weights],
      [layer.buffers, buffers],
    ] as const)
      for (const { name, shape, init } of specs) {
        const key = weightKey(layer.id, name);
        const values = initialise(init, shape, seed, layer.id, name);
        target.set(key, variable(values, shape));
        if (keepsAverage) averages.set(key, variable(values, shape));
      }
  };
  for (const { nodes, ema } of plan.networks) for (const layer of nodes) start(layer, ema !== undefined);
  for (const node of plan.game) start(node, false);
  const slices = new Map(
    [...plan.players, ...plan.averagings].map(
      ({ id, networks }) => [id, slicesHeld(plan, networks)] as const,
    ),
  );
  const moments = new Map<string, Map<string, Variable>>();
  for (const player of plan.players) {
    const size = (slices.get(player.id) ?? []).reduce((sum, slice) => sum + slice.size, 0);
    const zeros = (slot: string) => [slot, variable(new Float32Array(size), [size])] as const;
    moments.set(player.id, new Map(slotsOf(player).map(zeros)));
  }
  for (const { id } of plan.averagings) {
    const copies = (slices.get(id) ?? []).map(({ key }) => defined(weights.get(key), key));
    const flat = tf.tidy(() => tf.variable(pack(tf, copies), false));
    moments.set(id, new Map([[SLOW, flat]]));
  }
  return {
    weights,
    buffers,
    averages,
    moments,
    steps: new Map(plan.players.map(({ id }) => [id, 0])),
    slices,
    flat: new Map(),
  };
}

/** Every variable by a name that says what it is; the order is fixed. */
function stateVariables(state: State): Map<string, Variable> {
  const all = new Map<string, Variable>();
  for (const [key, variable] of state.weights) all.set(`weights/${key}`, variable);
  for (const [key, variable] of state.buffers) all.set(`buffers/${key}`, variable);
  for (const [key, variable] of state.averages) all.set(`averages/${key}`, variable);
  for (const [player, slots] of state.moments)
    for (const [slot, variable] of slots) all.set(`moments/${player}/${slot}`, variable);
  return all;
}

export function disposeState(state: State): void {
  for (const variable of stateVariables(state).values()) variable.dispose();
  for (const { theta } of state.flat.values()) theta.dispose();
}

/** Tensors that share the variables' memory: an assignment gives a variable new memory and leaves these. */
export interface Snapshot {
  readonly tensors: ReadonlyMap<string, Tensor>;
  readonly steps: ReadonlyMap<string, number>;
}

export function takeSnapshot(tf: Tf, state: State): Snapshot {
  const tensors = new Map(
    [...stateVariables(state)].map(([name, variable]) => [name, tf.keep(variable.clone())]),
  );
  return { tensors, steps: new Map(state.steps) };
}

export function restoreSnapshot(state: State, snapshot: Snapshot): void {
  for (const [name, variable] of stateVariables(state))
    variable.assign(defined(snapshot.tensors.get(name), name));
  state.steps.clear();
  for (const [key, count] of snapshot.steps) state.steps.set(key, count);
}

export function disposeSnapshot(snapshot: Snapshot | undefined): void {
  for (const tensor of snapshot?.tensors.values() ?? []) tensor.dispose();
}

/** Numbers of a state, for a checkpoint or a digest. */
export interface StateData {
  readonly arrays: ReadonlyMap<string, { readonly shape: readonly number[]; readonly values: Float32Array }>;
  readonly steps: Readonly<Record<string, number>>;
}

/** Moments leave by layer, so that they find their layer again when others have changed. */
export async function readState(state: State, snapshot?: Snapshot): Promise<StateData> {
  const arrays = new Map<string, { shape: readonly number[]; values: Float32Array }>();
  for (const [name, tensor] of snapshot?.tensors ?? stateVariables(state)) {
    const values = (await tensor.data()) as Float32Array;
    const [group, player = '', slot = ''] = name.split('/');
    if (group !== 'moments') arrays.set(name, { shape: tensor.shape, values: values.slice() });
    else
      eachSlice(state.slices.get(player) ?? [], (slice, offset) => {
        const part = values.slice(offset, offset + slice.size);
        arrays.set(`moments/${player}/${slot}/${slice.key}`, { shape: slice.shape, values: part });
      });
  }
  return { arrays, steps: Object.fromEntries(snapshot?.steps ?? state.steps) };
}

/** Takes over what fits by name and shape; the rest stays as it is. Returns how many arrays were taken. */
export function writeState(tf: Tf, state: State, data: StateData): number {
  let taken = 0;
  const find = (names: readonly string[], shape: readonly number[]) => {
    const fits = names
      .map((name) => data.arrays.get(name))
      .find((array) => array?.shape.join() === shape.join());
    if (fits) taken++;
    return fits?.values;
  };
  for (const [name, variable] of stateVariables(state)) {
    const [group, player = '', slot] = name.split('/');
    if (group !== 'moments') {
      const values = find(namesIn(name), variable.shape);
      if (values) tf.tidy(() => variable.assign(tf.tensor(values, variable.shape)));
      continue;
    }
    const flat = new Float32Array(variable.size);
    eachSlice(state.slices.get(player) ?? [], ({ key, shape }, offset) => {
      // Copies that were not kept so far start where the weights are.
      const values = find([`${name}/${key}`, ...(slot === SLOW ? [`weights/${key}`] : [])], shape);
      if (values) flat.set(values, offset);
    });
    tf.tidy(() => variable.assign(tf.tensor(flat, variable.shape)));
  }
  const known = new Set(
    [...state.slices].flatMap(([player, slices]) => slices.map(({ key }) => reachedKey(player, key))),
  );
  for (const [key, count] of Object.entries(data.steps))
    if (state.steps.has(key) || known.has(key)) state.steps.set(key, count);
  return taken;
}

/** Where a variable's numbers may stand: an average that was not kept so far starts as a copy. */
const namesIn = (name: string): readonly string[] =>
  ['averages/', 'weights/', 'buffers/'].map((group) => name.replace(/^averages\//, group));

export function eachSlice(slices: readonly Slice[], visit: (slice: Slice, offset: number) => void): void {
  let offset = 0;
  for (const slice of slices) {
    visit(slice, offset);
    offset += slice.size;
  }
}
