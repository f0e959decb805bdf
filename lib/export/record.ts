import type { Plan } from '@/lib/compile/plan';
import { createBatch } from '@/lib/compile/tf/draws';
import { createIteration } from '@/lib/compile/tf/iterate';
import type { Pass } from '@/lib/compile/tf/pass';
import { createReference } from '@/lib/compile/tf/reference';
import {
  type Counters,
  createState,
  disposeState,
  LAST_CHANGE,
  readState,
  type State,
  type StateData,
  writeState,
} from '@/lib/compile/tf/state';
import { definitionOf, gameTasks } from '@/lib/compile/tf/tasks';
import type { Tensor, Tf } from '@/lib/nodes/define';
import { resolveParams } from '@/lib/nodes/params';
import { defined } from '@/lib/util/assert';
import { createStream } from '@/lib/util/random';
import { toTorchLayout } from './layout';
import { encodeNpz, type NpyArray } from './npz';
import { gameBufferPlaces, type Place, placesOf } from './places';

/**
 * A record of updates for `python game.py --replay`: what each started from, what it drew, its losses, and
 * where it led. State is written where it changed, under PyTorch's names and in its layout.
 */
export interface RecordOptions {
  readonly updates: number;
  /** Where to start, other than at the seed's weights. */
  readonly checkpoint?: { readonly data: StateData; readonly counters: Counters } | undefined;
}

