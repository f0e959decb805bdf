import { joinEndpoint } from '@/lib/graph/schema';
import type { NodeDefinition } from '@/lib/nodes/define';
import { resolveParams } from '@/lib/nodes/params';
import { registry } from '@/lib/nodes/registry';
import type { CheckedNode } from '../checked';
import { hasParam } from '../definition-facts';
import { upstream } from '../game';
import { mention } from '../mention';
import { type Duel, type Finding, type Rule, type RuleContext, runningNodes } from './rule';

/** Real data and fakes that lie apart, which D distinguishes without a mistake. */
export const supportRules: readonly Rule[] = [
  {
    id: 'noise-missing',
    severity: 'info',
    source: { label: 'Sønderby et al. 2017 (instance noise)', url: 'https://arxiv.org/abs/1610.04490' },
    find: (context) =>
      context.duels.flatMap((duel): readonly Finding[] => {
        const { loss, discriminators } = duel;
        // A cross-entropy is log 2 at most, however far apart they are.
        if (!loss.definition || !hasParam(loss.definition, 'realTarget')) return [];
        const sides = ['real', 'fake'].flatMap((port) => loss.wiredFrom.get(port) ?? []);
        const scored = [...upstream(context.checked.nodes, sides).keys()];
        const thin = scored.find(isThin);
        if (!thin || isBlurred(context, duel, scored) || isHeld(context, duel)) return [];
        return [
          {
            node: loss.node.id,
            message: `${mention(thin.node.id)} gives points or curves, which have no area: ${discriminators.map(mention).join(', ')} can distinguish them from fakes without a mistake, and then says nothing of how far they are.`,
            hint: 'Add noise to what it sees, real and fake, and let it fall to 0; or bound its slope.',
            ...blurFix(context, discriminators),
          },
        ];
      }),
  },
];

const isThin = ({ definition, params }: CheckedNode): boolean =>
  definition?.role === 'source' && definition.truth?.(resolveParams(params, 0)).thin === true;

const blurs = ({ definition }: CheckedNode): boolean => definition?.traits?.blurs === true;

const isBlurred = (
  { checked }: RuleContext,
  { discriminators }: Duel,
  scored: readonly CheckedNode[],
): boolean =>
  scored.some(blurs) || discriminators.some((network) => [...runningNodes(checked, network)].some(blurs));

/** Some player's loss bounds the slope of what scores. */
const isHeld = ({ players }: RuleContext, { discriminatorPlayers }: Duel): boolean =>
  players.some(
    (player) =>
      discriminatorPlayers.includes(player) &&
      [...player.needed.keys()].some(({ definition }) => definition?.traits?.boundsSlope),
  );

/** Noise behind the one input of a discriminator, where one wire leaves it. */
function blurFix({ checked }: RuleContext, discriminators: readonly string[]): Pick<Finding, 'fix'> {
  const kind = (registry as readonly NodeDefinition[]).find(({ traits }) => traits?.blurs);
  const inputs = discriminators.flatMap((id) => [...(checked.networks.get(id)?.inputs.values() ?? [])]);
  const wires = inputs.flatMap((id) =>
    checked.graph.wires.filter(([from]) => from === joinEndpoint(id, 'out')),
  );
  const [wire] = wires;
  if (!kind || !wire || wires.length !== 1) return {};
  const label = `Insert ${kind.title}`;
  return {
    fix: {
      type: 'insert-on-wire',
      label,
      wire,
      kind: kind.kind,
      params: { sd: { from: 0.1, to: 0, curve: 'linear' } },
    },
  };
}
