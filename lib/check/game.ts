import { reachFrom } from '@/lib/graph/reach';
import { appliesOf, callParams } from '@/lib/nodes/role-params';
import type { End, WiredNode } from './checked';
import { isComplete } from './reach';

/** Questions about the game that players, cost and advice ask: what a loss evaluates, what of it depends on θ. */
type Nodes<N extends WiredNode> = ReadonlyMap<string, N>;

/** Nodes that an evaluation asks for, and which of their outputs. */
type Needed<N extends WiredNode> = ReadonlyMap<N, ReadonlySet<string>>;

/** The inputs that an output reads: lazily, as evaluation does. All of them if undefined. */
const neededInputs = ({ outputs }: WiredNode, output: string): readonly string[] | undefined =>
  outputs.find(({ name }) => name === output)?.needs;

/**
 * A node's outputs that one evaluation asks for: from a loss back to the sources, or as far as `follows` says, each
 * node once.
 */
export function upstream<N extends WiredNode>(
  nodes: Nodes<N>,
  from: readonly Pick<End, 'id' | 'port'>[],
  follows: (node: N, port: string) => boolean = () => true,
): Needed<N> {
  const asked = new Map<N, Set<string>>();
  const stack = [...from];
  for (let end = stack.pop(); end; end = stack.pop()) {
    const node = nodes.get(end.id);
    const outputs = node && asked.get(node);
    if (!node || outputs?.has(end.port)) continue;
    if (outputs) outputs.add(end.port);
    else asked.set(node, new Set([end.port]));
    const needs = neededInputs(node, end.port);
    if (outputs && !needs) continue; // All inputs were visited for another output already.
    for (const [port, ends] of node.wiredFrom)
      if ((!needs || needs.includes(port)) && follows(node, port)) for (const next of ends) stack.push(next);
  }
  return asked;
}

/** The network that a node applies: a call's, or that of a loss or an op which looks into it. */
export const appliedBy = (node: Pick<WiredNode, 'definition' | 'params'>): string | undefined =>
  appliesOf(node)?.network ?? callParams(node)?.network;

/** Whether a node applies one of these networks with the weights in training. */
function appliesLive(node: WiredNode, networks: ReadonlySet<string>): boolean {
  const applied = appliedBy(node);
  return applied !== undefined && callParams(node)?.weights !== 'ema' && networks.has(applied);
}

const stopsGradient = (node: WiredNode): boolean =>
  (node.definition?.traits?.stopsGradient === true || callParams(node)?.sample === 'autoregressive') &&
  node.node.state !== 'bypassed';

/** Whether a gradient comes back through this input: not through one that a loss takes as it is. */
const passesGradient = (node: WiredNode, port: string): boolean =>
  !stopsGradient(node) && !node.inputs.some(({ name, constant }) => constant && name === port);

/** Of what an evaluation asks for, the nodes that depend on θ of these networks, their calls included. */
function dependOn<N extends WiredNode>(
  nodes: Nodes<N>,
  needed: Needed<N>,
  networks: ReadonlySet<string>,
): ReadonlySet<N> {
  const readers = new Map<N, N[]>();
  for (const [node, outputs] of needed) {
    const needs = [...outputs].map((output) => neededInputs(node, output));
    for (const [port, ends] of node.wiredFrom) {
      if (!needs.some((ports) => !ports || ports.includes(port))) continue;
      for (const { id } of ends) {
        const source = nodes.get(id);
        if (!source) continue;
        const known = readers.get(source);
        if (known) known.push(node);
        else readers.set(source, [node]);
      }
    }
  }
  const roots = [...needed.keys()].filter((node) => appliesLive(node, networks) && !stopsGradient(node));
  return reachFrom(roots, (node, go) => {
    for (const reader of readers.get(node) ?? []) if (!stopsGradient(reader)) go(reader);
  });
}

/** A player: an optimizer with a loss and θ. */
export interface Player<N extends WiredNode = WiredNode> {
  readonly node: N;
  readonly networks: ReadonlySet<string>;
  /** What its loss evaluates. */
  readonly needed: Needed<N>;
  /** Of these, what depends on its θ: the part that the gradient runs through. */
  readonly path: ReadonlySet<N>;
}

/** Every update walks the game once, so their number is bounded. */
export const MOST_PLAYERS = 64;

export const isPlayer = (node: WiredNode): boolean =>
  node.definition?.role === 'optimizer' && isComplete(node);

/** The players, in document order. */
export function findPlayers<N extends WiredNode>(nodes: Nodes<N>): readonly Player<N>[] {
  return [...nodes.values()]
    .filter(isPlayer)
    .slice(0, MOST_PLAYERS)
    .map((node) => {
      const networks = new Set((node.wiredFrom.get('theta') ?? []).map(({ id }) => id));
      const loss = node.wiredFrom.get('loss') ?? [];
      const needed = upstream(nodes, loss);
      const flow = upstream(nodes, loss, passesGradient);
      return { node, networks, needed, path: dependOn(nodes, flow, networks) };
    });
}

/** The networks that these nodes apply. */
export function networksOf(nodes: Iterable<WiredNode>): ReadonlySet<string> {
  const networks = new Set<string>();
  for (const node of nodes) {
    const applied = appliedBy(node);
    if (applied !== undefined) networks.add(applied);
  }
  return networks;
}
