import { type Rule, titleOf } from './rule';

/** Objectives. */
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
          message: `${titleOf(loss)} gives the generator almost no gradient while the discriminator recognises its fakes with certainty, as it does at the start.`,
          hint: 'Use the non-saturating loss.',
        })),
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
        // With targets that contradict, or the other way round, there is something else to say.
        .filter(({ loss: { params } }) => params.realTarget === 1 && Number(params.fakeTarget) < 1)
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
