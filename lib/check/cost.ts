import { rowsOf, type Shape, sizeOf } from '@/lib/shapes/shape';
import type { Cost } from './checked';
import type { Draft, DraftNetwork, DraftNode } from './draft';
import type { Player } from './game';
import { usedNodes } from './reach';

const FLOAT = 4;

export interface NetworkCost {
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
  return { parameters, buffers, multiplyAdds, activations };
}

const sizeOfOutputs = (shapes: ReadonlyMap<string, Shape>): number => {
  let sum = 0;
  for (const { dims } of shapes.values()) sum += sizeOf(dims);
  return sum;
};

/**
 * One iteration. An update costs the forward pass of all that its loss needs, and backward along the path to
 * its θ: twice the forward pass where weights and inputs get a gradient, once where only the inputs do.
 * Bytes: weights, averages, moments, the gradient of the largest player, and the activations of the largest
 * update, which are kept for the gradient, with the gradients along the path.
 */
export function measureCost(
  draft: Draft,
  players: readonly Player<DraftNode>[],
  networks: ReadonlyMap<string, NetworkCost>,
): Cost {
  const { settings } = draft.graph;
  let parameters = 0;
  let numbers = 0;
  for (const [id, { parameters: own, buffers }] of networks) {
    if (!draft.active.has(id)) continue;
    parameters += own;
    numbers += (own + buffers) * (draft.networks.get(id)?.network.ema === undefined ? 1 : 2);
  }
  const passes = settings.update === 'extragradient' || settings.update === 'consensus' ? 2 : 1;
  let multiplyAdds = 0;
  let largest = 0;
  for (const player of players) {
    const update = measureUpdate(draft, player, networks);
    const { definition, params, state } = { ...player.node, state: player.node.node.state };
    const held = sumOf(player.networks, (id) => networks.get(id)?.parameters ?? 0);
    if (definition?.role === 'optimizer') numbers += held * definition.slots.length;
    largest = Math.max(largest, update.numbers + held);
    multiplyAdds +=
      (state === 'muted' ? update.forward : update.forward + update.backward) * stepsOf(params) * passes;
  }
  return { parameters, multiplyAdds, bytes: FLOAT * (numbers + largest) };
}

/** Steps per iteration; of a ramp the larger end. */
function stepsOf({ steps }: Readonly<Record<string, unknown>>): number {
  if (typeof steps === 'number') return steps;
  if (typeof steps !== 'object' || steps === null) return 1;
  const { from, to } = steps as { from?: unknown; to?: unknown };
  return Math.max(Number(from) || 1, Number(to) || 1);
}

function measureUpdate(draft: Draft, player: Player<DraftNode>, networks: ReadonlyMap<string, NetworkCost>) {
  const { batchSize } = draft.graph.settings;
  let forward = 0;
  let backward = 0;
  let numbers = 0;
  for (const node of player.needed.keys()) {
    const rows = rowsOf(batchOf(node), batchSize);
    const called = node.definition?.role === 'call' ? networks.get(String(node.params.network)) : undefined;
    const pass = (called?.multiplyAdds ?? node.multiplyAdds) * rows;
    const kept = (called?.activations ?? sizeOfOutputs(node.outputShapes)) * rows;
    forward += pass;
    numbers += kept;
    if (!player.path.has(node)) continue;
    numbers += kept;
    backward += called && player.networks.has(String(node.params.network)) ? 2 * pass : pass;
  }
  return { forward, backward, numbers };
}

const batchOf = (node: DraftNode): Shape['batch'] => node.outputShapes.values().next().value?.batch ?? 1;

function sumOf<T>(items: Iterable<T>, value: (item: T) => number): number {
  let sum = 0;
  for (const item of items) sum += value(item);
  return sum;
}
