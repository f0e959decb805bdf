import { sdOf } from '@/lib/data/truth';
import type { End } from '../checked';
import { upstream } from '../game';
import { mention } from '../mention';
import { knownModes } from './known-modes';
import { type Finding, ganhacks, type Rule } from './rule';

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
          message: `${mention(loss.node.id)} gives the generator almost no gradient while the discriminator recognises its fakes with certainty, as it does at the start.`,
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
          message: `${mention(loss.node.id)} asks the discriminator to be certain of real data (target 1); 0.9 keeps it from overconfidence.`,
          fix: {
            type: 'set-params' as const,
            label: 'Use 0.9',
            node: loss.node.id,
            params: { realTarget: 0.9 },
          },
        })),
  },
  {
    id: 'rate-constant',
    severity: 'info',
    source: { label: 'Mao et al. 2017 (LSGAN)', url: 'https://arxiv.org/abs/1611.04076' },
    find: ({ duels }) => {
      const played = duels.filter(({ loss }) => loss.definition?.traits?.fallingRate);
      const players = played.flatMap((duel) => [...duel.discriminatorPlayers, ...duel.generatorPlayers]);
      return [...new Set(players)].flatMap(({ node }): readonly Finding[] => {
        const { learningRate: rate } = node.params;
        if (typeof rate !== 'number' || rate === 0) return [];
        return [
          {
            node: node.node.id,
            message: `${mention(node.node.id)} keeps its rate of ${rate} to the end: with least squares such games lost 4 modes of 8 that they had found.`,
            hint: 'Let the rate fall to a hundredth over the run.',
            fix: {
              type: 'set-params',
              label: 'Let it fall',
              node: node.node.id,
              params: {
                learningRate: { from: rate, to: Number((rate / 100).toPrecision(6)), curve: 'linear' },
              },
            },
          },
        ];
      });
    },
  },
  {
    id: 'ratio-unbounded',
    severity: 'warning',
    source: { label: 'Nowozin et al. 2016', url: 'https://arxiv.org/abs/1606.00709' },
    find: ({ checked, duels }) =>
      duels.flatMap(({ loss }): readonly Finding[] => {
        if (!loss.definition?.traits?.growsWithRatio?.(loss.params)) return [];
        const modesOn = (port: string) =>
          [...upstream(checked.nodes, loss.wiredFrom.get(port) ?? []).keys()].flatMap(
            (node) => knownModes(node) ?? [],
          );
        const [real] = modesOn('real');
        const [fake] = modesOn('fake');
        if (!real) return [];
        // An untrained generator's outputs are about 0, with a deviation of about 1.
        const fakes = fake?.centres ?? [(real.centres[0] ?? []).map(() => 0)];
        const width = Math.max(sdOf(real, 0, 0), fake ? sdOf(fake, 0, 0) : 1);
        const apart = real.centres.map((centre) =>
          Math.min(...fakes.map((other) => distance(centre, other))),
        );
        const far = Math.max(...apart);
        if (far <= FAR * width) return [];
        return [
          {
            node: loss.node.id,
            message: `${mention(loss.node.id)} grows with the square of the density ratio, and data lie up to ${Number(far.toPrecision(3))} away from where fakes start, ${(far / width).toPrecision(2)} deviations: its values and gradients overflow.`,
            hint: 'Scale the data down, or begin with another divergence.',
          },
        ];
      }),
  },
  {
    id: 'schedule-by-loss',
    severity: 'warning',
    source: ganhacks,
    find: ({ checked, players, duels }) => {
      const costs = new Set(duels.map(({ loss }) => loss));
      const isCost = (ends: readonly End[]) =>
        [...upstream(checked.nodes, ends).keys()].some((node) => costs.has(node));
      const losses = new Set(players.flatMap(({ needed }) => [...needed.keys()]));
      return [...losses].flatMap((loss): readonly Finding[] => {
        const gated = loss.definition?.traits?.gates?.(loss.params) ?? [];
        const [port] = gated.filter((name) => isCost(loss.wiredFrom.get(name) ?? []));
        if (port === undefined) return [];
        return [
          {
            node: loss.node.id,
            port,
            message: `${mention(loss.node.id)} lets the size of ${port} decide whether it counts: its player then rests while its cost is small or large. In a game neither says who is ahead, since every step of one player changes the cost of the other.`,
            hint: 'Balance players by steps per iteration or by their rates, which follow a plan.',
          },
        ];
      });
    },
  },
];

/** Deviations at which the square of a Gaussian density ratio is about 1e27, near the end of 32 bits. */
const FAR = 8;

const distance = (a: readonly number[], b: readonly number[]): number =>
  Math.hypot(...a.map((value, axis) => value - (b[axis] ?? 0)));
