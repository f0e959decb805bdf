import { weightKey } from '@/lib/compile/compile';
import type { Plan, PlanLayer } from '@/lib/compile/plan';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import { findDefinition } from '@/lib/nodes/registry';
import { formatDims } from '@/lib/shapes/shape';
import type { NamedTensor, NamedTensors } from './safetensors';
import { nameAll, nameOf } from './torch/names';

/**
 * Our weights and buffers under their names in the exported modules, `Generator.g_dense_1.weight`, and back.
 * The layout changes on the way where the kind says so.
 */
export interface Place {
  /** `g-dense-1.kernel` */
  readonly key: string;
  readonly network: string;
  readonly group: 'weights' | 'buffers';
  /** Name in the network's state_dict: `g_dense_1.weight`. */
  readonly path: string;
  /** The same with its class before it. */
  readonly name: string;
  /** Name of the network's average of it, where there is one. */
  readonly average?: string;
  /** Our dims, and the axes that PyTorch takes them in. */
  readonly dims: readonly number[];
  readonly permute?: readonly number[];
}

/** Every weight and buffer of a plan. */
export function placesOf(plan: Plan): Place[] {
  const { classes, layers } = nameAll(plan);
  return plan.networks.flatMap(({ id, ema, nodes }) =>
    nodes.flatMap((layer) =>
      tensorsOf(layer).map(({ group, name, dims }): Place => {
        const state = stateOf(layer, name);
        const path = `${nameOf(layers, layer.id)}.${state.name}`;
        return {
          key: weightKey(layer.id, name),
          network: id,
          group,
          path,
          name: `${nameOf(classes, id)}.${path}`,
          ...(ema !== undefined && { average: `ema.${nameOf(classes, id)}.${path}` }),
          dims,
          ...(state.permute && { permute: state.permute }),
        };
      }),
    ),
  );
}

/** What the game remembers, by the names of the exported game's own modules: `pool_op.filled`. */
export function memoryPlacesOf(plan: Plan): Place[] {
  const { modules } = nameAll(plan);
  return plan.game.flatMap((node) =>
    tensorsOf(node).map(({ group, name, dims }): Place => {
      const state = stateOf(node, name);
      return {
        key: weightKey(node.id, name),
        network: '',
        group,
        path: state.name,
        name: `${nameOf(modules, node.id)}.${state.name}`,
        dims,
        ...(state.permute && { permute: state.permute }),
      };
    }),
  );
}

const tensorsOf = ({ weights, buffers }: PlanLayer) => [
  ...weights.map(({ name, shape }) => ({ group: 'weights' as const, name, dims: shape })),
  ...buffers.map(({ name, shape }) => ({ group: 'buffers' as const, name, dims: shape })),
];

function stateOf(layer: PlanLayer, weight: string): { name: string; permute?: readonly number[] } {
  return stateOfKind(layer)?.[weight] ?? { name: weight };
}

function stateOfKind({ kind }: PlanLayer) {
  const definition = findDefinition(kind);
  return definition?.role === 'layer' || definition?.role === 'op' ? definition.torch.state : undefined;
}

/** The nodes whose kind does not say where a weight or a memory goes. */
export const unplacedLayers = (plan: Plan): readonly PlanLayer[] =>
  [...plan.networks.flatMap(({ nodes }) => nodes), ...plan.game].filter((layer) =>
    tensorsOf(layer).some(({ name }) => !stateOfKind(layer)?.[name]),
  );

