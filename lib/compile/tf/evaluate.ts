import type { ApplyArgs, NodeDefinition, Tensor, Tensors } from '@/lib/nodes/define';
import { appliesOf } from '@/lib/nodes/role-params';
import { assert, defined } from '@/lib/util/assert';
import type { PlanNode } from '../plan';
import { applyNetwork } from './apply-network';
import { evaluateCall } from './call';
import { contextOf, inputsOf, type Pass, passThrough, pick, unseen, type Values } from './pass';
import { readNow, refKey, type SlopeTasks, type Task } from './tasks';

/** Tensors by `node.port` for a list of tasks. Run inside a tidy: everything that it makes is the caller's. */
export function evaluateTasks(pass: Pass, tasks: readonly Task[]): ReadonlyMap<string, Tensor> {
  const values: Values = new Map();
  for (const task of tasksNow(pass, tasks)) evaluateTask(pass, task, values);
  return values;
}

/** Without those whose values nobody reads with the parameters as they are now. */
function tasksNow({ params }: Pass, tasks: readonly Task[]): readonly Task[] {
  const wanted = tasks.flatMap(({ node, isWanted }) => (isWanted ? [node.id] : []));
  return readNow(tasks, ({ node }) => node, wanted, params);
}

/**
 * ∂ Σ of / ∂ at, differentiable once more; undefined where `of` does not depend on `at`. What lies between is
 * evaluated anew, as a function of `at`; all else stands in `values`.
 */
export function slopeOf(
  pass: Pass,
  { of, at, between }: SlopeTasks,
  values: ReadonlyMap<string, Tensor>,
): Tensor | undefined {
  if (between.length === 0) return undefined;
  const quiet = unseen(pass);
  const x = defined(values.get(refKey(at)), refKey(at));
  const total = () => {
    const fresh = new Map(values);
    for (const task of tasksNow(pass, between)) evaluateTask(quiet, task, fresh);
    return pass.tf.sum(defined(fresh.get(refKey(of)), refKey(of)));
  };
  const [gradient] = pass.tf.engine().gradients(total, [x], undefined, true).grads;
  return gradient;
}

function evaluateTask(pass: Pass, { node, definition, ports, slope }: Task, values: Values): void {
  const set = (port: string, tensor: Tensor) => {
    const origin = { node: node.id, port };
    values.set(refKey(origin), pass.hook?.(origin, tensor) ?? tensor);
  };
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
      if (node.state === 'bypassed') {
        for (const [port, tensor] of Object.entries(passThrough(node, values))) set(port, tensor);
        return;
      }
      const context = contextOf(pass, node.id, node.id, 'train');
      const inputs = inputsOf(node, (ref) => values.get(refKey(ref)));
      const { outputs, observed } = definition.apply(pass.tf, {
        params: pass.params(node),
        weights: {},
        buffers: pick(node, node.buffers, pass.live.buffers),
        inputs,
        context,
        ...appliedBy(pass, node, definition),
      });
      for (const [port, tensor] of Object.entries(outputs)) set(port, tensor);
      if (observed) pass.observe?.({ call: node.id, layer: node, observed });
      return;
    }
    case 'loss': {
      const applied = appliedBy(pass, node, definition);
      for (const port of ports) {
        if (node.state === 'muted') set(port, pass.tf.scalar(0));
        else
          set(
            port,
            definition.evaluate(pass.tf, port, {
              params: pass.params(node),
              inputs: inputsOf(node, (ref) => values.get(refKey(ref))),
              buffers: pick(node, node.buffers, pass.live.buffers),
              observe: (observed) => pass.observe?.({ call: node.id, layer: node, observed }),
              seed: (purpose) => pass.seed(node.id, node.id, purpose),
              ...(pass.update !== undefined && { update: pass.update }),
              ...(applied && { apply: applied.applied.f }),
              ...(slope && { slope: () => slopeOf(pass, slope, values) }),
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

/** How a node applies the network that it names. */
function appliedBy(
  pass: Pass,
  { id: call, params }: PlanNode,
  definition: NodeDefinition,
): { applied: NonNullable<ApplyArgs<unknown>['applied']> } | undefined {
  const about = appliesOf({ definition, params });
  if (!about) return undefined;
  const { network: id, input, output, weights = 'live', mode = 'train' } = about;
  const network = defined(pass.networks.get(id), `network ${id}`);
  const bindings = weights === 'ema' ? pass.ema : pass.live;
  const f = (inputs: Tensors) =>
    defined(
      applyNetwork(unseen(pass), network, {
        call,
        bindings,
        mode,
        inputs,
        outputs: [output],
        observes: false,
      })[output],
      `${id}.${output}`,
    );
  const { shape } = defined(
    network.inputs.find(({ name }) => name === input),
    `${id}.${input}`,
  );
  return { applied: { f, dims: shape.dims } };
}
