import { type Finding, ganhacks, type Rule, titleOf } from './rule';

/** How players step. */
export const optimizerRules: readonly Rule[] = [
  {
    id: 'generator-not-adaptive',
    severity: 'info',
    source: ganhacks,
    find: ({ duels }) =>
      [...new Set(duels.flatMap(({ generatorPlayers }) => generatorPlayers))]
        .filter(({ node }) => !node.definition?.traits?.adaptive)
        .map(({ node }) => ({
          node: node.node.id,
          message: `${titleOf(node)} moves the generator with one rate for all weights; Adam fits it to each and mostly learns faster.`,
          hint: 'Use Adam for the generator.',
        })),
  },
  {
    id: 'momentum-high',
    severity: 'info',
    source: { label: 'Radford et al. 2016 (DCGAN)', url: 'https://arxiv.org/abs/1511.06434' },
    find: ({ players, duels }) =>
      duels.length === 0
        ? []
        : players.flatMap(({ node }): readonly Finding[] => {
            const { beta1 } = node.params;
            if (typeof beta1 !== 'number' || beta1 <= 0.5) return [];
            return [
              {
                node: node.node.id,
                message: `${titleOf(node)} has β₁ ${beta1}: long memory makes players overshoot each other. GANs use 0.5 or less.`,
                fix: { type: 'set-params', label: 'Use 0.5', node: node.node.id, params: { beta1: 0.5 } },
              },
            ];
          }),
  },
  {
    id: 'momentum-clipped',
    severity: 'warning',
    source: { label: 'Arjovsky et al. 2017 (WGAN)', url: 'https://arxiv.org/abs/1701.07875' },
    find: ({ players }) =>
      players.flatMap(({ node }): readonly Finding[] => {
        const { momentum, beta1, clipWeights } = node.params;
        if (clipWeights === null || clipWeights === undefined) return [];
        const name = Number(momentum) > 0 ? 'momentum' : Number(beta1) > 0 ? 'beta1' : undefined;
        if (!name) return [];
        return [
          {
            node: node.node.id,
            message: `${titleOf(node)} clips weights to ± ${JSON.stringify(clipWeights)} and has ${name} ${Number(node.params[name])}: momentum pushes against the clip, and the critic becomes unstable.`,
            hint: 'Without momentum, or with RMSProp, as in the paper.',
            fix: { type: 'set-params', label: `Set ${name} to 0`, node: node.node.id, params: { [name]: 0 } },
          },
        ];
      }),
  },
];
