import type { Probe, Tensor, TensorData, Tf } from '@/lib/nodes/define';
import { resolveParams } from '@/lib/nodes/params';
import { defined } from '@/lib/util/assert';
import { createStream } from '@/lib/util/random';
import type { Plan, PlanNode, Ref } from '../plan';
import { applyNetwork } from './apply-network';
import { createBatch } from './draws';
import { evaluateTasks, slopeOf } from './evaluate';
import { createIteration, type UpdateResult } from './iterate';
import type { Pass } from './pass';
import { createReference } from './reference';
import {
  type Counters,
  createState,
  disposeState,
  readState,
  restoreSnapshot,
  type Snapshot,
  type State,
  type StateData,
  takeSnapshot,
  writeState,
} from './state';
import { gameTasks, refKey, tasksBetween } from './tasks';
import { FIRST_ITERATIONS, prepareBuffers } from './update';

/** A plan brought to life on one backend. */
export interface Game {
  readonly plan: Plan;
  readonly state: State;
  readonly counters: Counters;
  /** The target, by which ramps are stretched. */
  target: number;
  /** One iteration, update by update. The losses are kept tensors; whoever takes them disposes them. */
  iterate(): Generator<UpdateResult>;
  /** Sets a live parameter of a node. */
  setParam(node: string, param: string, value: unknown): void;
  /** Values of references on evaluation noise, `rows` of them, read back; no state is touched. */
  read(refs: readonly Ref[], rows: number): Promise<ReadonlyMap<string, TensorData>>;
  /** ∂ Σ of / ∂ at for so many rows of evaluation noise; undefined where `of` does not depend on `at`. */
  slope(of: Ref, at: Ref, rows: number): Promise<TensorData | undefined>;
  /** A network's output over given points, in eval mode. */
  probe(probe: Probe, bounds: readonly (readonly [number, number])[]): Promise<TensorData>;
  snapshot(): Snapshot & { readonly counters: Counters };
  restore(snapshot: Snapshot & { readonly counters: Counters }): void;
  /** All numbers of the state, or of a snapshot of it. */
  readState(snapshot?: Snapshot): Promise<StateData>;
  writeState(data: StateData): number;
  dispose(): void;
}

/** Rows of one evaluation at a time; more are read in several. */
const CHUNK = 512;

export function createGame(tf: Tf, plan: Plan): Game {
  const state = createState(tf, plan);
  const counters: Counters = { iteration: 0, updates: 0 };
  const networks = new Map(plan.networks.map((network) => [network.id, network]));
  const overrides = new Map<string, Record<string, unknown>>();
  const { seed } = plan.settings;
  const reference = createReference(tf, plan);

  const paramsOf = (node: Pick<PlanNode, 'id' | 'params'>) => {
    const changed = overrides.get(node.id);
    return changed ? { ...node.params, ...changed } : node.params;
  };
  const progress = () => Math.min(1, counters.iteration / game.target);

  const params: Pass['params'] = (node) => resolveParams(paramsOf(node), progress());

  /** A pass over live weights; `index` tells its draws and streams from others. */
  const passOver = (purpose: 'train' | 'evaluation', index: number, rows: number) => {
    const batch = createBatch(tf, { seed, purpose, index, rows });
    const pass: Pass = {
      tf,
      rows,
      networks,
      live: { weights: state.weights, buffers: state.buffers },
      ema: { weights: state.averages, buffers: state.averages },
      params,
      drawn: (node, definition) => batch.drawn(node, definition, params(node)),
      seed: (node, call, what) => createStream(seed, node, call, purpose, what, index).seed(),
      reference: reference.inputs,
    };
    return { pass, dispose: batch.dispose };
  };

  const game: Game = {
    plan,
    state,
    counters,
    target: plan.settings.iterations,
    iterate: () => iteration(),
    setParam(node, param, value) {
      overrides.set(node, { ...overrides.get(node), [param]: value });
    },
    async read(refs, rows) {
      const tasks = gameTasks(plan, refs);
      const chunks: Map<string, Float32Array[]> = new Map();
      const dims = new Map<string, readonly number[]>();
      for (let index = 0, done = 0; done < rows; index++) {
        const count = Math.min(CHUNK, rows - done);
        done += count;
        const { pass, dispose } = passOver('evaluation', index, count);
        const tensors = tf.tidy(() => {
          const values = evaluateTasks(pass, tasks);
          return refs.map((ref) => defined(values.get(refKey(ref)), refKey(ref)).clone());
        });
        dispose();
        for (const [i, ref] of refs.entries()) {
          const tensor = tensors[i] as Tensor;
          const list = chunks.get(refKey(ref)) ?? [];
          list.push(Float32Array.from(await tensor.data()));
          chunks.set(refKey(ref), list);
          dims.set(refKey(ref), tensor.shape.slice(1));
          tensor.dispose();
        }
      }
      return new Map(
        refs.map((ref) => {
          const data = join(chunks.get(refKey(ref)) ?? []);
          const rest = dims.get(refKey(ref)) ?? [];
          const size = rest.reduce((product, dim) => product * dim, 1);
          return [refKey(ref), { data, dims: [data.length / size, ...rest], label: refKey(ref) }];
        }),
      );
    },
    async slope(of, at, rows) {
      const { pass, dispose } = passOver('evaluation', 0, rows);
      const found = tf.tidy(() => {
        const values = evaluateTasks(pass, gameTasks(plan, [of, at]));
        const gradient = slopeOf(pass, { of, at, between: tasksBetween(plan, at, of) }, values);
        return gradient ? [gradient] : [];
      });
      dispose();
      const [gradient] = found;
      if (!gradient) return undefined;
      const data = Float32Array.from(await gradient.data());
      const dims = gradient.shape;
      gradient.dispose();
      return { data, dims, label: refKey(at) };
    },
    async probe({ network: id, input, output, points }, bounds) {
      const network = defined(networks.get(id), `network ${id}`);
      const values = points(bounds);
      const shape = defined(
        network.inputs.find(({ name }) => name === input),
        `input ${input} of ${id}`,
      ).shape;
      const { pass, dispose } = passOver('evaluation', 0, 1);
      const result = tf.tidy(() => {
        const size = shape.dims.reduce((product, dim) => product * dim, 1);
        const tensor = tf.tensor(values, [values.length / size, ...shape.dims], 'float32');
        const application = {
          call: id,
          bindings: pass.live,
          mode: 'eval' as const,
          inputs: { [input]: tensor },
          outputs: [output],
          observes: false,
        };
        return defined(applyNetwork(pass, network, application)[output], output).clone();
      });
      dispose();
      const data = Float32Array.from(await result.data());
      const dims = result.shape;
      result.dispose();
      return { data, dims, label: `${id}.${output}` };
    },
    snapshot: () => ({ ...takeSnapshot(tf, state), counters: { ...counters } }),
    restore(snapshot) {
      restoreSnapshot(state, snapshot);
      Object.assign(counters, snapshot.counters);
    },
    readState: (snapshot) => readState(state, snapshot),
    writeState: (data) => writeState(tf, state, data),
    dispose() {
      disposeState(state);
      reference.dispose();
    },
  };
  const iteration = createIteration({ tf, plan, state, counters, params, passOver });
  // What an update would improve a little starts well.
  tf.tidy(() => {
    const { pass } = passOver('train', 0, 1);
    for (let i = 0; i < FIRST_ITERATIONS; i++) prepareBuffers(pass, state, plan.networks);
  });

  return game;
}

function join(parts: readonly Float32Array[]): Float32Array {
  if (parts.length === 1) return parts[0] as Float32Array;
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}
