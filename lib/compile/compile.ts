import type { Checked, CheckedNode } from '@/lib/check/checked';
import { isStateOf } from '@/lib/check/inputs';
import { portName } from '@/lib/check/names';
import { hasErrors } from '@/lib/graph/diagnostic';
import { reachUpstream } from '@/lib/graph/reach';
import type { Scheduled } from '@/lib/graph/scheduled';
import { joinEndpoint, type Network } from '@/lib/graph/schema';
import type { InputShapes } from '@/lib/nodes/define';
import { paramMeta } from '@/lib/nodes/params';
import { callParams, readOptimizer } from '@/lib/nodes/role-params';
import type { Shape } from '@/lib/shapes/shape';
import { assert, defined } from '@/lib/util/assert';
import type { Plan, PlanLayer, PlanNetwork, PlanNode, PlanPlayer, PlanView, Ref } from './plan';

/**
 * Graph to plan. Takes a checked graph without errors; what it then finds missing is a programmer's error.
 * Only what is active gets in: what complete players, views and metrics reach.
 */
export function compilePlan(checked: Checked): Plan {
  assert(!hasErrors(checked.diagnostics), 'only a graph without errors compiles');
  const { graph } = checked;
  const byRole = (role: string) =>
    graph.nodes
      .map((node) => lookup(checked, node.id))
      .filter((node) => node.definition?.role === role && checked.active.has(node.node.id));

  const players = byRole('optimizer')
    .map((node) => toPlayer(node))
    .map((player, position) => ({ player, position, order: readOptimizer(player.params).order }))
    .sort((a, b) => a.order - b.order || a.position - b.position)
    .map(({ player }) => player);
  const views = byRole('view').map((node) => toView(checked, node));
  const metrics = byRole('metric').map((node) => toPlanNode(checked, node));

  const losses = players.map(({ loss }) => loss);
  const trained = reach(checked, losses);
  const reached = reach(checked, [
    ...losses,
    ...views.flatMap((view) => [
      ...Object.values(view.inputs).flat(),
      ...view.extents,
      ...namedNodes(checked, view.id),
    ]),
    ...metrics.flatMap((metric) => [
      ...Object.values(metric.inputs).flat(),
      ...namedNodes(checked, metric.id),
    ]),
  ]);
  const game = checked.order
    .filter((id) => reached.has(id))
    .map((id) => toLayer(checked, lookup(checked, id)));
  return {
    format: 1,
    settings: graph.settings,
    networks: graph.networks
      .map(({ id }) => toNetwork(checked, id, trained))
      .filter((network) => network.outputs.length > 0),
    game,
    players,
    averagings: byRole('averaging')
      .filter(({ node }) => node.state !== 'muted')
      .map((node) => ({
        id: node.node.id,
        kind: node.node.kind,
        params: node.params,
        networks: heldNetworks(node),
      })),
    views,
    metrics,
    calls: byRole('call').map(({ node }) => node.id),
  };
}

const lookup = (checked: Checked, id: string): CheckedNode => defined(checked.nodes.get(id), `node ${id}`);

function refsOf(node: CheckedNode): { [port: string]: readonly Ref[] } {
  return Object.fromEntries(
    [...node.wiredFrom].map(([port, ends]) => [
      port,
      ends.map(({ id, port: name }) => ({ node: id, port: name })),
    ]),
  );
}

function shapesOf(checked: Checked, node: CheckedNode): { [port: string]: readonly Shape[] } {
  const entries = [...node.wiredFrom].map(([port, ends]) => {
    const shapes = ends.map(({ id, port: name }) => checked.nodes.get(id)?.outputShapes.get(name));
    return [port, shapes.filter((shape) => shape !== undefined)] as const;
  });
  return Object.fromEntries(entries);
}

function toPlanNode(checked: Checked, node: CheckedNode): PlanNode {
  const { id, kind, state } = node.node;
  const isMeant = node.definition && state && isStateOf(node.definition.role, state);
  return {
    id,
    kind,
    params: node.params,
    inputs: refsOf(node),
    inputShapes: shapesOf(checked, node),
    outputShapes: Object.fromEntries(node.outputShapes),
    many: node.inputs.filter((port) => port.many).map((port) => port.name),
    ...(isMeant && { state }),
  };
}

const heldNetworks = (node: CheckedNode): string[] => [
  ...new Set((refsOf(node).theta ?? []).map((ref) => ref.node)),
];

function toPlayer(node: CheckedNode): PlanPlayer {
  const { loss, opponent } = refsOf(node);
  return {
    id: node.node.id,
    kind: node.node.kind,
    params: node.params,
    loss: defined(loss?.[0], `loss of ${node.node.id}`),
    networks: heldNetworks(node),
    ...(opponent?.[0] && { opponent: opponent[0].node }),
    frozen: node.node.state === 'muted',
  };
}

