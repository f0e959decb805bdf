import type { Graph } from '@/lib/graph/schema';
import { withParams } from '@/lib/train/testing/train';
import { rewired, withheld } from './controls';
import { glyphFigures } from './glyph-figures';

/** What is measured of a trained run, by name. */
export type Figures = Readonly<Record<string, number>>;
export type Bar = readonly ['>=' | '<=', number];

/** A system: an example, how long it trains at which seeds, and what it must reach. */
export interface System {
  readonly example: string;
  readonly iterations: number;
  readonly seeds: readonly number[];
  /** Those that run where only minutes are to be spent. */
  readonly fast: readonly number[];
  /** What they then train, where the whole takes too long. */
  readonly brief?: Pick<System, 'iterations' | 'averaged' | 'bars'>;
  /**
   * Every metric of the graph is a figure, `quality.modes`, and so is what it was before the training,
   * `start/quality.modes`. A figure with bars is held to all of them.
   */
  readonly bars: { readonly [figure: string]: readonly Bar[] };
  /**
   * Metrics are taken every so many iterations from there on, and the means of each over them are figures too,
   * `averaged/moments.mean`: for games that circle the equilibrium.
   */
  readonly averaged?: { readonly from: number; readonly every: number };
  /** Figures of samples from one port, before and after the training. */
  readonly samples?: {
    readonly node: string;
    readonly port: string;
    readonly rows: number;
    readonly figures: (untrained: Float32Array, trained: Float32Array) => Figures;
  };
  /**
   * The same system with its idea switched off, trained at the same seed for as long. Its figures are
   * `control/…`, and bars on them say how it must fail.
   */
  readonly control?: { readonly says: string; readonly change: (graph: Graph) => Graph };
  /** Figures that follow from others, the control's among them. */
  readonly derive?: (figures: Figures) => Figures;
}

/**
 * Every system that is proven to learn. Adding one is its document and a row here. The unrolled GAN has none: its
 * bars are exact, and stand in lib/examples/unrolled.test.ts.
 */
