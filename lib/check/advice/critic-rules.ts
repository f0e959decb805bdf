import { readOptimizer } from '@/lib/nodes/role-params';
import type { CheckedNode } from '../checked';
import { listNames } from '../draft';
import { appliedBy } from '../game';
import { mention } from '../mention';
import { momentumOf } from './optimizer-rules';
import { bypass, type Duel, type Finding, type Rule, type RuleContext, runningNodes } from './rule';
import { type Bounds, boundsOf, sayRange } from './values';

const wgan = { label: 'Arjovsky et al. 2017 (WGAN)', url: 'https://arxiv.org/abs/1701.07875' };
const wganGp = { label: 'Gulrajani et al. 2017 (WGAN-GP)', url: 'https://arxiv.org/abs/1704.00028' };

/** As many critic steps as the papers make for one of the generator. */
const CRITIC_STEPS = 5;
/** Where the paper clips. */
const CLIP = 0.01;

/** Critics: discriminators whose scores are a distance, and slopes that are held. */
export const criticRules: readonly Rule[] = [
  {
    id: 'critic-unbounded',
    severity: 'warning',
    source: wgan,
    find: (context) =>
      criticsIn(context)
        .filter(({ discriminatorPlayers }) => discriminatorPlayers.length > 0)
        .filter((duel) => !isSlopeBounded(context, duel))
        .map(({ loss, discriminators, discriminatorPlayers }): Finding => {
          const player = discriminatorPlayers[0]?.node;
          const momentum = player && momentumOf(player);
          const isMixed = discriminators.some((network) => normalises(context, network));
          return {
            node: loss.node.id,
            message: `${mention(loss.node.id)} is a distance only while the slope of ${listNames(discriminators.map(mention))} is bounded, and nothing bounds it: scores grow without end.`,
            hint: isMixed
              ? 'Clip its weights; a gradient penalty would need a critic without batch statistics.'
              : 'Add a gradient penalty to the critic’s loss, or clip its weights.',
            ...(player && {
              fix: {
                type: 'set-params' as const,
                label: `Clip weights to ± ${CLIP}${momentum ? ', without momentum' : ''}`,
                node: player.node.id,
                params: { clipWeights: CLIP, ...(momentum && { [momentum]: 0 }) },
              },
            }),
          };
        }),
  },
  {
    id: 'critic-squashed',
    severity: 'warning',
    source: wgan,
    find: (context) =>
      criticsIn(context).flatMap(({ loss }): readonly Finding[] => {
        const squash = squashedBy(context, loss);
        if (!squash) return [];
        const { by, range } = squash;
        return [
          {
            node: by.node.id,
            message: `${mention(by.node.id)} confines the critic’s scores, which ${sayRange(range)}; ${mention(loss.node.id)} measures with scores that have no bounds.`,
            hint: 'End the critic with its dense layer.',
            fix: bypass(by),
          },
        ];
      }),
  },
  {
    id: 'critic-steps',
    severity: 'warning',
    source: wganGp,
    find: (context) => {
      const { checked } = context;
      if (checked.graph.settings.update !== 'alternating') return [];
      const players = new Set(criticsIn(context).flatMap(({ discriminatorPlayers }) => discriminatorPlayers));
      return [...players]
        .filter(({ node }) => readOptimizer(node.params).steps === 1)
        .map(({ node }) => ({
          node: node.node.id,
          path: 'params.steps',
          message: `${mention(node.node.id)} makes 1 step per iteration; a critic measures a distance only once it has nearly converged.`,
          hint: `The papers make ${CRITIC_STEPS} critic steps for one of the generator.`,
          fix: {
            type: 'set-params' as const,
            label: `Make ${CRITIC_STEPS} steps`,
            node: node.node.id,
            params: { steps: CRITIC_STEPS },
          },
        }));
    },
  },
  {
    id: 'penalty-batch-norm',
    severity: 'error',
    source: wganGp,
    find: (context) =>
      [...slopesBoundedIn(context)].flatMap((network) =>
        [...runningNodes(context.checked, network)]
          .filter(({ definition: { traits } = {} }) => traits?.batchStatistics || traits?.joinsExamples)
          .map((node) => penalisedTogether(node, network)),
      ),
  },
];

/** Batch norm contradicts the penalty; what only lets D see several examples is used with it (PG-GAN, PacGAN). */
function penalisedTogether(node: CheckedNode, network: string): Finding {
  const { definition } = node;
  const about = { node: node.node.id };
  if (definition?.role === 'layer' && definition.advance)
    return {
      ...about,
      message: `${mention(node.node.id)} makes each score of ${mention(network)} depend on the whole batch, but a gradient penalty holds the slope of each example by itself: the two contradict each other.`,
      hint: 'Leave it out of the critic, or normalise each example alone.',
    };
  return {
    ...about,
    severity: 'warning',
    message: `${mention(node.node.id)} lets each score of ${mention(network)} depend on several examples, and the gradient penalty sums their slopes: it holds less than the slope of each.`,
    hint: 'It is done (PG-GAN has a deviation in a penalised critic); expect to raise the weight of the penalty.',
  };
}

const normalises = (context: RuleContext, network: string): boolean =>
  [...runningNodes(context.checked, network)].some(({ definition }) => definition?.traits?.batchStatistics);

/** What bounds the scores of a critic on both sides. */
function squashedBy({ checked }: RuleContext, loss: CheckedNode): Bounds | undefined {
  for (const { name, scores } of loss.inputs) {
    const end = scores && loss.wiredFrom.get(name)?.[0];
    const bounds = end && boundsOf(checked, end);
    if (bounds?.range.every(Number.isFinite)) return bounds;
  }
  return undefined;
}

/** Nodes that some critic can do no work behind. */
export const squashesIn = (context: RuleContext): ReadonlySet<CheckedNode> =>
  new Set(criticsIn(context).flatMap(({ loss }) => squashedBy(context, loss)?.by ?? []));

const criticsIn = ({ duels }: RuleContext): readonly Duel[] =>
  duels.filter(({ loss }) => loss.definition?.traits?.needsBoundedSlope && loss.node.state !== 'muted');

/** Networks whose slope some player's loss bounds. */
function slopesBoundedIn({ players }: RuleContext): ReadonlySet<string> {
  const networks = new Set<string>();
  for (const { needed } of players)
    for (const node of needed.keys()) {
      const applied = appliedBy(node);
      if (node.definition?.traits?.boundsSlope && node.node.state !== 'muted' && applied !== undefined)
        networks.add(applied);
    }
  return networks;
}

/** By a penalty, by clipping, or by the norm of every kernel. */
function isSlopeBounded(context: RuleContext, { discriminators, discriminatorPlayers }: Duel): boolean {
  const penalised = slopesBoundedIn(context);
  return discriminators.every((network) => {
    if (penalised.has(network)) return true;
    const holders = discriminatorPlayers.filter(({ networks }) => networks.has(network));
    if (holders.some(({ node }) => typeof readOptimizer(node.params).clipWeights === 'number')) return true;
    return [...runningNodes(context.checked, network)].some(({ params }) => params.spectralNorm === true);
  });
}
