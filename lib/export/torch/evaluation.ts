import { passedOn } from '@/lib/compile/passed-on';
import type { Plan, PlanNetwork, PlanNode, Ref } from '@/lib/compile/plan';
import { definitionOf, gameTasks, refKey, type Task } from '@/lib/compile/tf/tasks';
import type { NodeDefinition } from '@/lib/nodes/define';
import { LOG_DET } from '@/lib/nodes/network/call';
import { appliesOf, readCall } from '@/lib/nodes/role-params';
import { defined } from '@/lib/util/assert';
import { Unexportable, writeNode } from './expressions';
import { createScope, type Scope, snake } from './identifiers';
import { type Names, nameOf } from './names';
import { hasStatistics, isRandom } from './networks';

/** Lines that evaluate some references of the game, in the order in which it is evaluated here too. */
interface Evaluation {
  readonly lines: readonly string[];
  /** Expression of each reference, by `node.port`. */
  readonly values: ReadonlyMap<string, string>;
}

/** Without `notes` it is a look: statistics stay as they are. */
export function writeEvaluation(
  plan: Plan,
  names: Names,
  refs: readonly Ref[],
  { notes = true }: { readonly notes?: boolean } = {},
): Evaluation {
  const scope = createScope([
    ...names.fixed,
    ...names.networks.values(),
    ...names.averages.values(),
    ...names.modules.values(),
  ]);
  const values = new Map<string, string>();
  const tasks = gameTasks(plan, refs);
  const steep = new Set(tasks.flatMap(({ slope }) => (slope ? [refKey(slope.at)] : [])));
  const lines = tasks.flatMap((task) => [
    ...writeTask(plan, names, task, values, { scope, notes }),
    ...writeStart(task, values, scope, steep),
  ]);
  return { lines, values };
}

/** A tensor of its own where a slope is taken: only what is computed from it counts. */
function writeStart(
  { node, ports }: Task,
  values: Map<string, string>,
  scope: Scope,
  steep: ReadonlySet<string>,
): string[] {
  return ports.flatMap((port) => {
    const key = refKey({ node: node.id, port });
    if (!steep.has(key)) return [];
    const name = scope.name(snake(`${node.id}_${port}`));
    const line = `${name} = ${defined(values.get(key), key)}.clone().requires_grad_()`;
    values.set(key, name);
    return [line];
  });
}

interface Writing {
  readonly scope: Scope;
  readonly notes: boolean;
}

function writeTask(
  plan: Plan,
  names: Names,
  { node, definition, ports }: Task,
  values: Map<string, string>,
  { scope, notes }: Writing,
): string[] {
  const assign = (port: string, expression: string, isOnly: boolean): string => {
    const name = scope.name(isOnly ? snake(node.id) : snake(`${node.id}_${port}`));
    values.set(refKey({ node: node.id, port }), name);
    return `${name} = ${expression}`;
  };
  switch (definition.role) {
    case 'source':
      return ports.map((port) => assign(port, `batch["${node.id}.${port}"]`, ports.length === 1));
    case 'call':
      return writeCall(plan, names, node, ports, values, { assign, scope, notes });
    case 'op': {
      if (node.state === 'bypassed') {
        for (const [port, from] of passedOn(node))
          values.set(refKey({ node: node.id, port }), defined(values.get(refKey(from)), node.id));
        return [];
      }
      const { outputs, shared } = writeNode(
        node,
        nameOf(names.modules, node.id),
        values,
        applied(plan, names, node, definition),
        (expression) => {
          const name = scope.name(snake(node.id));
          return { name, line: `${name} = ${expression}` };
        },
      );
      const entries = Object.entries(outputs).filter(([port]) => ports.includes(port));
      const assigned = entries.map(([port, text]) => assign(port, text, entries.length === 1 && !shared));
      // Ops of the game itself are always in train mode.
      const lines = [...(shared ? [shared] : []), ...assigned].map((line) =>
        line.replaceAll('self.training', 'True'),
      );
      return definition.random ? within(node.id, lines) : lines;
    }
    case 'loss':
      return ports.flatMap((port) => {
        if (node.state === 'muted')
          return [assign(port, 'torch.zeros((), device=DEVICE)', ports.length === 1)];
        const self = nameOf(names.modules, node.id);
        const { outputs } = writeNode(node, self, values, applied(plan, names, node, definition));
        const line = assign(port, defined(outputs[port], `${node.id}.${port}`), ports.length === 1);
        return definition.draws?.(node.params) ? within(node.id, [line]) : [line];
      });
    default:
      throw new Unexportable(node.id, `A ${definition.role} cannot be part of a loss.`);
  }
}

