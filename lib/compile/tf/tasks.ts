import { reachFrom } from '@/lib/graph/reach';
import type { NodeDefinition, Slope } from '@/lib/nodes/define';
import { findDefinition } from '@/lib/nodes/registry';
import { defined } from '@/lib/util/assert';
import type { Plan, PlanLayer, PlanNetwork, Ref } from '../plan';

/** What has to be evaluated for some references: worked out once, so that a step only walks lists. */
export interface Task {
  readonly node: PlanLayer;
  readonly definition: NodeDefinition;
  /** The output ports that somebody reads. */
  readonly ports: readonly string[];
  /** Whether somebody outside these tasks reads it. */
  readonly isWanted: boolean;
  /** Of a loss that takes a slope: from where to where, and what lies between. */
  readonly slope?: SlopeTasks;
}

export interface SlopeTasks {
  readonly of: Ref;
  readonly at: Ref;
  /** What reads `at`, down to `of`, in the plan's order. */
  readonly between: readonly Task[];
}

export const refKey = ({ node, port }: Ref): string => `${node}.${port}`;

export const definitionOf = (kind: string): NodeDefinition => defined(findDefinition(kind), `kind ${kind}`);

/** Game nodes that `refs` read, in the plan's order. A loss reads only what the wanted output needs. */
export function gameTasks(plan: Plan, refs: readonly Ref[]): readonly Task[] {
  const nodes = new Map(plan.game.map((node) => [node.id, node]));
  const wanted = new Map<string, Set<string>>();
  const roots = new Set(refs.map(({ node }) => node));
  const open = [...refs];
  for (let ref = open.pop(); ref; ref = open.pop()) {
    const ports = wanted.get(ref.node) ?? new Set();
    if (ports.has(ref.port)) continue;
    wanted.set(ref.node, ports.add(ref.port));
    const node = defined(nodes.get(ref.node), `game node ${ref.node}`);
    open.push(...inputsRead(node, ref.port));
  }
  return plan.game
    .filter((node) => wanted.has(node.id))
    .map((node) => {
      const definition = definitionOf(node.kind);
      const slope =
        definition.role === 'loss' && definition.slope && slopeTasks(plan, node, definition.slope);
      const ports = [...(wanted.get(node.id) ?? [])];
      return { node, definition, ports, isWanted: roots.has(node.id), ...(slope && { slope }) };
    });
}

function slopeTasks(plan: Plan, node: PlanLayer, slope: Slope): SlopeTasks | undefined {
  const [of, at] = [node.inputs[slope.of]?.[0], node.inputs[slope.at]?.[0]];
  return of && at && { of, at, between: tasksBetween(plan, at, of) };
}

/** What has to be evaluated again for `of` when `at` is another tensor. */
export function tasksBetween(plan: Plan, at: Ref, of: Ref): readonly Task[] {
  const reached = new Set([refKey(at)]);
  return gameTasks(plan, [of]).filter(({ node, ports }) => {
    const isReached = Object.values(node.inputs)
      .flat()
      .some((ref) => reached.has(refKey(ref)));
    if (isReached) for (const port of ports) reached.add(refKey({ node: node.id, port }));
    return isReached;
  });
}

function inputsRead(node: PlanLayer, port: string): readonly Ref[] {
  const definition = definitionOf(node.kind);
  if (definition.role !== 'loss') return Object.values(node.inputs).flat();
  if (node.state === 'muted') return [];
  const output = definition.outputs(node.params, noScope).find(({ name }) => name === port);
  return Object.entries(node.inputs).flatMap(([input, refs]) =>
    (output?.needs?.includes(input) ?? true) ? refs : [],
  );
}

/** Ports of losses depend on their parameters alone. */
const noScope = { network: () => undefined };

const tasksByNetwork = new WeakMap<PlanNetwork, Map<string, readonly PlanLayer[]>>();

/** The layers that one output of a network reads, in topological order. */
export function networkTasks(network: PlanNetwork, output: string): readonly PlanLayer[] {
  const known = tasksByNetwork.get(network) ?? new Map<string, readonly PlanLayer[]>();
  tasksByNetwork.set(network, known);
  const tasks = known.get(output) ?? findNetworkTasks(network, output);
  known.set(output, tasks);
  return tasks;
}

function findNetworkTasks(network: PlanNetwork, output: string): readonly PlanLayer[] {
  const layers = new Map(network.nodes.map((layer) => [layer.id, layer]));
  const from = network.outputs.find(({ name }) => name === output)?.from;
  const reached = reachFrom(from ? [from.node] : [], (id, go) => {
    for (const refs of Object.values(layers.get(id)?.inputs ?? {})) for (const { node } of refs) go(node);
  });
  return network.nodes.filter(({ id }) => reached.has(id));
}

/** Parameters of a node as they are now. */
type ParamsNow = (node: Pick<PlanLayer, 'id' | 'params'>) => Readonly<Record<string, unknown>>;

/** Of items in topological order those that lead to `wanted` with the parameters as they are now. */
export function readNow<T>(
  items: readonly T[],
  nodeOf: (item: T) => PlanLayer,
  wanted: readonly string[],
  params: ParamsNow,
): readonly T[] {
  if (!items.some((item) => readsOf(nodeOf(item)))) return items;
  const read = new Set(wanted);
  for (const node of items.map(nodeOf).reverse()) {
    if (!read.has(node.id)) continue;
    const only = readsOf(node)?.(params(node));
    for (const [port, refs] of Object.entries(node.inputs))
      if (only?.includes(port) ?? true) for (const ref of refs) read.add(ref.node);
  }
  return items.filter((item) => read.has(nodeOf(item).id));
}

/** Which inputs a node reads by its parameters, where it may leave some out. */
function readsOf({ kind, state }: PlanLayer) {
  const definition = definitionOf(kind);
  const isApplied = definition.role === 'layer' || definition.role === 'op';
  return isApplied && state !== 'bypassed' ? definition.reads : undefined;
}
