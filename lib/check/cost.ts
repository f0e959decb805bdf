import { appliesOf, callParams } from '@/lib/nodes/role-params';
import { rowsOf, type Shape, sizeOf } from '@/lib/shapes/shape';
import type { Cost } from './checked';
import type { Draft, DraftNetwork, DraftNode } from './draft';
import { appliedBy, type Player, upstream } from './game';
import { bytesAt, FLOAT, HELD, type Memory } from './memory';
import { usedNodes } from './reach';

interface NetworkCost {
  readonly parameters: number;
  readonly buffers: number;
  readonly multiplyAdds: number;
  /** Numbers that one forward pass of one example produces. */
  readonly activations: number;
}

export function measureNetwork(draft: Draft, network: DraftNetwork): NetworkCost {
  let parameters = 0;
  let buffers = 0;
  let multiplyAdds = 0;
  let activations = 0;
  for (const node of usedNodes(draft, network)) {
    parameters += node.parameters;
    buffers += node.buffers;
    multiplyAdds += node.multiplyAdds;
    activations += sizeOfOutputs(node.outputShapes);
  }
  // A reference batch goes through it before each batch.
  const passes = network.nodes.some(({ definition }) => definition?.role === 'layer' && definition.reference)
    ? 2
    : 1;
  return { parameters, buffers, multiplyAdds: multiplyAdds * passes, activations: activations * passes };
}

const sizeOfOutputs = (shapes: ReadonlyMap<string, Shape>): number => {
  let sum = 0;
  for (const { dims } of shapes.values()) sum += sizeOf(dims);
  return sum;
};

/**
 * One iteration. An update costs the forward pass of all that its loss needs, and backward along the path to
 * its θ: twice the forward pass where weights and inputs get a gradient, once where only the inputs do.
 */
export function measureCost(
  draft: Draft,
  players: readonly Player<DraftNode>[],
  networks: ReadonlyMap<string, NetworkCost>,
): Cost {
  const { settings } = draft.graph;
  let parameters = 0;
  let state = 0;
  for (const [id, { parameters: own, buffers }] of networks) {
    if (!draft.active.has(id)) continue;
    parameters += own;
    state += (own + buffers) * (hasAverage(draft, id) ? 2 : 1);
  }
  for (const { node, buffers } of draft.game) if (draft.active.has(node.id)) state += buffers;
  const averaged = averagedNumbers(draft, networks);
  state += sumOf(averaged, (numbers) => numbers);
  const passes = settings.update === 'extragradient' || settings.update === 'consensus' ? 2 : 1;
  let multiplyAdds = 0;
  const moments = [
    lookMoment(draft, networks),
    ...averaged.map((numbers) => ({ fixed: FLOAT * numbers * HELD.slowVectors, perRow: 0 })),
  ];
  for (const player of players) {
    const update = measureUpdate(draft, player, networks);
    const { params, node } = player.node;
    state += heldBy(player, networks) * slotsOf(player);
    moments.push(...updateMoments(draft, player, networks, update));
    multiplyAdds +=
      (node.state === 'muted' ? update.forward : update.forward + update.backward) * stepsOf(params) * passes;
  }
  const memory = { base: FLOAT * HELD.states * state, moments: together(settings.update, moments) };
  return { parameters, multiplyAdds, bytes: bytesAt(memory, settings.batchSize), memory };
}

/** Weights whose slow weights each node keeps: those of the networks that it moves between iterations. */
const averagedNumbers = (draft: Draft, networks: ReadonlyMap<string, NetworkCost>): number[] =>
  draft.game
    .filter(({ definition, node }) => definition?.role === 'averaging' && draft.active.has(node.id))
    .filter(({ node }) => node.state !== 'muted')
    .map(({ wiredFrom }) =>
      sumOf(new Set(wiredFrom.get('theta')?.map(({ id }) => id)), (id) => networks.get(id)?.parameters ?? 0),
    );

