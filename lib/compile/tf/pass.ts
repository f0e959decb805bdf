import type { ApplyContext, SourceDefinition, Tensor, Tensors, Tf } from '@/lib/nodes/define';
import { defined } from '@/lib/util/assert';
import { weightKey } from '../compile';
import { passedOn } from '../passed-on';
import type { PlanLayer, PlanNetwork, PlanNode, Ref } from '../plan';
import { refKey } from './tasks';

/** Weights and moving statistics of all networks by key (`g-dense-1.kernel`). */
export interface Bindings {
  readonly weights: ReadonlyMap<string, Tensor>;
  readonly buffers: ReadonlyMap<string, Tensor>;
}

/** What one train-mode call saw of its batch in one layer, or an op of the game of its own. */
export interface Observation {
  /** The call, or the op itself. */
  readonly call: string;
  readonly layer: PlanLayer;
  readonly observed: Tensors;
}

/** Where a tensor arises: an output of the game, or of a layer in one call of its network. */
export interface Origin extends Ref {
  readonly call?: string;
}

/** One evaluation of the game: which weights, which batch, which random streams. Nothing is written to. */
export interface Pass {
  readonly tf: Tf;
  /** Rows of the batch, at which a network without inputs runs. */
  readonly rows: number;
  readonly networks: ReadonlyMap<string, PlanNetwork>;
  readonly live: Bindings;
  readonly ema: Bindings;
  /** How many updates the players that move by this pass have made; absent where none does. */
  readonly update?: number;
  /** Parameters of a node with every ramp at this moment's value. */
  params(node: Pick<PlanNode, 'id' | 'params'>): Readonly<Record<string, unknown>>;
  /** The batch of a source, drawn once per pass and shared by all its readers. */
  drawn(node: PlanNode, definition: SourceDefinition): Tensors;
  seed(node: string, call: string, purpose: string): number;
  /** What the run's reference batch feeds a network, by input. */
  reference(pass: Pass, network: PlanNetwork): Tensors;
  /** Called with the statistics of train-mode calls, where this pass may advance them. */
  observe?(observation: Observation): void;
  /** Called with every tensor that arises; what it gives goes on in its place. */
  hook?(origin: Origin, tensor: Tensor): Tensor;
}

/** The same pass with nobody looking. */
export const unseen = ({ observe: _, hook: __, ...pass }: Pass): Pass => pass;

export type Values = Map<string, Tensor>;
export type Inputs = { [port: string]: Tensor | readonly Tensor[] };

/** What a bypassed node gives, by output. */
export const passThrough = (node: PlanNode, values: ReadonlyMap<string, Tensor>): Tensors =>
  Object.fromEntries(
    passedOn(node).map(([port, from]) => [port, defined(values.get(refKey(from)), refKey(from))]),
  );

/** Tensors on the wired ports; those that were not evaluated (a loss's unneeded ones) are left out. */
export function inputsOf(node: PlanNode, find: (ref: Ref) => Tensor | undefined): Inputs {
  const inputs: Inputs = {};
  for (const [port, refs] of Object.entries(node.inputs)) {
    const tensors = refs.map(find).filter((tensor) => tensor !== undefined);
    if (node.many.includes(port)) inputs[port] = tensors;
    else if (tensors[0]) inputs[port] = tensors[0];
  }
  return inputs;
}

export const contextOf = (
  pass: Pass,
  node: string,
  call: string,
  mode: 'train' | 'eval',
  reference?: Tensors,
): ApplyContext => ({
  mode,
  seed: (purpose) => pass.seed(node, call, purpose),
  ...(reference && { reference }),
});

export function pick(
  layer: PlanLayer,
  specs: PlanLayer['weights'],
  from: ReadonlyMap<string, Tensor>,
): Tensors {
  const picked: Record<string, Tensor> = {};
  for (const { name } of specs) {
    const key = weightKey(layer.id, name);
    picked[name] = defined(from.get(key), key);
  }
  return picked;
}