function toView(checked: Checked, node: CheckedNode): PlanView {
  const { definition, params } = node;
  const probe = definition?.role === 'view' ? definition.probe?.(params) : undefined;
  return {
    ...toPlanNode(checked, node),
    extents: probe ? extentsOf(checked, probe.network, probe.input) : [],
    names: Object.fromEntries(
      Object.values(refsOf(node))
        .flat()
        .map(({ node: id, port }) => [
          joinEndpoint(id, port),
          portName(checked, { id, port, side: 'output' }),
        ]),
    ),
  };
}

/** What is fed into a network's input: its sources first, which lead, so that the extent hardly moves. */
function extentsOf(checked: Checked, network: string, input: string): Ref[] {
  const calls = checked.networks.get(network)?.calls ?? [];
  const fed = calls.flatMap((call) => refsOf(lookup(checked, call))[input] ?? []);
  const isSource = ({ node }: Ref) => checked.nodes.get(node)?.definition?.role === 'source';
  return [...fed.filter(isSource), ...fed.filter((ref) => !isSource(ref))];
}

/** Nodes that a parameter names: a metric's data set is drawn from though no wire leads to it. */
function namedNodes(checked: Checked, id: string): Ref[] {
  const { definition, params } = lookup(checked, id);
  return Object.entries(definition?.params.shape ?? {}).flatMap(([name, field]) => {
    const target = params[name];
    const isNode = paramMeta(field as Parameters<typeof paramMeta>[0]).reference?.to === 'node';
    return isNode && typeof target === 'string' && checked.nodes.has(target)
      ? [{ node: target, port: '' }]
      : [];
  });
}

/** Everything that these references read, through the game. */
const reach = ({ nodes }: Checked, roots: readonly Ref[]): ReadonlySet<string> =>
  reachUpstream(
    nodes,
    roots.map(({ node }) => node),
  );

/** Half of θ is forgotten after so many examples, a batch of them an update. */
const decayOf = (ema: NonNullable<Network['ema']>, batchSize: number): Scheduled =>
  typeof ema === 'object' && 'halfLife' in ema ? 0.5 ** (batchSize / ema.halfLife) : ema;

function toNetwork(checked: Checked, id: string, trained: ReadonlySet<string>): PlanNetwork {
  const found = defined(checked.networks.get(id), `network ${id}`);
  const { ema } = found.network;
  const nodes = found.order.map((nodeId) => lookup(checked, nodeId));
  const needsReference = nodes.some(({ definition }) => definition?.role === 'layer' && definition.reference);
  const reference = needsReference && firstFed(checked, id, trained);
  return {
    id,
    name: found.network.name,
    ...(ema !== undefined && { ema: decayOf(ema, checked.graph.settings.batchSize) }),
    ...(reference && { reference }),
    inputs: [...found.inputs].flatMap(([name, node]) => {
      const shape = found.inputShapes.get(name);
      return shape ? [{ name, node, shape }] : [];
    }),
    outputs: [...found.outputs].flatMap(([name, node]) => {
      const from = refsOf(lookup(checked, node)).in?.[0];
      return from ? [{ name, node, from }] : [];
    }),
    nodes: nodes
      .filter(({ definition, outputShapes }) => isApplied(definition?.role) && outputShapes.size > 0)
      .map((node) => toLayer(checked, node)),
  };
}

/**
 * What a network's first call is fed: first in the order of evaluation, so that nothing that it is fed needs the
 * network itself, and among those that train, so that a view changes nothing.
 */
function firstFed(
  checked: Checked,
  network: string,
  trained: ReadonlySet<string>,
): { [input: string]: Ref } | undefined {
  const calls = checked.order
    .map((id) => lookup(checked, id))
    .filter((node) => {
      const call = callParams(node);
      return call?.network === network && !call.inverse;
    });
  const first = calls.find(({ node }) => trained.has(node.id)) ?? calls[0];
  if (!first) return undefined;
  const fed = Object.entries(refsOf(first)).flatMap(([input, [ref]]) => (ref ? [[input, ref] as const] : []));
  return Object.fromEntries(fed);
}

const isApplied = (role: string | undefined): boolean => role === 'layer' || role === 'op';

function toLayer(checked: Checked, node: CheckedNode): PlanLayer {
  const plain = toPlanNode(checked, node);
  const { definition, params } = node;
  const isHolding = definition?.role === 'layer' || definition?.role === 'op' || definition?.role === 'loss';
  if (!isHolding || plain.state) return { ...plain, weights: [], buffers: [] };
  const shapes: InputShapes = Object.fromEntries(
    Object.entries(plain.inputShapes).map(([port, list]) => [
      port,
      plain.many.includes(port) ? list : list[0],
    ]),
  );
  return {
    ...plain,
    weights: definition.role === 'layer' ? definition.weights(params, shapes) : [],
    buffers: definition.buffers?.(params, shapes) ?? [],
  };
}

/** The name of a weight or buffer in a run: `g-dense-1.kernel`. */
export const weightKey = (node: string, weight: string): string => joinEndpoint(node, weight);
