import type {
  ApplyContext,
  LossArgs,
  LossDefinition,
  SourceDefinition,
  Tensor,
  Tensors,
  Tf,
} from '@/lib/nodes/define';
import { sameShape } from '@/lib/shapes/shape';
import { assert, defined } from '@/lib/util/assert';
import { weightKey } from '../compile';
import type { PlanLayer, PlanNetwork, PlanNode, Ref } from '../plan';
import { definitionOf, networkTasks, refKey, type Task } from './tasks';

/** Weights and moving statistics of all networks by key (`g-dense-1.kernel`). */
export interface Bindings {
  readonly weights: ReadonlyMap<string, Tensor>;
  readonly buffers: ReadonlyMap<string, Tensor>;
}

/** What one train-mode call saw of its batch in one layer. */
export interface Observation {
  readonly call: string;
  readonly layer: PlanLayer;
  readonly observed: Tensors;
}

/** One evaluation of the game: which weights, which batch, which random streams. Nothing is written to. */
export interface Pass {
  readonly tf: Tf;
  readonly networks: ReadonlyMap<string, PlanNetwork>;
  readonly live: Bindings;
  readonly ema: Bindings;
  /** Parameters of a node with every ramp at this moment's value. */
  params(node: Pick<PlanNode, 'id' | 'params'>): Readonly<Record<string, unknown>>;
  /** The batch of a source, drawn once per pass and shared by all its readers. */
  drawn(node: PlanNode, definition: SourceDefinition): Tensors;
  seed(node: string, call: string, purpose: string): number;
  /** Called with the statistics of train-mode calls, where this pass may advance them. */
  observe?(observation: Observation): void;
}

type Values = Map<string, Tensor>;
type Inputs = { [port: string]: Tensor | readonly Tensor[] };

/**
 * Tensors by `node.port` for a list of tasks. Run inside a tidy: everything that it makes is the caller's.
 * What is given is not evaluated, but taken as it is.
 */
export function evaluateTasks(
  pass: Pass,
  tasks: readonly Task[],
  given: ReadonlyMap<string, Tensor> = new Map(),
): ReadonlyMap<string, Tensor> {
  const values: Values = new Map(given);
  for (const task of tasks) {
    const { id } = task.node;
    if (task.ports.every((port) => given.has(refKey({ node: id, port })))) continue;
    evaluateTask(pass, task, values);
    for (const [key, tensor] of given) values.set(key, tensor);
  }
  return values;
}

function evaluateTask(pass: Pass, { node, definition, ports }: Task, values: Values): void {
  const set = (port: string, tensor: Tensor) => values.set(refKey({ node: node.id, port }), tensor);
  switch (definition.role) {
    case 'source': {
      for (const [port, tensor] of Object.entries(pass.drawn(node, definition))) set(port, tensor);
      return;
    }
    case 'call': {
      const outputs = evaluateCall(pass, node, ports, values);
      for (const port of ports) set(port, defined(outputs[port], `${node.id}.${port}`));
      return;
    }
    case 'op': {
      if (node.state === 'bypassed') return void set('out', passThrough(node, values));
      const context = contextOf(pass, node.id, node.id, 'train');
      const inputs = inputsOf(node, (ref) => values.get(refKey(ref)));
      const { outputs } = definition.apply(pass.tf, {
        params: pass.params(node),
        weights: {},
        buffers: {},
        inputs,
        context,
      });
      for (const [port, tensor] of Object.entries(outputs)) set(port, tensor);
      return;
    }
    case 'loss': {
      for (const port of ports) {
        if (node.state === 'muted') set(port, pass.tf.scalar(0));
        else
          set(
            port,
            definition.evaluate(pass.tf, port, {
              params: pass.params(node),
              inputs: inputsOf(node, (ref) => values.get(refKey(ref))),
              seed: (purpose) => pass.seed(node.id, node.id, purpose),
              ...applicationOf(pass, node, definition),
            }),
          );
      }
      return;
    }
    default:
      assert(
        definition.role === 'metric' || definition.role === 'view',
        `no value comes from a ${definition.role}`,
      );
  }
}

/** A bypassed node gives the first of its inputs that has its output's shape. */
function passThrough(node: PlanNode, values: ReadonlyMap<string, Tensor>): Tensor {
  const [output] = Object.values(node.outputShapes);
  const refs = Object.entries(node.inputs).flatMap(([port, list]) =>
    list.filter((_, i) => {
      const input = node.inputShapes[port]?.[i];
      return input && output && sameShape(input, output);
    }),
  );
  const key = refKey(defined(refs[0], `an input that ${node.id} passes on`));
  return defined(values.get(key), key);
}