export const systems: readonly System[] = [
  {
    example: 'ring',
    iterations: 6_000,
    seeds: [1, 2, 3],
    fast: [1],
    bars: {
      'quality.modes': [['>=', 8]],
      'quality.highQuality': [['>=', 0.85]],
      'quality.reverseKl': [['<=', 0.1]],
    },
  },
  {
    example: 'gaussian-1d',
    iterations: 2_000,
    seeds: [1, 2, 3, 11],
    fast: [1],
    // The players circle the equilibrium: where they are at one moment says little.
    averaged: { from: 1_000, every: 20 },
    bars: {
      'averaged/moments.mean': [
        ['>=', 3.85],
        ['<=', 4.15],
      ],
      'averaged/moments.sd': [
        ['>=', 1.13],
        ['<=', 1.37],
      ],
    },
    // Found early, held to less: the only system with momentum among the fast ones.
    brief: {
      iterations: 300,
      averaged: { from: 150, every: 10 },
      bars: {
        'averaged/moments.mean': [
          ['>=', 3.7],
          ['<=', 4.3],
        ],
        'averaged/moments.sd': [
          ['>=', 1],
          ['<=', 1.5],
        ],
      },
    },
  },
  {
    example: 'gan-lab',
    iterations: 5_000,
    seeds: [1, 2, 3],
    fast: [1],
    bars: { 'distance.distance': [['<=', 0.1]] },
  },
  {
    example: 'minimax-vs-non-saturating',
    iterations: 500,
    seeds: [1, 2, 3],
    fast: [1],
    bars: {
      'minimax/moved': [['<=', 0.25]],
      'heuristic-distance.distance': [['<=', 0.3]],
    },
    derive: (figures) => ({
      'minimax/moved':
        at(figures, 'start/minimax-distance.distance') - at(figures, 'minimax-distance.distance'),
    }),
  },
  {
    example: 'dcgan-glyphs',
    iterations: 2_000,
    seeds: [1, 2, 3],
    fast: [],
    samples: { node: 'fake', port: 'image', rows: 500, figures: glyphFigures },
    bars: {
      classes: [['>=', 8]],
      distance: [['<=', 0.6]],
      'shuffled/passes': [['<=', 0]],
    },
  },
  {
    example: 'xy',
    iterations: 500,
    seeds: [1, 2, 3],
    fast: [1],
    // Taking turns keeps x² + y² - ηxy: 1.8 from (1, 1) at η = 0.2; simultaneous steps grow r² by 1.04^500.
    bars: { kept: within(1.8, 1e-3), 'control/growth': within(1, 1e-2) },
    control: {
      says: 'both at once',
      change: (graph) => ({ ...graph, settings: { ...graph.settings, update: 'simultaneous' } }),
    },
    derive: (figures) => {
      const { x, y } = positionOf(figures, '');
      const control = positionOf(figures, 'control/');
      return {
        kept: x * x + y * y - 0.2 * x * y,
        'control/growth': Math.hypot(control.x, control.y) / (Math.SQRT2 * 1.04 ** 250),
      };
    },
  },
  {
    example: 'dirac-gan',
    iterations: 500,
    seeds: [1, 2, 3],
    fast: [1],
    bars: { radius: within(2.3e-7, 1e-2), 'control/radius': within(1.421, 1e-2) },
    control: { says: 'no penalty', change: (graph) => withParams(graph, { penalty: { weight: 0 } }) },
    derive: (figures) => {
      const [r1, plain] = [positionOf(figures, ''), positionOf(figures, 'control/')];
      return { radius: Math.hypot(r1.x, r1.y), 'control/radius': Math.hypot(plain.x, plain.y) };
    },
  },
  {
    example: 'conditional-gan',
    iterations: 6_000,
    seeds: [1, 2, 3],
    fast: [],
    bars: {
      'labels.agreement': [['>=', 0.95]],
      'labels.mutualInformation': [['>=', 1.9]],
      'control/labels.agreement': [['<=', 0.2]],
      'control/labels.mutualInformation': [['<=', 0.2]],
    },
    control: {
      says: 'labels withheld from D',
      change: (graph) => withheld(graph, 8, 'd-fake.y', 'd-real.y'),
    },
  },
  {
    example: 'infogan',
    iterations: 6_000,
    seeds: [1, 2, 3],
    fast: [],
    bars: {
      'information.information': [['>=', 0.95 * Math.log(8)]],
      'classes.accuracy': [['>=', 0.95]],
      'control/labels.mutualInformation': [['<=', 0.1]],
    },
    control: {
      says: 'no information term for G',
      change: (graph) => withParams(graph, { 'cost-g': { terms: { gan: 1, code: 0 } } }),
    },
  },
  {
    example: 'wgan-gp',
    iterations: 1_000,
    seeds: [1, 2, 3],
    fast: [],
    bars: {
      'quality.modes': [['>=', 8]],
      'quality.highQuality': [['>=', 0.55]],
      'control/lost': [['>=', 0.3]],
    },
    control: { says: 'one critic step', change: (graph) => withParams(graph, { 'adam-d': { steps: 1 } }) },
    derive: (figures) => ({
      'control/lost': at(figures, 'quality.highQuality') - at(figures, 'control/quality.highQuality'),
    }),
  },
  {
    example: 'bigan',
    iterations: 4_000,
    seeds: [1, 2, 3],
    fast: [],
    bars: {
      'reconstruction.ratio': [['<=', 0.15]],
      'reconstruction.sameMode': [['>=', 0.95]],
      'quality.modes': [['>=', 8]],
      'control/reconstruction.ratio': [['>=', 0.3]],
    },
    control: {
      says: 'encoder untrained',
      change: (graph) => rewired(graph, { 'adam-ge.theta': 'G.theta' }),
    },
  },
  {
    example: 'cyclegan',
    iterations: 3_000,
    seeds: [1, 2, 3],
    fast: [],
    bars: {
      'domain-x/cycle.l1': [['<=', 0.02]],
      'domain-y/cycle.l1': [['<=', 0.02]],
      'domain-y/right.sameMode': [['>=', 0.98]],
      'domain-x/right.sameMode': [['>=', 0.98]],
      'domain-y/quality.highQuality': [['>=', 0.95]],
      'control/domain-x/cycle.l1': [['>=', 0.05]],
    },
    control: {
      says: 'no cycle',
      change: (graph) => withParams(graph, { 'cost-g': { terms: { y: 2, x: 2, c: 0, d: 0 } } }),
    },
  },
  {
    example: 'discrete-outputs',
    iterations: 4_000,
    seeds: [1, 2, 3],
    fast: [],
    bars: {
      'quality.modes': [['>=', 8]],
      'quality.totalVariation': [['<=', 0.03]],
      'control/quality.totalVariation': [['>=', 0.5]],
    },
    control: {
      says: 'soft choices',
      change: (graph) => withParams(graph, { pick: { hard: false } }),
    },
  },
  {
    example: 'optimal-discriminator',
    iterations: 3_000,
    seeds: [1, 2, 3],
    fast: [],
    bars: {
      'ratio.meanError': [['<=', 0.01]],
      'ratio.maxError': [['<=', 0.12]],
      'ratio.valueGap': [
        ['>=', -1e-4],
        ['<=', 0.005],
      ],
    },
  },
  {
    example: 'label-smoothing',
    iterations: 2_000,
    seeds: [1, 2, 3],
    fast: [],
    bars: {
      'ratio.meanError': [['<=', 0.01]],
      largest: [['<=', 0.93]],
      // The best D for both sides is a tenth of q / (p + q) higher, 0.05 in the mean.
      'control/ratio.meanError': [['>=', 0.04]],
    },
    control: {
      says: 'both sides smoothed',
      change: (graph) => withParams(graph, { loss: { fakeTarget: 0.1 } }),
    },
    derive: (figures) => ({
      largest: 1 / (1 + Math.exp(-Math.max(at(figures, 'logits.max'), at(figures, 'logits.max2')))),
    }),
  },
  {
    example: 'vae',
    iterations: 2_500,
    seeds: [1, 2, 3],
    fast: [],
    bars: { 'quality.highQuality': [['<=', 0.3]], 'quality.reverseKl': [['<=', 0.1]] },
  },
  {
    example: 'belief-net',
    iterations: 2_000,
    seeds: [1, 2, 3],
    fast: [],
    // The data's entropy, in nats.
    bars: { gap: [['<=', 0.08]], 'control/gap': [['>=', 1.5]] },
    control: {
      says: 'independent bits',
      change: (graph) => withheld(graph, 10, 'logits.x'),
    },
    derive: (figures) => ({
      gap: at(figures, 'fit.mean') - 5.2956,
      'control/gap': at(figures, 'control/fit.mean') - 5.2956,
    }),
  },
];

/** Equal to a share of the value. */
function within(value: number, tolerance: number): readonly Bar[] {
  return [
    ['>=', value * (1 - tolerance)],
    ['<=', value * (1 + tolerance)],
  ];
}

/** Where the two players of a game on paper stand. */
const positionOf = (figures: Figures, of: string) => ({
  x: at(figures, `${of}state.mean`),
  y: at(figures, `${of}state.mean2`),
});

/** A figure that must be there: a bar on a metric that is gone fails. */
export function at(figures: Figures, name: string): number {
  const value = figures[name];
  if (value === undefined)
    throw new Error(`No figure "${name}"; there are: ${Object.keys(figures).join(', ')}`);
  return value;
}