interface UpdateAbout {
  /** A player's id, or `together`. */
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

export async function recordReplay(tf: Tf, plan: Plan, options: RecordOptions): Promise<Uint8Array> {
  const state = createState(tf, plan);
  try {
    return await record(tf, plan, state, options);
  } finally {
    disposeState(state);
  }
}

async function record(
  tf: Tf,
  plan: Plan,
  state: State,
  { updates, checkpoint }: RecordOptions,
): Promise<Uint8Array> {
  if (checkpoint) writeState(tf, state, checkpoint.data);
  const counters: Counters = { ...(checkpoint?.counters ?? { iteration: 0, updates: 0 }) };
  const target = plan.settings.iterations;
  const draws = createDraws(tf, plan, state, counters);
  const iterate = createIteration({ ...draws, plan, state, counters });
  const isTogether = plan.settings.update !== 'alternating';

  const arrays = new Map<string, NpyArray>();
  const about: UpdateAbout[] = [];
  const writer = createStateWriter(plan, arrays);
  const begin = async () => ({
    state: writer.write(about.length, await readState(state)),
    steps: Object.fromEntries(state.steps),
  });
  let before = await begin();
  const finish = async (losses: Record<string, number>, update: string) => {
    // The iteration is counted on as the next update is asked for, so the draws tell when theirs was.
    const drawn = draws.take(about.length, arrays);
    const entry: UpdateAbout = { update, losses, ...before, ...drawn, changed: [] };
    about.push(entry);
    before = await begin();
    entry.changed = before.state;
  };
  while (about.length < updates) {
    const losses: Record<string, number> = {};
    for (const { player, loss } of iterate()) {
      const value = (await loss.data())[0] as number;
      loss.dispose();
      if (about.length >= updates) continue;
      if (isTogether) losses[player] = value;
      else await finish({ [player]: value }, player);
    }
    if (isTogether) await finish(losses, 'together');
  }
  const reference = writeReference(tf, plan, arrays);
  const text = new TextEncoder().encode(JSON.stringify({ target, reference, updates: about }));
  draws.dispose();
  arrays.set('about', { dims: [text.length], values: text });
  return encodeNpz(arrays);
}

/** Passes as a run has them, which note every batch and every random number. */
function createDraws(tf: Tf, plan: Plan, state: State, counters: Counters) {
  const { seed, iterations: target } = plan.settings;
  const reference = createReference(tf, plan);
  const networks = new Map(plan.networks.map((network) => [network.id, network]));
  const batches = new Map<string, NpyArray>();
  /** call → draw (layer and purpose) → numbers, in order of first use. */
  const noise = new Map<string, Map<string, NpyArray>>();
  let began: Counters = { ...counters };
  let drawing: { readonly call: string; readonly draw: string } | undefined;
  /** Notes what was drawn: uniform numbers as they are, normal ones with mean 0 and deviation 1. */
  const noted = (tensor: Tensor, standardise = (value: number) => value): Tensor => {
    if (!drawing) return tensor;
    const { call, draw } = drawing;
    const known = noise.get(call) ?? new Map<string, NpyArray>();
    noise.set(call, known);
    if (!known.has(draw))
      known.set(draw, { dims: tensor.shape, values: Float32Array.from(tensor.dataSync(), standardise) });
    drawing = undefined;
    return tensor;
  };
  const heard = {
    ...tf,
    randomUniform: (...args: Parameters<Tf['randomUniform']>) => noted(tf.randomUniform(...args) as Tensor),
    randomNormal: (...args: Parameters<Tf['randomNormal']>) => {
      const [, mean = 0, sd = 1] = args;
      return noted(tf.randomNormal(...args) as Tensor, (value) => (sd === 0 ? 0 : (value - mean) / sd));
    },
    randomStandardNormal: (...args: Parameters<Tf['randomStandardNormal']>) =>
      noted(tf.randomStandardNormal(...args) as Tensor),
  };
  const listening = heard as unknown as Tf;
  const params: Pass['params'] = (node) =>
    resolveParams(node.params, Math.min(1, counters.iteration / target));
  return {
    tf: listening,
    params,
    dispose: reference.dispose,
    passOver(purpose: 'train', index: number, rows: number): { pass: Pass; dispose(): void } {
      const batch = createBatch(tf, { seed, purpose, index, rows });
      began = { ...counters };
      const pass: Pass = {
        tf: listening,
        rows,
        networks,
        live: { weights: state.weights, buffers: state.buffers },
        ema: { weights: state.averages, buffers: state.averages },
        params,
        drawn(node, definition) {
          const tensors = batch.drawn(node, definition, params(node));
          for (const [port, tensor] of Object.entries(tensors)) {
            const values = Float32Array.from(tensor.dataSync());
            batches.set(`${node.id}.${port}`, { dims: tensor.shape, values });
          }
          return tensors;
        },
        seed(node, call, what) {
          drawing = { call, draw: `${node}/${what}` };
          return createStream(seed, node, call, purpose, what, index).seed();
        },
        reference: reference.inputs,
      };
      return { pass, dispose: batch.dispose };
    },
    /** Puts what the last update drew among the arrays of the k-th. */
    take(k: number, arrays: Map<string, NpyArray>) {
      for (const [name, array] of batches) arrays.set(`${k}/batch/${name}`, array);
      for (const [call, drawn] of noise)
        [...drawn.values()].forEach((array, i) => {
          arrays.set(`${k}/noise/${call}/${i}`, array);
        });
      const taken = {
        iteration: began.iteration,
        index: began.updates,
        batch: [...batches.keys()],
        noise: Object.fromEntries([...noise].map(([call, drawn]) => [call, drawn.size])),
      };
      batches.clear();
      noise.clear();
      return taken;
    },
  };
}

/** Writes the batch that reference batches are made from; returns its names, `node.port`. */
function writeReference(tf: Tf, plan: Plan, arrays: Map<string, NpyArray>): string[] {
  const { seed, batchSize } = plan.settings;
  const refs = plan.networks.flatMap(({ reference }) => Object.values(reference ?? {}));
  const batch = createBatch(tf, { seed, purpose: 'reference', index: 0, rows: batchSize });
  const names = gameTasks(plan, refs).flatMap(({ node, definition }) => {
    if (definition.role !== 'source') return [];
    const drawn = batch.drawn(node, definition, resolveParams(node.params, 0));
    return Object.entries(drawn).map(([port, tensor]) => {
      const name = `${node.id}.${port}`;
      arrays.set(`reference/${name}`, {
        dims: tensor.shape,
        values: Float32Array.from(tensor.dataSync()),
      });
      return name;
    });
  });
  batch.dispose();
  return names;
}

/** Writes the arrays of a state that are not as they were. */
function createStateWriter(plan: Plan, arrays: Map<string, NpyArray>) {
  const all = [...placesOf(plan), ...gameBufferPlaces(plan)];
  const places = new Map(all.map((place) => [place.key, place]));
  const slots = new Map(plan.players.map(({ id, kind }) => [id, definitionOf(kind)]));
  const last = new Map<string, Float32Array>();
  const nameOf = (array: string): { readonly name: string; readonly place: Place } => {
    const [group, ...rest] = array.split('/');
    const key = rest.at(-1) as string;
    const place = defined(places.get(key), key);
    if (group === 'averages') return { name: defined(place.average, key), place };
    if (group !== 'moments') return { name: place.name, place };
    const [player = '', slot = ''] = rest;
    const definition = slots.get(player);
    const kept = definition?.role === 'optimizer' ? definition.torchSlots[slot] : undefined;
    const torchSlot = slot === LAST_CHANGE ? slot : defined(kept, `${player}'s ${slot} in PyTorch`);
    return { name: `${player}/${torchSlot}/${place.name}`, place };
  };
  return {
    write(k: number, { arrays: now }: StateData): string[] {
      const written: string[] = [];
      for (const [array, { shape, values }] of now) {
        const before = last.get(array);
        if (before?.every((value, i) => value === values[i])) continue;
        last.set(array, values);
        const { name, place } = nameOf(array);
        arrays.set(`${k}/state/${name}`, toTorchLayout({ dims: shape, values }, place));
        written.push(name);
      }
      return written;
    },
  };
}