/** The numbers of a tensor with its axes in another order: out axis i is in axis `axes[i]`. */
export function permute({ dims, values }: NamedTensor, axes: readonly number[]): NamedTensor {
  const strides = dims.map((_, axis) => dims.slice(axis + 1).reduce((product, dim) => product * dim, 1));
  const outDims = axes.map((axis) => dims[axis] as number);
  const outStrides = axes.map((axis) => strides[axis] as number);
  const out = new Float32Array(values.length);
  const at = new Int32Array(axes.length);
  let from = 0;
  for (let i = 0; i < out.length; i++) {
    out[i] = values[from] as number;
    for (let axis = axes.length - 1; axis >= 0; axis--) {
      at[axis] = (at[axis] as number) + 1;
      from += outStrides[axis] as number;
      if ((at[axis] as number) < (outDims[axis] as number)) break;
      from -= (outStrides[axis] as number) * (outDims[axis] as number);
      at[axis] = 0;
    }
  }
  return { dims: outDims, values: out };
}

const inverse = (axes: readonly number[]): number[] => axes.map((_, axis) => axes.indexOf(axis));

export const toTorchLayout = (tensor: NamedTensor, { permute: axes }: Place): NamedTensor =>
  axes ? permute(tensor, axes) : tensor;

export const fromTorchLayout = (tensor: NamedTensor, { permute: axes }: Place): NamedTensor =>
  axes ? permute(tensor, inverse(axes)) : tensor;

type Arrays = ReadonlyMap<string, { readonly shape: readonly number[]; readonly values: Float32Array }>;

/** The weights, buffers and averages of a state (names as in a checkpoint) for PyTorch. */
export function toTorchState(plan: Plan, arrays: Arrays): NamedTensors {
  const state = new Map<string, NamedTensor>();
  for (const place of placesOf(plan))
    for (const [group, name] of [
      [place.group, place.name],
      ['averages', place.average],
    ] as const) {
      const found = arrays.get(`${group}/${place.key}`);
      if (found && name !== undefined)
        state.set(name, toTorchLayout({ dims: found.shape, values: found.values }, place));
    }
  return state;
}

/** What a file of weights has for a plan. */
export interface FromTorch {
  /** For `writeState`. */
  readonly arrays: ReadonlyMap<string, { readonly shape: readonly number[]; readonly values: Float32Array }>;
  /** How many of the plan's tensors are there, and how many it has; averages count where the file has any. */
  readonly fitted: number;
  readonly wanted: number;
  /** What is missing, of another shape, not a number, or of no use here. */
  readonly problems: readonly Diagnostic[];
}

/** A state from tensors that PyTorch gave, by name and shape. */
export function fromTorchState(plan: Plan, tensors: NamedTensors): FromTorch {
  const arrays = new Map<string, { shape: readonly number[]; values: Float32Array }>();
  const problems: Diagnostic[] = [];
  const known = new Set<string>();
  let wanted = 0;
  const say = (code: string, message: string, node?: string) =>
    problems.push({ code, severity: 'warning', message, ...(node && { node }) });
  for (const place of placesOf(plan))
    for (const [group, name] of [
      [place.group, place.name],
      ['averages', place.average],
    ] as const) {
      if (name === undefined) continue;
      const found = tensors.get(name);
      known.add(name);
      if (!found && group === 'averages') continue;
      wanted++;
      const { dims, permute: axes } = place;
      const expected = axes ? axes.map((axis) => dims[axis] as number) : dims;
      const layer = place.key.slice(0, place.key.lastIndexOf('.'));
      if (!found) say('weights-missing', `${name} is missing: ${layer} keeps what it starts with.`, layer);
      else if (found.dims.join() !== expected.join())
        say(
          'weights-shape',
          `${name} is ${formatDims(found.dims)} in the file, ${formatDims(expected)} in this graph.`,
          layer,
        );
      else if (!found.values.every(Number.isFinite))
        say('weights-not-finite', `${name} holds numbers that are not finite.`, layer);
      else {
        const { values } = fromTorchLayout(found, place);
        arrays.set(`${group}/${place.key}`, { shape: dims, values });
      }
    }
  for (const name of tensors.keys())
    if (!known.has(name)) say('weights-unknown', `${name.slice(0, 100)} is of no layer of this graph.`);
  return { arrays, fitted: arrays.size, wanted, problems };
}
