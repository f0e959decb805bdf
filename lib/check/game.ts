import type { Draft, DraftNode } from './draft';
import { isComplete } from './reach';

/** Questions about the game that players, cost and advice ask: what a loss evaluates, and what of it depends on θ. */

/** The inputs that an output reads: lazily, as evaluation does. All of them if undefined. */
const neededInputs = ({ outputs }: DraftNode, output: string): readonly string[] | undefined =>
  outputs.find(({ name }) => name === output)?.needs;

/** A node's outputs that one evaluation asks for: from a loss back to the sources, each node once. */
export function upstream(
  draft: Draft,
  from: readonly { id: string; port: string }[],
): Map<DraftNode, Set<string>> {
  const asked = new Map<DraftNode, Set<string>>();
  const stack = [...from];
  for (let end = stack.pop(); end; end = stack.pop()) {
    const node = draft.nodes.get(end.id);
    if (!node) continue;
    const outputs = asked.get(node);
    if (outputs?.has(end.port)) continue;
    if (outputs) outputs.add(end.port);
    else asked.set(node, new Set([end.port]));
    const needs = neededInputs(node, end.port);
    if (outputs && !needs) continue; // All inputs were visited for another output already.
    for (const [port, ends] of node.wiredFrom)
      if (!needs || needs.includes(port)) for (const next of ends) stack.push(next);
  }
  return asked;
}

/** Of the nodes given, those that depend on θ of one of the networks, its calls included. */
export function dependOn(
  draft: Draft,
  nodes: Iterable<DraftNode>,
  networks: ReadonlySet<string>,
): ReadonlySet<DraftNode> {
  const among = new Set(nodes);
  const depends = new Set<DraftNode>();
  const stack = [...among].filter(
    ({ definition, params }) =>
      definition?.role === 'call' && params.weights !== 'ema' && networks.has(String(params.network)),
  );
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (depends.has(node)) continue;
    depends.add(node);
    for (const { id } of node.wiredTo) {
      const reader = draft.nodes.get(id);
      if (reader && among.has(reader)) stack.push(reader);
    }
  }
  return depends;
}

/** Every update walks the game once, so their number is bounded. */
const MOST_PLAYERS = 64;

/** A player: an optimizer with a loss and θ. */
export interface Player {
  readonly node: DraftNode;
  readonly networks: ReadonlySet<string>;
  /** What its loss evaluates. */
  readonly needed: Map<DraftNode, Set<string>>;
  /** Of these, what depends on its θ: the part that the gradient runs through. */
  readonly path: ReadonlySet<DraftNode>;
}

export function findPlayers(draft: Draft): readonly Player[] {
  const optimizers = draft.game
    .filter(isComplete)
    .filter(({ definition }) => definition?.role === 'optimizer');
  for (const { node } of optimizers.slice(MOST_PLAYERS, MOST_PLAYERS + 1))
    draft.diagnostics.push({
      code: 'player-limit',
      severity: 'error',
      node: node.id,
      message: `The graph has ${optimizers.length} players; at most ${MOST_PLAYERS} can play.`,
      hint: 'Split it into several documents.',
    });
  return optimizers.slice(0, MOST_PLAYERS).flatMap((node) => {
    const loss = node.wiredFrom.get('loss');
    const theta = node.wiredFrom.get('theta');
    if (!loss || !theta) return [];
    const networks = new Set(theta.map(({ id }) => id));
    const needed = upstream(draft, loss);
    return [{ node, networks, needed, path: dependOn(draft, needed.keys(), networks) }];
  });
}
