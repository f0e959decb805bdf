import type { Fix } from '@/lib/graph/diagnostic';
import { formatCount } from '@/lib/util/format-count';
import { mention } from '../mention';
import type { Duel, Rule } from './rule';

const gan = { label: 'Goodfellow et al. 2014', url: 'https://arxiv.org/abs/1406.2661' };

/** Who moves which θ. */
export const playerRules: readonly Rule[] = [
  {
    id: 'network-untrained',
    severity: 'warning',
    source: gan,
    find: ({ checked, players }) =>
      players.length === 0
        ? []
        : [...checked.networks.values()]
            .filter(({ network: { id }, parameters }) => {
              const isHeld = players.some(({ networks }) => networks.has(id));
              return checked.active.has(id) && parameters > 0 && !isHeld;
            })
            .map(({ network: { id }, parameters }) => ({
              node: id,
              message: `No optimizer updates network ${mention(id)}: its ${formatCount(parameters)} parameters stay as they start.`,
              hint: 'Wire its θ to the optimizer that should train it.',
            })),
  },
  {
    id: 'network-shared',
    severity: 'warning',
    source: gan,
    find: ({ checked, players }) =>
      [...checked.networks.keys()].flatMap((id) => {
        const holders = players
          .filter(({ networks }) => networks.has(id))
          .map(({ node }) => mention(node.node.id));
        if (holders.length < 2) return [];
        return {
          node: id,
          message: `${holders.length} optimizers update network ${mention(id)}: ${holders.join(', ')}. Each undoes part of the other’s work.`,
          hint: 'Let one player hold it, or duplicate the network.',
        };
      }),
  },
  {
    id: 'theta-of-opponent',
    severity: 'warning',
    source: gan,
    find: ({ duels }) =>
      duels.flatMap((duel) => {
        const { loss, discriminators, generators, discriminatorPlayers, generatorPlayers } = duel;
        const swap = findSwap(duel);
        const wrong = (players: typeof discriminatorPlayers, foreign: readonly string[], whose: string) =>
          players
            // One optimizer for both costs at once is somebody's experiment, not a slip.
            .filter((player) => !(discriminatorPlayers.includes(player) && generatorPlayers.includes(player)))
            .flatMap(({ node, networks }) =>
              foreign
                .filter((id) => networks.has(id))
                .map((id) => ({
                  node: node.node.id,
                  port: 'theta',
                  message: `${mention(node.node.id)} minimises the ${whose}’s cost of ${mention(loss.node.id)} and holds θ of ${mention(id)}, which plays against it: ${mention(id)} learns to lose.`,
                  hint: `Wire θ of ${mention(id)} to the other player’s optimizer.`,
                  fix: swap ?? {
                    type: 'remove-wire' as const,
                    label: `Take ${mention(id)} from it`,
                    wire: [`${id}.theta`, `${node.node.id}.theta`] as const,
                  },
                })),
            );
        return [
          ...wrong(discriminatorPlayers, generators, 'discriminator'),
          ...wrong(generatorPlayers, discriminators, 'generator'),
        ];
      }),
  },
];

/** Two players that hold nothing but each other's network: both wires are at the wrong end. */
function findSwap({
  discriminators,
  generators,
  discriminatorPlayers,
  generatorPlayers,
}: Duel): Fix | undefined {
  const [[judge, ...judges], [maker, ...makers]] = [discriminatorPlayers, generatorPlayers];
  if (!judge || !maker || judge === maker || judges.length + makers.length > 0) return undefined;
  const [[made = '', ...alsoMade], [scored = '', ...alsoScored]] = [[...judge.networks], [...maker.networks]];
  if (alsoMade.length + alsoScored.length > 0) return undefined;
  if (!generators.includes(made) || !discriminators.includes(scored)) return undefined;
  return {
    type: 'swap-wires',
    label: `Swap θ of ${mention(made)} and ${mention(scored)}`,
    wires: [
      [`${made}.theta`, `${judge.node.node.id}.theta`],
      [`${scored}.theta`, `${maker.node.node.id}.theta`],
    ],
  };
}
