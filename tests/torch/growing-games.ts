import type { Params, Sketch, Sketched } from './sketch';
import { changed, critic, dense, generator, tanh } from './small-gan';

/** Two branches for each player, of which the second fades in from the 4th to the 7th of 10 iterations. */
const alpha = { from: 0, to: 1, curve: 'linear', start: 0.25, end: 0.75 };
const growingNet = (
  [from, to]: readonly [string, string],
  id: string,
  units: number,
): Sketch['networks'][string] => ({
  ports: ['', to],
  layers: [],
  beside: {
    [`${id}-in`]: ['network-input', { name: from }],
    [`${id}-low`]: dense(units),
    [`${id}-wide`]: dense(8),
    [`${id}-bent`]: tanh,
    [`${id}-high`]: dense(units),
    [`${id}-grow`]: ['progressive-blend', { alpha }],
  },
});
const growingWires = (id: string) => [
  `${id}-in.out > ${id}-low.in`,
  `${id}-in.out > ${id}-wide.in`,
  `${id}-wide.out > ${id}-bent.in`,
  `${id}-bent.out > ${id}-high.in`,
  `${id}-low.out > ${id}-grow.low`,
  `${id}-high.out > ${id}-grow.high`,
  `${id}-grow.out > ${id}-0.in`,
];
const growing = (
  settings: Params,
  optimizer: Sketched,
  nodes: Sketch['nodes'] = {},
  wires: readonly string[] = [],
): Sketch =>
  changed({
    networks: { G: growingNet(generator.ports, 'G', 2), D: growingNet(critic.ports, 'D', 1) },
    nodes: { 'sgd-d': optimizer, 'sgd-g': optimizer, ...nodes },
    wires: [...growingWires('G'), ...growingWires('D'), ...wires],
    settings: { iterations: 10, ...settings },
  });

/** Branches that fade in: what is not read is not updated, and optimizers begin with it. */
export const growingGames: Readonly<Record<string, Sketch>> = {
  growing: growing({}, ['adam', { learningRate: 0.01, beta1: 0.5, beta2: 0.99 }]),
  'growing, simultaneous': growing({ update: 'simultaneous' }, [
    'adamw',
    { learningRate: 0.01, weightDecay: 0.1, clipNorm: 0.5 },
  ]),
  'growing, extragradient': growing({ update: 'extragradient' }, [
    'adam',
    { learningRate: 0.01, variant: 'optimistic' },
  ]),
  'growing, consensus': growing({ update: 'consensus', consensus: 0.1 }, ['adam', { learningRate: 0.01 }]),
  'growing, D two steps ahead': growing(
    {},
    ['adam', { learningRate: 0.01 }],
    { 'sgd-g': ['adam', { learningRate: 0.01, unroll: 2 }] },
    ['sgd-d.look-ahead > sgd-g.opponent'],
  ),
  'fades in the game': changed({
    nodes: {
      early: ['call', { network: 'E' }],
      mixed: ['progressive-blend', { alpha }],
      'sgd-g': ['adam', { learningRate: 0.01, beta1: 0.5, beta2: 0.99 }],
    },
    networks: { E: generator },
    without: ['fake.x > d-fake.x'],
    wires: [
      'z.out > early.z',
      'early.x > mixed.low',
      'fake.x > mixed.high',
      'mixed.out > d-fake.x',
      'E.theta > sgd-g.theta',
    ],
    settings: { iterations: 10 },
  }),
};
