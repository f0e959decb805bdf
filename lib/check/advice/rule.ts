import type { Diagnostic, Fix, Severity } from '@/lib/graph/diagnostic';
import type { Checked, CheckedNode } from '../checked';
import { findPlayers, networksOf, type Player, upstream } from '../game';
import { mention } from '../mention';

/** Advice: what a graph that trains could do better. A rule is data and one question. */
export interface Rule {
  readonly id: string;
  /** An error where a run would compute something that means nothing. */
  readonly severity: Severity;
  readonly source: { readonly label: string; readonly url: string };
  find(context: RuleContext): readonly Finding[];
}

export type Finding = Pick<Diagnostic, 'node' | 'port' | 'path' | 'wire' | 'message' | 'hint'> & {
  readonly fix?: Fix;
  /** Where it is not the rule's. */
  readonly severity?: Severity;
};

/** An objective pair and who plays it. */
export interface Duel {
  readonly loss: CheckedNode;
  /** Networks that score both sides. */
  readonly discriminators: readonly string[];
  /** Networks on one side only: they make what is scored. */
  readonly generators: readonly string[];
  readonly discriminatorPlayers: readonly Player<CheckedNode>[];
  readonly generatorPlayers: readonly Player<CheckedNode>[];
}

/** What the rules look at. */
export interface RuleContext {
  readonly checked: Checked;
  readonly players: readonly Player<CheckedNode>[];
  readonly duels: readonly Duel[];
}

/** Losses that are looked into; each takes a walk over the game. */
const MOST_LOSSES = 64;

export function ruleContextOf(checked: Checked): RuleContext {
  const players = findPlayers(checked.nodes);
  const losses = new Set(players.flatMap(({ needed }) => [...needed.keys()]));
  const duels = [...losses].slice(0, MOST_LOSSES).flatMap((loss) => findDuel(checked, players, loss) ?? []);
  return { checked, players, duels };
}

function findDuel(
  checked: Checked,
  players: readonly Player<CheckedNode>[],
  loss: CheckedNode,
): Duel | undefined {
  if (!loss.outputs.some(({ player }) => player)) return undefined;
  const sides = loss.inputs
    .filter(({ scores }) => scores)
    .flatMap(({ name }) => {
      const ends = loss.wiredFrom.get(name);
      return ends ? [networksOf(upstream(checked.nodes, ends).keys())] : [];
    });
  if (sides.length < 2) return undefined;
  const all = [...new Set(sides.flatMap((side) => [...side]))];
  const isOnAll = (network: string) => sides.every((side) => side.has(network));
  const playersOf = (role: 'discriminator' | 'generator') => {
    const outputs = loss.outputs.filter(({ player }) => player === role).map(({ name }) => name);
    return players.filter(({ needed }) => outputs.some((output) => needed.get(loss)?.has(output)));
  };
  return {
    loss,
    discriminators: all.filter(isOnAll),
    generators: all.filter((network) => !isOnAll(network)),
    discriminatorPlayers: playersOf('discriminator'),
    generatorPlayers: playersOf('generator'),
  };
}

/** The nodes of a network that run: not bypassed, on the way to an output. */
export function* runningNodes({ nodes, networks, active }: Checked, network: string): Generator<CheckedNode> {
  for (const id of networks.get(network)?.order ?? []) {
    const node = nodes.get(id);
    if (node && active.has(id) && node.node.state !== 'bypassed') yield node;
  }
}

/** Leaves a layer out, which one click takes back. */
export const bypass = (node: CheckedNode): Fix => ({
  type: 'bypass',
  label: `Bypass ${mention(node.node.id)}`,
  node: node.node.id,
});

export const ganhacks = {
  label: 'ganhacks (Chintala et al. 2016)',
  url: 'https://github.com/soumith/ganhacks',
};
