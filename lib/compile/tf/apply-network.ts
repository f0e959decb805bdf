import type { ApplyArgs, Tensor, Tensors } from '@/lib/nodes/define';
import { assert, defined } from '@/lib/util/assert';
import type { PlanLayer, PlanNetwork, Ref } from '../plan';
import {
  type Bindings,
  contextOf,
  type Inputs,
  inputsOf,
  type Observation,
  type Pass,
  passThrough,
  pick,
  unseen,
  type Values,
} from './pass';
import { definitionOf, networkTasks, readNow, refKey } from './tasks';

export interface Application {
  readonly call: string;
  readonly bindings: Bindings;
  readonly mode: 'train' | 'eval';
  readonly inputs: Readonly<Record<string, Tensor>>;
  readonly outputs: readonly string[];
  /** Whether the pass hears of what layers observed. */
  readonly observes: boolean;
}

/** What each layer observed of the reference batch. */
type References = ReadonlyMap<string, Tensors>;

/** f_θ(inputs): θ comes with the bindings, so a call with other weights is a call with other bindings. */
export function applyNetwork(pass: Pass, network: PlanNetwork, application: Application): Tensors {
  const references = network.reference && observeReference(pass, network, application);
  return applyLayers(pass, network, application, references);
}

/** The reference batch through the network with the weights of this application. */
function observeReference(pass: Pass, network: PlanNetwork, application: Application): References {
  const seen = new Map<string, Tensors>();
  const observe = ({ layer, observed }: Observation) => void seen.set(layer.id, observed);
  const inputs = pass.reference(pass, network);
  applyLayers({ ...unseen(pass), observe }, network, {
    ...application,
    call: 'reference',
    inputs,
    observes: true,
  });
  return seen;
}

function applyLayers(
  pass: Pass,
  network: PlanNetwork,
  application: Application,
  references?: References,
): Tensors {
  const values: Values = new Map();
  for (const { name, node } of network.inputs) {
    const tensor = application.inputs[name];
    if (tensor) set(pass, application, values, { node, port: 'out' }, tensor);
  }
  const results: Record<string, Tensor> = {};
  const applied = new Set<string>();
  for (const output of application.outputs) {
    const { from } = defined(
      network.outputs.find(({ name }) => name === output),
      `output ${output} of ${network.id}`,
    );
    for (const layer of readNow(networkTasks(network, output), (each) => each, [from.node], pass.params)) {
      if (!applied.has(layer.id)) applyLayer(pass, layer, application, values, references?.get(layer.id));
      applied.add(layer.id);
    }
    results[output] = defined(values.get(refKey(from)), refKey(from));
  }
  return results;
}

function applyLayer(
  pass: Pass,
  layer: PlanLayer,
  application: Application,
  values: Values,
  reference?: Tensors,
): void {
  if (layer.state === 'bypassed') {
    for (const [port, tensor] of Object.entries(passThrough(layer, values)))
      set(pass, application, values, { node: layer.id, port }, tensor);
    return;
  }
  const definition = definitionOf(layer.kind);
  assert(definition.role === 'layer' || definition.role === 'op', `${layer.kind} applies to tensors`);
  const inputs = inputsOf(layer, (ref) => values.get(refKey(ref)));
  const { outputs, observed } = definition.apply(
    pass.tf,
    argumentsOf(pass, layer, application, inputs, reference),
  );
  for (const [port, tensor] of Object.entries(outputs)) {
    const whole = hasInputs(layer) ? tensor : repeated(pass, application, tensor);
    set(pass, application, values, { node: layer.id, port }, whole);
  }
  if (observed && application.observes) pass.observe?.({ call: application.call, layer, observed });
}

const set = ({ hook }: Pass, { call }: Application, values: Values, ref: Ref, tensor: Tensor) =>
  values.set(refKey(ref), hook?.({ call, ...ref }, tensor) ?? tensor);

/** What a layer is given when its network is applied, in either direction. */
export const argumentsOf = (
  pass: Pass,
  layer: PlanLayer,
  { call, bindings, mode }: Application,
  inputs: Inputs,
  reference?: Tensors,
): ApplyArgs<Record<string, unknown>> => ({
  params: pass.params(layer),
  weights: pick(layer, layer.weights, bindings.weights),
  buffers: pick(layer, layer.buffers, bindings.buffers),
  inputs,
  context: contextOf(pass, layer.id, call, mode, reference),
});

const hasInputs = ({ inputs }: PlanLayer): boolean => Object.keys(inputs).length > 0;

/** One row, as many times as the network runs at. Added to zeros, its gradient is one sum. */
function repeated({ tf, rows }: Pass, { inputs }: Application, row: Tensor): Tensor {
  const [first] = Object.values(inputs);
  const count = first?.shape[0] ?? rows;
  return count === 1 ? row : tf.add(row, tf.zeros([count, ...row.shape.slice(1).map(() => 1)]));
}
