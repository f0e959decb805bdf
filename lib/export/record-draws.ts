import type { Plan } from '@/lib/compile/plan';
import { createBatch } from '@/lib/compile/tf/draws';
import type { Pass } from '@/lib/compile/tf/pass';
import { createReference } from '@/lib/compile/tf/reference';
import type { Counters, State } from '@/lib/compile/tf/state';
import { gameTasks } from '@/lib/compile/tf/tasks';
import type { Tensor, Tf } from '@/lib/nodes/define';
import { resolveParams } from '@/lib/nodes/params';
import { createStream } from '@/lib/util/random';
import type { NpyArray } from './npz';

/** Passes as a run has them, which note every batch and every random number. */
export function createDraws(tf: Tf, plan: Plan, state: State, counters: Counters) {
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
  const noting = {
    ...tf,
    randomUniform: (...args: Parameters<Tf['randomUniform']>) => noted(tf.randomUniform(...args) as Tensor),
    randomNormal: (...args: Parameters<Tf['randomNormal']>) => {
      const [, mean = 0, sd = 1] = args;
      return noted(tf.randomNormal(...args) as Tensor, (value) => (sd === 0 ? 0 : (value - mean) / sd));
    },
    randomStandardNormal: (...args: Parameters<Tf['randomStandardNormal']>) =>
      noted(tf.randomStandardNormal(...args) as Tensor),
  };
  const recording = noting as unknown as Tf;
  const progress = () => Math.min(1, counters.iteration / target);
  const params: Pass['params'] = (node) => resolveParams(node.params, progress());
  return {
    tf: recording,
    params,
    progress,
    dispose: reference.dispose,
    passOver(purpose: 'train', index: number, rows: number): { pass: Pass; dispose(): void } {
      const batch = createBatch(tf, { seed, purpose, index, rows });
      began = { ...counters };
      const pass: Pass = {
        tf: recording,
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
export function writeReference(tf: Tf, plan: Plan, arrays: Map<string, NpyArray>): string[] {
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