/** Steps per iteration; of a ramp the larger end. */
function stepsOf({ steps }: Readonly<Record<string, unknown>>): number {
  if (typeof steps === 'number') return steps;
  if (typeof steps !== 'object' || steps === null) return 1;
  const { from, to } = steps as { from?: unknown; to?: unknown };
  return Math.max(Number(from) || 1, Number(to) || 1);
}

interface Update {
  readonly forward: number;
  readonly backward: number;
  /** Numbers kept whatever the batch, and for each of its rows. */
  readonly fixed: number;
  readonly perRow: number;
}

function measureUpdate(
  draft: Draft,
  player: Player<DraftNode>,
  networks: ReadonlyMap<string, NetworkCost>,
): Update {
  const { batchSize } = draft.graph.settings;
  let forward = 0;
  let backward = 0;
  let fixed = 0;
  let perRow = 0;
  const count = (node: DraftNode, times: number, isOnPath: boolean) => {
    const rows = rowsOf(batchOf(node), batchSize);
    const called = calledBy(node, networks);
    const pass = (called?.multiplyAdds ?? node.multiplyAdds) * rows * passesOf(node) * times;
    const kept = numbersOf(node, networks) * times * (HELD.outputs + (isOnPath ? HELD.gradients : 0));
    if (batchOf(node) === 'one') fixed += kept;
    else perRow += kept / Number(batchOf(node));
    forward += pass;
    if (isOnPath) backward += called && player.networks.has(appliedBy(node) ?? '') ? 2 * pass : pass;
  };
  for (const node of player.needed.keys()) {
    const isOnPath = player.path.has(node);
    count(node, 1, isOnPath);
    // Forward, and back to where the slope is taken.
    for (const again of evaluatedAgain(draft, node)) count(again, 2, isOnPath);
  }
  return { forward, backward, fixed, perRow };
}

/** While the gradient is computed, and while θ moves by it. */
function updateMoments(
  draft: Draft,
  player: Player<DraftNode>,
  networks: ReadonlyMap<string, NetworkCost>,
  { fixed, perRow }: Update,
): Memory['moments'] {
  const held = heldBy(player, networks);
  const averaged = sumOf(player.networks, (id) =>
    hasAverage(draft, id) ? (networks.get(id)?.parameters ?? 0) : 0,
  );
  const moving = held * (HELD.vectors + slotsOf(player)) + averaged * HELD.averageVectors;
  return [
    { fixed: FLOAT * (fixed + held * HELD.gradientVectors), perRow: FLOAT * perRow },
    { fixed: FLOAT * moving, perRow: 0 },
  ];
}

/** Players that move together hold the gradients of all of them at once. */
function together(
  update: Draft['graph']['settings']['update'],
  moments: Memory['moments'],
): Memory['moments'] {
  if (update === 'alternating') return moments;
  return [
    {
      fixed: sumOf(moments, ({ fixed }) => fixed),
      perRow: Math.max(0, ...moments.map(({ perRow }) => perRow)),
    },
  ];
}

/** Rows that a view or metric evaluates at a time, at most. */
const LOOK_ROWS = 512;

/** Views and metrics look between updates: forward passes alone, on rows of their own. */
function lookMoment(draft: Draft, networks: ReadonlyMap<string, NetworkCost>): Memory['moments'][number] {
  let most = 0;
  for (const node of draft.game) {
    const { definition, params } = node;
    if (!draft.active.has(node.node.id)) continue;
    if (definition?.role !== 'view' && definition?.role !== 'metric') continue;
    const { samples } = params;
    const asked =
      definition.role === 'view'
        ? definition.rows(params as never, shapesInto(draft, node))
        : typeof samples === 'number'
          ? samples
          : draft.graph.settings.batchSize;
    const needed = upstream(draft.nodes, [...node.wiredFrom.values()].flat());
    const numbers = sumOf(needed.keys(), (source) => numbersOf(source, networks));
    most = Math.max(most, numbers * Math.min(asked, LOOK_ROWS), probedNumbers(draft, node, networks));
  }
  return { fixed: FLOAT * most * HELD.outputs, perRow: 0 };
}