/** Tensors on the wired ports; those that were not evaluated (a loss's unneeded ones) are left out. */
function inputsOf(node: PlanNode, find: (ref: Ref) => Tensor | undefined): Inputs {
  const inputs: Inputs = {};
  for (const [port, refs] of Object.entries(node.inputs)) {
    const tensors = refs.map(find).filter((tensor) => tensor !== undefined);
    if (node.many.includes(port)) inputs[port] = tensors;
    else if (tensors[0]) inputs[port] = tensors[0];
  }
  return inputs;
}

const contextOf = (pass: Pass, node: string, call: string, mode: 'train' | 'eval'): ApplyContext => ({
  mode,
  seed: (purpose) => pass.seed(node, call, purpose),
});

function evaluateCall(pass: Pass, node: PlanNode, ports: readonly string[], values: Values): Tensors {
  const {
    network: id,
    weights,
    mode,
  } = node.params as { network: string; weights: string; mode: 'train' | 'eval' };
  const network = defined(pass.networks.get(id), `network ${id}`);
  return applyNetwork(pass, network, {
    call: node.id,
    bindings: weights === 'ema' ? pass.ema : pass.live,
    mode,
    inputs: inputsOf(node, (ref) => values.get(refKey(ref))) as Record<string, Tensor>,
    outputs: ports,
    // An average is read, never written to.
    observes: weights === 'live',
  });
}

/** How a loss applies the network that it names. */
function applicationOf(
  pass: Pass,
  node: PlanNode,
  definition: LossDefinition,
): Pick<LossArgs<Record<string, unknown>>, 'apply'> {
  const applied = definition.applies?.(node.params);
  if (!applied) return {};
  const { network: id, output } = applied;
  const network = defined(pass.networks.get(id), `network ${id}`);
  const apply = (inputs: Tensors) =>
    defined(
      applyNetwork(pass, network, {
        call: node.id,
        bindings: pass.live,
        mode: 'train',
        inputs,
        outputs: [output],
        observes: false,
      })[output],
      `${id}.${output}`,
    );
  return { apply };
}

export interface Application {
  readonly call: string;
  readonly bindings: Bindings;
  readonly mode: 'train' | 'eval';
  readonly inputs: Readonly<Record<string, Tensor>>;
  readonly outputs: readonly string[];
  readonly observes: boolean;
}

/** f_θ(inputs): θ comes with the bindings, so a call with other weights is a call with other bindings. */
export function applyNetwork(pass: Pass, network: PlanNetwork, application: Application): Tensors {
  const values: Values = new Map();
  for (const { name, node } of network.inputs) {
    const tensor = application.inputs[name];
    if (tensor) values.set(`${node}.out`, tensor);
  }
  const results: Record<string, Tensor> = {};
  const applied = new Set<string>();
  for (const output of application.outputs) {
    for (const layer of networkTasks(network, output)) {
      if (!applied.has(layer.id)) applyLayer(pass, layer, application, values);
      applied.add(layer.id);
    }
    const port = defined(
      network.outputs.find(({ name }) => name === output),
      `output ${output} of ${network.id}`,
    );
    results[output] = defined(values.get(refKey(port.from)), refKey(port.from));
  }
  return results;
}

function applyLayer(pass: Pass, layer: PlanLayer, application: Application, values: Values): void {
  if (layer.state === 'bypassed') {
    values.set(`${layer.id}.out`, passThrough(layer, values));
    return;
  }
  const definition = definitionOf(layer.kind);
  assert(definition.role === 'layer' || definition.role === 'op', `${layer.kind} applies to tensors`);
  const { call, bindings, mode } = application;
  const { outputs, observed } = definition.apply(pass.tf, {
    params: pass.params(layer),
    weights: pick(layer, layer.weights, bindings.weights),
    buffers: pick(layer, layer.buffers, bindings.buffers),
    inputs: inputsOf(layer, (ref) => values.get(refKey(ref))),
    context: contextOf(pass, layer.id, call, mode),
  });
  for (const [port, tensor] of Object.entries(outputs)) values.set(`${layer.id}.${port}`, tensor);
  if (observed && application.observes && mode === 'train') pass.observe?.({ call, layer, observed });
}

function pick(layer: PlanLayer, specs: PlanLayer['weights'], from: ReadonlyMap<string, Tensor>): Tensors {
  const picked: Record<string, Tensor> = {};
  for (const { name } of specs) {
    const key = weightKey(layer.id, name);
    picked[name] = defined(from.get(key), key);
  }
  return picked;
}
