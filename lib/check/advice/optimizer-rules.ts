import { isRamp, type Scheduled, sayScheduled } from '@/lib/nodes/params';
import { readOptimizer } from '@/lib/nodes/role-params';
import type { CheckedNode } from '../checked';
import { mention } from '../mention';
import { type Finding, ganhacks, type Rule } from './rule';

const isClipped = ({ params }: CheckedNode): boolean => readOptimizer(params).clipWeights !== null;

/** The parameter that gives an optimizer momentum, if it has any. */
export const momentumOf = ({ params: { momentum, beta1 } }: CheckedNode): 'momentum' | 'beta1' | undefined =>
  Number(momentum) > 0 ? 'momentum' : Number(beta1) > 0 ? 'beta1' : undefined;

const sayBound = (bound: Scheduled): string =>
  isRamp(bound) ? `a bound that goes ${sayScheduled(bound)}` : `± ${bound}`;

/** How players step. */
export const optimizerRules: readonly Rule[] = [
  {
    id: 'generator-not-adaptive',
    severity: 'info',
    source: ganhacks,
    find: ({ duels }) =>
      [...new Set(duels.flatMap(({ generatorPlayers }) => generatorPlayers))]
        .filter(({ node }) => !node.definition?.traits?.adaptive)
        .map(({ node }) => {
          // Momentum pushes against a clip, and Adam's default has some.
          const better = isClipped(node) ? 'RMSProp' : 'Adam';
          return {
            node: node.node.id,
            message: `${mention(node.node.id)} moves the generator with one rate for all weights; ${better} fits it to each and mostly learns faster.`,
            hint: `Use ${better} for the generator.`,
          };
        }),
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
            // Where weights are clipped there should be none at all.
            if (typeof beta1 !== 'number' || beta1 <= 0.5 || isClipped(node)) return [];
            const isCritic = duels.some(
              ({ loss, discriminatorPlayers }) =>
                loss.definition?.traits?.needsBoundedSlope &&
                discriminatorPlayers.some((player) => player.node === node),
            );
            const better = isCritic ? 0 : 0.5;
            return [
              {
                node: node.node.id,
                message: `${mention(node.node.id)} has β₁ ${beta1}: long memory makes players overshoot each other. ${isCritic ? 'Critics use 0.' : 'GANs use 0.5 or less.'}`,
                fix: {
                  type: 'set-params',
                  label: `Use ${better}`,
                  node: node.node.id,
                  params: { beta1: better },
                },
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
        const name = isClipped(node) ? momentumOf(node) : undefined;
        if (!name) return [];
        const { clipWeights } = readOptimizer(node.params);
        return [
          {
            node: node.node.id,
            message: `${mention(node.node.id)} clips weights to ${sayBound(clipWeights as Scheduled)} and has ${name} ${Number(node.params[name])}: momentum pushes against the clip, and the critic becomes unstable.`,
            hint: 'Without momentum, or with RMSProp, as in the paper.',
            fix: { type: 'set-params', label: `Set ${name} to 0`, node: node.node.id, params: { [name]: 0 } },
          },
        ];
      }),
  },
];
