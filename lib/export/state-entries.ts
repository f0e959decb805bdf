import { weightKey } from '@/lib/compile/compile';
import type { Plan, PlanLayer } from '@/lib/compile/plan';
import { findDefinition } from '@/lib/nodes/registry';
import { nameAll, nameOf } from './torch/names';

/**
 * Our weights and buffers under their names in the exported modules, `Generator.g_dense_1.weight`, and back.
 * The layout changes on the way where the kind says so.
 */
export interface StateEntry {
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
export function stateEntriesOf(plan: Plan): StateEntry[] {
  const { classes, layers } = nameAll(plan);
  return plan.networks.flatMap(({ id, ema, nodes }) =>
    nodes.flatMap((layer) =>
      tensorsOf(layer).map(({ group, name, dims }): StateEntry => {
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

/** Buffers of the game's ops, by the names of the exported game's own modules: `pool_op.filled`. */
export function gameBufferEntries(plan: Plan): StateEntry[] {
  const { modules } = nameAll(plan);
  return plan.game.flatMap((node) =>
    tensorsOf(node).map(({ group, name, dims }): StateEntry => {
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
  return definition && 'torch' in definition && typeof definition.torch !== 'function'
    ? definition.torch.state
    : undefined;
}

/** The nodes whose kind does not say where a weight or a buffer goes. */
export const layersWithoutEntries = (plan: Plan): readonly PlanLayer[] =>
  [...plan.networks.flatMap(({ nodes }) => nodes), ...plan.game].filter((layer) =>
    tensorsOf(layer).some(({ name }) => !stateOfKind(layer)?.[name]),
  );
