import { checkGraph } from '@/lib/check/check';
import type { Checked, CheckedNode } from '@/lib/check/checked';
import { minimalGraph } from '@/lib/examples/minimal/minimal';
import type { NodeDefinition } from '@/lib/nodes/define';
import { registry } from '@/lib/nodes/registry';
import { encodeLink } from '@/lib/share/link';
import { defined } from '@/lib/util/assert';

/** What the reference shows of a kind beside its definition: the kind at work in a small game. */
export interface KindFacts {
  readonly definition: NodeDefinition;
  readonly checked: Checked;
  /** The kind's node in that game. */
  readonly subject: CheckedNode;
}

const known = new Map<string, KindFacts>();

/** Worked out once per kind. */
export function factsOf(definition: NodeDefinition): KindFacts {
  const found = known.get(definition.kind);
  if (found) return found;
  const checked = checkGraph(minimalGraph(definition));
  const nodes = [...checked.nodes.values()];
  const subject = defined(
    nodes.find(({ node }) => node.kind === definition.kind),
    `${definition.kind} in its own graph`,
  );
  const facts = { definition, checked, subject };
  known.set(definition.kind, facts);
  return facts;
}

/** Where the editor opens the game: all of it is in the address. */
export const openAddress = async ({ checked }: KindFacts): Promise<string> =>
  `/edit#${await encodeLink(checked.graph)}`;

export const kinds: readonly NodeDefinition[] = registry;

/** Kinds by category, in the registry's order. */
export const categories: readonly (readonly [category: string, members: readonly NodeDefinition[]])[] = [
  ...new Set(kinds.map(({ category }) => category)),
].map((name) => [name, kinds.filter(({ category }) => category === name)]);
