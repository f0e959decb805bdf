import type { Tf } from '@/lib/nodes/define';
import { resolveParams } from '@/lib/nodes/params';
import { createStream } from '@/lib/util/random';
import type { Plan, PlanNode, Ref } from '../plan';
import { createBatch } from './draws';
import { compilePlayers, createIteration, type IterationHooks, type UpdateResult } from './iterate';
import { type LayerFigure, type LayerFigures, readLayerFigures } from './layer-figures';
import { type Look, readLook } from './look';
import { createSampleMaker, type SampleMaker } from './make-samples';
import type { Pass } from './pass';
import { createGameReader, type GameReader } from './read-game';
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
import { FIRST_ITERATIONS, prepareBuffers } from './update';
import { readXrays, type Seen } from './xray';

/** A plan brought to life on one backend. */
export interface CompiledGame extends GameReader, SampleMaker {
  readonly plan: Plan;
  readonly state: State;
  readonly counters: Counters;
  /** The target, by which ramps are stretched. */
  target: number;
  /** One iteration, update by update. The losses are kept tensors; whoever takes them disposes them. */
  iterate(hooks?: IterationHooks): Generator<UpdateResult>;
  /**
   * What opened outputs (`node.port`) and layers (`node`) hold, on evaluation noise. No state is touched.
   */
  xray(targets: readonly string[]): Promise<readonly Seen[]>;
  /** Values of references for so many rows, and what else a run's health is judged by. No state is touched. */
  look(refs: readonly Ref[], rows: number): Promise<Look>;
  /** One number for each layer. No state is touched. */
  layers(figure: LayerFigure): Promise<LayerFigures>;
  /** Sets a live parameter of a node. */
  setParam(node: string, param: string, value: unknown): void;
  snapshot(): Snapshot & { readonly counters: Counters };
  restore(snapshot: Snapshot & { readonly counters: Counters }): void;
  /** All numbers of the state, or of a snapshot of it. */
  readState(snapshot?: Snapshot): Promise<StateData>;
  writeState(data: StateData): number;
  dispose(): void;
}

export function createGame(tf: Tf, plan: Plan): CompiledGame {
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

  /** A pass over live weights; `index` keeps its draws and streams apart from others. */
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

  const reading = { tf, plan, networks, params, passOver };
  const moving = { tf, plan, players: compilePlayers(plan, state), state, progress };
  const game: CompiledGame = {
    plan,
    state,
    counters,
    target: plan.settings.iterations,
    iterate: (hooks) => iteration(hooks),
    setParam(node, param, value) {
      overrides.set(node, { ...overrides.get(node), [param]: value });
    },
    ...createGameReader(reading),
    ...createSampleMaker(reading),
    xray: (targets) => readXrays({ ...moving, passOver }, targets),
    look: (refs, rows) => readLook({ ...moving, passOver }, refs, rows),
    layers: (figure) => readLayerFigures({ ...moving, passOver }, figure),
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
  const iteration = createIteration({ ...moving, counters, params, passOver });
  // What an update would improve a little starts well.
  tf.tidy(() => {
    const { pass } = passOver('train', 0, 1);
    for (let i = 0; i < FIRST_ITERATIONS; i++) prepareBuffers(pass, state, plan.networks);
  });

  return game;
}
