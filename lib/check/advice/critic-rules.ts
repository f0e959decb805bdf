import { listNames } from '../draft';
import { appliedBy } from '../game';
import { type Duel, type Finding, type Game, producerOf, type Rule, runningNodes, titleOf } from './rule';

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
    find: (game) =>
      criticsIn(game)
        .filter(({ discriminatorPlayers }) => discriminatorPlayers.length > 0)
        .filter((duel) => !isSlopeBounded(game, duel))
        .map(({ loss, discriminators, discriminatorPlayers }): Finding => {
          const player = discriminatorPlayers[0]?.node.node.id ?? loss.node.id;
          return {
            node: loss.node.id,
            message: `${titleOf(loss)} is a distance only while the slope of ${listNames(discriminators)} is bounded, and nothing bounds it: scores grow without end.`,
            hint: 'Add a gradient penalty to the critic’s loss, or clip its weights.',
            fix: {
              type: 'set-params',
              label: `Clip weights to ± ${CLIP}`,
              node: player,
              params: { clipWeights: CLIP },
            },
          };
        }),
  },
  {
    id: 'critic-squashed',
    severity: 'warning',
    source: wgan,
    find: (game) =>
      criticsIn(game).flatMap(({ loss }): readonly Finding[] => {
        for (const { name, scores } of loss.inputs) {
          const end = scores && loss.wiredFrom.get(name)?.[0];
          const producer = end && producerOf(game.checked, end)?.node;
          const range = producer?.definition?.traits?.range;
          if (!end || !producer || !range?.every(Number.isFinite)) continue;
          return [
            {
              node: producer.node.id,
              message: `${titleOf(producer)} confines the critic’s scores to between ${range[0]} and ${range[1]}; ${titleOf(loss)} measures with scores that have no bounds.`,
              hint: 'End the critic with its dense layer.',
            },
          ];
        }
        return [];
      }),
  },
  {
    id: 'critic-steps',
    severity: 'warning',
    source: wganGp,
    find: (game) => {
      const { checked } = game;
      if (checked.graph.settings.update !== 'alternating') return [];
      const players = new Set(criticsIn(game).flatMap(({ discriminatorPlayers }) => discriminatorPlayers));
      return [...players]
        .filter(({ node }) => node.params.steps === 1)
        .map(({ node }) => ({
          node: node.node.id,
          path: 'params.steps',
          message: `${titleOf(node)} makes 1 step per iteration; a critic measures a distance only once it has nearly converged.`,
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
    find: (game) =>
      [...slopesBoundedIn(game)].flatMap((network) =>
        [...runningNodes(game.checked, network)]
          .filter(({ definition }) => definition?.traits?.batchStatistics)
          .map((node) => ({
            node: node.node.id,
            message: `${titleOf(node)} makes each score of ${network} depend on the whole batch, but a gradient penalty holds the slope of each example by itself: the two contradict each other.`,
            hint: 'Leave it out of the critic, or normalise each example alone.',
          })),
      ),
  },
];

const criticsIn = ({ duels }: Game): readonly Duel[] =>
  duels.filter(({ loss }) => loss.definition?.traits?.needsBoundedSlope && loss.node.state !== 'muted');

/** Networks whose slope some player's loss bounds. */
function slopesBoundedIn({ players }: Game): ReadonlySet<string> {
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
function isSlopeBounded(game: Game, { discriminators, discriminatorPlayers }: Duel): boolean {
  const penalised = slopesBoundedIn(game);
  return discriminators.every((network) => {
    if (penalised.has(network)) return true;
    const holders = discriminatorPlayers.filter(({ networks }) => networks.has(network));
    if (holders.some(({ node }) => typeof node.params.clipWeights === 'number')) return true;
    return [...runningNodes(game.checked, network)].some(({ params }) => params.spectralNorm === true);
  });
}