/** Numbers of a forward pass over all points at which a view or a metric probes a network. */
function probedNumbers(
  draft: Draft,
  { definition, params }: DraftNode,
  networks: ReadonlyMap<string, NetworkCost>,
): number {
  const probe =
    definition?.role === 'view'
      ? definition.probe?.(params as never)
      : definition?.role === 'metric' && definition.probes?.probe(params as never);
  const again = definition?.role === 'metric' ? definition.reruns?.of(params as never) : undefined;
  const asked = again ?? (probe || undefined);
  const network = asked && draft.networks.get(asked.network);
  const axes = network ? sizeOf(network.inputShapes.get(asked.input)?.dims ?? []) : 0;
  if (!asked || axes < 1 || (probe && axes > probe.mostAxes)) return 0;
  const points = probe
    ? probe.points(Array.from({ length: axes }, () => [0, 1] as const)).length / axes
    : (again?.rows ?? 0);
  return points * (axes + (networks.get(asked.network)?.activations ?? 0));
}

/** The first shape on each wired input. */
function shapesInto(draft: Draft, node: DraftNode): { [port: string]: Shape } {
  return Object.fromEntries(
    [...node.wiredFrom].flatMap(([port, [end]]) => {
      const found = end && draft.nodes.get(end.id)?.outputShapes.get(end.port);
      return found ? [[port, found] as const] : [];
    }),
  );
}

const calledBy = (node: DraftNode, networks: ReadonlyMap<string, NetworkCost>): NetworkCost | undefined =>
  networks.get(appliedBy(node) ?? '');

/** What lies between the two ends of a slope. */
function evaluatedAgain(draft: Draft, { definition, wiredFrom }: DraftNode): readonly DraftNode[] {
  if (definition?.role !== 'loss' || !definition.slope) return [];
  const { of, at } = definition.slope;
  const given = upstream(draft.nodes, wiredFrom.get(at) ?? []);
  return [...upstream(draft.nodes, wiredFrom.get(of) ?? []).keys()].filter((node) => !given.has(node));
}

/**
 * A kind that applies a network goes forward through it, and back to its input, an op many times; a call that
 * samples goes through its network once for each variable.
 */
function passesOf(node: DraftNode): number {
  if (callParams(node)?.sample === 'autoregressive') return sizeOfOutputs(node.outputShapes);
  const applied = appliesOf(node);
  return applied?.passes ?? (applied || node.definition?.role === 'loss' ? 2 : 1);
}

/**
 * Numbers per example that a node of the game makes; of a network that it applies, those of its layers. An op
 * that goes there and back many times keeps one of them at a time.
 */
const numbersOf = (node: DraftNode, networks: ReadonlyMap<string, NetworkCost>): number => {
  const called = calledBy(node, networks);
  const passes = node.definition?.role === 'op' ? Math.min(2, passesOf(node)) : passesOf(node);
  return called ? called.activations * passes : sizeOfOutputs(node.outputShapes);
};

const hasAverage = (draft: Draft, network: string): boolean =>
  draft.networks.get(network)?.network.ema !== undefined;

const heldBy = ({ networks: held }: Player<DraftNode>, networks: ReadonlyMap<string, NetworkCost>): number =>
  sumOf(held, (id) => networks.get(id)?.parameters ?? 0);

const slotsOf = ({ node: { definition } }: Player<DraftNode>): number =>
  definition?.role === 'optimizer' ? definition.slots.length : 0;

/** A loss gives one number, but goes through the network that it applies with every row. */
const batchOf = (node: DraftNode): Shape['batch'] =>
  node.definition?.role === 'loss' && appliedBy(node) !== undefined
    ? 1
    : (node.outputShapes.values().next().value?.batch ?? 1);

function sumOf<T>(items: Iterable<T>, value: (item: T) => number): number {
  let sum = 0;
  for (const item of items) sum += value(item);
  return sum;
}
