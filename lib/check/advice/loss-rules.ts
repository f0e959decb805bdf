import { hasParam } from '../definition-facts';
import { endText, type Finding, type Game, producerOf, type Rule, titleOf } from './rule';

/** Scores, targets and objectives. */
export const lossRules: readonly Rule[] = [
  {
    id: 'loss-saturates',
    severity: 'warning',
    source: { label: 'Goodfellow 2016, section 3.2', url: 'https://arxiv.org/abs/1701.00160' },
    find: ({ duels }) =>
      duels
        .filter(({ loss, generatorPlayers }) => {
          const saturating = loss.definition?.traits?.saturating ?? [];
          return generatorPlayers.some(({ needed }) =>
            saturating.some((port) => needed.get(loss)?.has(port)),
          );
        })
        .map(({ loss }) => ({
          node: loss.node.id,
          message: `${titleOf(loss)} gives the generator almost no gradient while the discriminator tells its fakes with certainty, as it does at the start.`,
          hint: 'Use the non-saturating loss.',
        })),
  },
  {
    id: 'scores-probabilities',
    severity: 'warning',
    source: {
      label: 'torch.nn.BCEWithLogitsLoss',
      url: 'https://pytorch.org/docs/stable/generated/torch.nn.BCEWithLogitsLoss.html',
    },
    find: (game) =>
      findScores(game, 'logits', ({ range, title, port }) =>
        range && range[0] >= 0 && range[1] <= 1
          ? `wants logits, but ${port} comes from ${title}, whose values lie between ${range[0]} and ${range[1]}: it is squashed twice and hardly learns.`
          : undefined,
      ),
  },
  {
    id: 'scores-logits',
    severity: 'warning',
    source: {
      label: 'torch.nn.BCELoss',
      url: 'https://pytorch.org/docs/stable/generated/torch.nn.BCELoss.html',
    },
    find: (game) =>
      findScores(game, 'probabilities', ({ range, isLinear, title, port }) =>
        range
          ? range[0] < 0 || range[1] > 1
            ? `wants probabilities, but ${port} comes from ${title}, whose values lie between ${range[0]} and ${range[1]}: the logarithm of a negative number is NaN.`
            : undefined
          : isLinear
            ? `wants probabilities, but ${port} comes from ${title}, which gives any real number: the logarithm of a negative number is NaN.`
            : undefined,
      ),
  },
  {
    id: 'labels-hard',
    severity: 'info',
    source: {
      label: 'Salimans et al. 2016, one-sided label smoothing',
      url: 'https://arxiv.org/abs/1606.03498',
    },
    find: ({ duels }) =>
      duels
        .filter(({ loss }) => loss.params.realTarget === 1)
        .map(({ loss }) => ({
          node: loss.node.id,
          message: `${titleOf(loss)} asks the discriminator to be certain of real data (target 1); 0.9 keeps it from overconfidence.`,
          fix: {
            type: 'set-params' as const,
            label: 'Use 0.9',
            node: loss.node.id,
            params: { realTarget: 0.9 },
          },
        })),
  },
];

interface Score {
  readonly range: readonly [number, number] | undefined;
  /** A layer with weights and no bound. */
  readonly isLinear: boolean;
  readonly title: string;
  readonly port: string;
}

/** Losses that are told to expect one sort of score and get the other. */
function findScores(
  { players, checked }: Game,
  told: 'logits' | 'probabilities',
  complain: (score: Score) => string | undefined,
): readonly Finding[] {
  const losses = new Set(players.flatMap(({ needed }) => [...needed.keys()]));
  return [...losses].flatMap((loss) => {
    const { definition, params, inputs, wiredFrom, node } = loss;
    if (definition?.role !== 'loss' || !hasParam(definition, 'scores') || params.scores !== told) return [];
    if (definition.traits?.anyScores) return [];
    for (const { name, scores } of inputs) {
      const end = scores && wiredFrom.get(name)?.[0];
      const producer = end && producerOf(checked, end);
      if (!end || !producer) continue;
      const { traits, role } = producer.node.definition ?? {};
      const complaint = complain({
        range: traits?.range,
        isLinear: role === 'layer' && !traits?.batchStatistics,
        title: titleOf(producer.node),
        port: endText(end),
      });
      if (!complaint) continue;
      const other = told === 'logits' ? 'probabilities' : 'logits';
      return {
        node: node.id,
        port: name,
        wire: end.wire,
        message: `${titleOf(loss)} ${complaint}`,
        hint: `Set scores to ${other}.`,
        fix: {
          type: 'set-params' as const,
          label: `Scores are ${other}`,
          node: node.id,
          params: { scores: other },
        },
      };
    }
    return [];
  });
}