const within = (node: string, lines: readonly string[]): string[] => [
  `with noise("${node}"):`,
  ...lines.map((line) => `    ${line}`),
];

const networkOf = (plan: Plan, id: string): PlanNetwork =>
  defined(
    plan.networks.find((network) => network.id === id),
    `network ${id}`,
  );

type Assign = (port: string, expression: string, isOnly: boolean) => string;

function writeCall(
  plan: Plan,
  names: Names,
  node: PlanNode,
  ports: readonly string[],
  values: ReadonlyMap<string, string>,
  { assign, scope, notes }: Writing & { readonly assign: Assign },
): string[] {
  const { network: id, weights, mode, inverse, sample } = readCall(node.params);
  const network = networkOf(plan, id);
  const called = weights === 'ema' ? nameOf(names.averages, id) : nameOf(names.networks, id);
  const fed = (inverse ? network.outputs : network.inputs).map(({ name }) => {
    const ref = node.inputs[name]?.[0];
    return (ref && values.get(refKey(ref))) ?? 'None';
  });
  if (network.inputs.length === 0) fed.push('batch.rows');
  const draws = isRandom(network) && mode !== 'eval';
  const counts = notes && weights === 'live' && hasStatistics(network) && sample === 'none';
  const apply = (args: readonly string[]): string => {
    if (mode === 'eval') return `evaluated(${[called, ...args].join(', ')})`;
    return counts
      ? `noted(${[`"${node.id}"`, called, ...args].join(', ')})`
      : `${called}(${args.join(', ')})`;
  };
  if (inverse || ports.includes(LOG_DET)) {
    const [to] = inverse ? network.inputs : network.outputs;
    const found = scope.name(snake(node.id));
    return [
      `${found} = ${called}.flow(${[...fed, ...(inverse ? ['inverse=True'] : [])].join(', ')})`,
      ...ports.map((port) => assign(port, `${found}[${port === to?.name ? 0 : 1}]`, false)),
    ];
  }
  const [only] = ports;
  if (sample === 'autoregressive' && only !== undefined) {
    if (draws)
      throw new Unexportable(
        node.id,
        `${node.id} samples ${id} one variable after another, and ${id} draws random numbers of its own; this is not exported yet.`,
        'Set the call’s mode to eval.',
      );
    return within(node.id, [assign(only, `sampled(lambda x: ${apply(['x'])}, ${fed[0]})`, true)]);
  }
  const isSingle = network.outputs.length === 1;
  const options = isSingle ? [] : [`wanted={${ports.map((port) => `"${port}"`).join(', ')}}`];
  const expression = apply([...fed, ...options]);
  const lines: string[] = [];
  if (isSingle && only !== undefined) lines.push(assign(only, expression, true));
  else {
    const found = scope.name(snake(node.id));
    lines.push(
      `${found} = ${expression}`,
      ...ports.map((port) => assign(port, `${found}["${port}"]`, false)),
    );
  }
  return draws ? within(node.id, lines) : lines;
}

/** How a node applies the network that it names: statistics are left alone. */
function applied(plan: Plan, names: Names, { params }: PlanNode, definition: NodeDefinition) {
  const about = appliesOf({ definition, params });
  return about && application(plan, names, about);
}

interface Application {
  readonly network: string;
  readonly output: string;
  readonly weights?: 'live' | 'ema';
  readonly mode?: 'train' | 'eval';
}

/** A network's output, by the expressions of what it is fed. */
export function application(plan: Plan, names: Names, about: Application) {
  const network = networkOf(plan, about.network);
  const name = nameOf(about.weights === 'ema' ? names.averages : names.networks, network.id);
  return (inputs: { readonly [name: string]: string }): string => {
    const fed = network.inputs.map((input) => inputs[input.name] ?? 'None');
    const isSingle = network.outputs.length === 1;
    const args = [...fed, ...(isSingle ? [] : [`wanted={"${about.output}"}`])];
    const call =
      about.mode === 'eval' ? `evaluated(${[name, ...args].join(', ')})` : `${name}(${args.join(', ')})`;
    return isSingle ? call : `${call}["${about.output}"]`;
  };
}

/** Modules of ops and losses that stand in the game itself. */
export function writeGameModules(plan: Plan, names: Names): string[] {
  return plan.game.flatMap((node) => {
    const definition = definitionOf(node.kind);
    const isComputed = definition.role === 'op' || definition.role === 'loss';
    if (!isComputed || node.state) return [];
    const apply = applied(plan, names, node, definition);
    const { module } = writeNode(node, nameOf(names.modules, node.id), new Map(), apply);
    return module === undefined ? [] : [`${nameOf(names.modules, node.id)} = ${module}.to(DEVICE)`];
  });
}
